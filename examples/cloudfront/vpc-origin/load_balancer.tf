# The internal load balancer in front of the node. The module cloudfront admits CloudFront to it.

resource "aws_security_group" "load_balancer" {
  name        = "${var.name}-node-load-balancer"
  description = "Load balancer of the Wallarm Node"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-node-load-balancer" }
}

resource "aws_vpc_security_group_egress_rule" "load_balancer_to_node" {
  security_group_id            = aws_security_group.load_balancer.id
  description                  = "Wallarm Node"
  referenced_security_group_id = module.node_fleet.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_vpc_security_group_ingress_rule" "node_from_load_balancer" {
  security_group_id            = module.node_fleet.security_group_id
  description                  = "Load balancer"
  referenced_security_group_id = aws_security_group.load_balancer.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_lb" "node" {
  name               = "${var.name}-node"
  internal           = true
  load_balancer_type = "application"
  subnets            = var.node_subnet_ids
  security_groups    = [aws_security_group.load_balancer.id]
}

resource "aws_lb_target_group" "node" {
  name     = "${var.name}-node"
  vpc_id   = var.vpc_id
  protocol = "HTTP"
  port     = 80

  health_check {
    path = module.node_config.health_path
  }
}

resource "aws_lb_listener" "node" {
  load_balancer_arn = aws_lb.node.arn
  protocol          = "HTTPS"
  port              = 443
  certificate_arn   = var.node_certificate_arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.node.arn
  }
}

resource "aws_autoscaling_attachment" "node" {
  autoscaling_group_name = module.node_fleet.autoscaling_group_name
  lb_target_group_arn    = aws_lb_target_group.node.arn
}
