# An application on instances, with target groups that have no stickiness.

mock_data "aws_lb_target_group" {
  defaults = {
    port                              = 8080
    protocol                          = "HTTP"
    protocol_version                  = "HTTP1"
    target_type                       = "instance"
    vpc_id                            = "vpc-0123456789abcdef0"
    deregistration_delay              = "120"
    slow_start                        = 30
    load_balancing_algorithm_type     = "round_robin"
    load_balancing_anomaly_mitigation = "off"
    load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
    stickiness                        = [{ enabled = false, type = "lb_cookie", cookie_duration = 86400, cookie_name = "" }]
    health_check = [{
      enabled             = true
      path                = "/health"
      port                = "traffic-port"
      protocol            = "HTTP"
      matcher             = "200"
      interval            = 10
      timeout             = 4
      healthy_threshold   = 2
      unhealthy_threshold = 5
    }]
  }
}

mock_data "aws_lb_listener" {
  defaults = {
    protocol        = "HTTPS"
    port            = 443
    certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
  }
}

mock_data "aws_subnet" {
  defaults = { vpc_id = "vpc-0123456789abcdef0" }
}

mock_resource "aws_lb" {
  defaults = {
    arn      = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"
    dns_name = "internal-shop-1234567890.eu-central-1.elb.amazonaws.com"
  }
}

mock_resource "aws_security_group" {
  defaults = { id = "sg-00000000000000009" }
}

mock_resource "aws_lb_target_group" {
  defaults = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-6d0ecf83/6d0ecf831eec9f09" }
}
