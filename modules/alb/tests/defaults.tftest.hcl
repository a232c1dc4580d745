# What the smallest call creates, and with which arguments.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "target_group" {
  command = plan

  assert {
    condition = {
      vpc_id                            = aws_lb_target_group.node.vpc_id
      port                              = aws_lb_target_group.node.port
      protocol                          = aws_lb_target_group.node.protocol
      protocol_version                  = aws_lb_target_group.node.protocol_version
      target_type                       = aws_lb_target_group.node.target_type
      ip_address_type                   = aws_lb_target_group.node.ip_address_type
      deregistration_delay              = aws_lb_target_group.node.deregistration_delay
      slow_start                        = aws_lb_target_group.node.slow_start
      load_balancing_algorithm_type     = aws_lb_target_group.node.load_balancing_algorithm_type
      load_balancing_anomaly_mitigation = aws_lb_target_group.node.load_balancing_anomaly_mitigation
      load_balancing_cross_zone_enabled = aws_lb_target_group.node.load_balancing_cross_zone_enabled
      } == {
      vpc_id                            = "vpc-0123456789abcdef0"
      port                              = 80
      protocol                          = "HTTP"
      protocol_version                  = "HTTP1"
      target_type                       = "instance"
      ip_address_type                   = "ipv4"
      deregistration_delay              = "300"
      slow_start                        = 0
      load_balancing_algorithm_type     = "round_robin"
      load_balancing_anomaly_mitigation = "off"
      load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
    }
    error_message = "The target group is not plain HTTP to instances on port 80 with AWS's own defaults."
  }

  assert {
    condition = {
      path                = aws_lb_target_group.node.health_check[0].path
      port                = aws_lb_target_group.node.health_check[0].port
      protocol            = aws_lb_target_group.node.health_check[0].protocol
      matcher             = aws_lb_target_group.node.health_check[0].matcher
      interval            = aws_lb_target_group.node.health_check[0].interval
      timeout             = aws_lb_target_group.node.health_check[0].timeout
      healthy_threshold   = aws_lb_target_group.node.health_check[0].healthy_threshold
      unhealthy_threshold = aws_lb_target_group.node.health_check[0].unhealthy_threshold
      } == {
      path                = "/"
      port                = "traffic-port"
      protocol            = "HTTP"
      matcher             = "200-399"
      interval            = 30
      timeout             = 5
      healthy_threshold   = 3
      unhealthy_threshold = 3
    }
    error_message = "The health check does not ask for / on the port and with the protocol of the requests."
  }

  assert {
    condition     = !aws_lb_target_group.node.stickiness[0].enabled
    error_message = "Clients stick to one of the node's targets."
  }

  assert {
    condition     = length(aws_lb_target_group.node.tags) == 0
    error_message = "The target group has tags that nobody asked for."
  }
}

run "resources" {
  command = plan

  assert {
    condition = { for key, attachment in aws_autoscaling_attachment.autoscaling_group : key => attachment.autoscaling_group_name } == {
      main = "wallarm-node"
    }
    error_message = "The Auto Scaling group is not the only one attached."
  }

  assert {
    condition     = aws_autoscaling_attachment.autoscaling_group["main"].lb_target_group_arn == aws_lb_target_group.node.arn
    error_message = "The Auto Scaling group is attached to another target group."
  }

  assert {
    condition     = length(aws_lb_target_group_attachment.instance) + length(aws_lb_target_group_attachment.ip_address) == 0
    error_message = "Targets were registered that nobody named."
  }

  assert {
    condition     = length(aws_lb_listener_rule.node) == 0
    error_message = "A listener rule was added without a route."
  }

  assert {
    condition     = toset(keys(aws_vpc_security_group_egress_rule.load_balancer_to_node)) == toset(["public-80"])
    error_message = "The load balancer does not reach exactly the node's port."
  }

  assert {
    condition     = toset(keys(aws_vpc_security_group_ingress_rule.node_from_load_balancer)) == toset(["public-80"])
    error_message = "The node does not admit exactly the load balancer, on its port."
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.node_to_application) + length(aws_vpc_security_group_ingress_rule.application_from_node) == 0
    error_message = "Security group rules were made for an application that nobody named."
  }
}

run "tags_are_on_everything_that_can_have_them" {
  command = plan

  variables {
    tags        = { team = "edge" }
    application = { security_group_id = "sg-00000000000000003", ports = [80] }
    routes      = { rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true } }
  }

  assert {
    condition = alltrue([
      for tags in [
        aws_lb_target_group.node.tags,
        aws_vpc_security_group_egress_rule.load_balancer_to_node["public-80"].tags,
        aws_vpc_security_group_ingress_rule.node_from_load_balancer["public-80"].tags,
        aws_vpc_security_group_egress_rule.node_to_application["80"].tags,
        aws_vpc_security_group_ingress_rule.application_from_node["80"].tags,
      ] : tags == tomap({ team = "edge" })
    ])
    error_message = "A resource lacks the tags, or has others."
  }

  assert {
    condition     = aws_lb_listener_rule.node["rest"].tags == tomap({ team = "edge", Name = "shop-rest" })
    error_message = "The listener rule lacks the tags, or the name by which it can be found in the console."
  }
}
