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
      target_type                       = aws_lb_target_group.node.target_type
      ip_address_type                   = aws_lb_target_group.node.ip_address_type
      preserve_client_ip                = aws_lb_target_group.node.preserve_client_ip
      proxy_protocol_v2                 = aws_lb_target_group.node.proxy_protocol_v2
      deregistration_delay              = aws_lb_target_group.node.deregistration_delay
      connection_termination            = aws_lb_target_group.node.connection_termination
      load_balancing_cross_zone_enabled = aws_lb_target_group.node.load_balancing_cross_zone_enabled
      } == {
      vpc_id                            = "vpc-0123456789abcdef0"
      port                              = 80
      protocol                          = "TCP"
      target_type                       = "instance"
      ip_address_type                   = "ipv4"
      preserve_client_ip                = "true"
      proxy_protocol_v2                 = false
      deregistration_delay              = "300"
      connection_termination            = false
      load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
    }
    error_message = "The target group is not TCP to instances on port 80 with AWS's own defaults."
  }

  assert {
    condition = {
      port                = aws_lb_target_group.node.health_check[0].port
      protocol            = aws_lb_target_group.node.health_check[0].protocol
      interval            = aws_lb_target_group.node.health_check[0].interval
      timeout             = aws_lb_target_group.node.health_check[0].timeout
      healthy_threshold   = aws_lb_target_group.node.health_check[0].healthy_threshold
      unhealthy_threshold = aws_lb_target_group.node.health_check[0].unhealthy_threshold
      } == {
      port                = "traffic-port"
      protocol            = "TCP"
      interval            = 30
      timeout             = 10
      healthy_threshold   = 3
      unhealthy_threshold = 3
    }
    error_message = "The health check does not open a connection on the port of the traffic."
  }

  assert {
    condition     = length(aws_lb_target_group.node.tags) == 0
    error_message = "The target group has tags that nobody asked for."
  }
}

run "resources" {
  command = plan

  assert {
    condition = {
      for key, attachment in aws_autoscaling_attachment.autoscaling_group :
      key => [attachment.autoscaling_group_name, attachment.lb_target_group_arn]
    } == { main = ["wallarm-node", aws_lb_target_group.node.arn] }
    error_message = "The Auto Scaling group is not the only one attached to the node's target group."
  }

  assert {
    condition = {
      instances                  = length(aws_lb_target_group_attachment.instance)
      addresses                  = length(aws_lb_target_group_attachment.ip_address)
      application_load_balancers = length(aws_lb_target_group_attachment.application_load_balancer)
      listeners                  = length(aws_lb_listener.adopted)
      rules_for_clients          = length(aws_vpc_security_group_ingress_rule.node_from_clients)
      rules_towards_application  = length(aws_vpc_security_group_egress_rule.node_to_application)
      rules_of_application       = length(aws_vpc_security_group_ingress_rule.application_from_node)
      } == {
      instances                  = 0
      addresses                  = 0
      application_load_balancers = 0
      listeners                  = 0
      rules_for_clients          = 0
      rules_towards_application  = 0
      rules_of_application       = 0
    }
    error_message = "Something was made that nobody asked for."
  }

  assert {
    condition     = keys(aws_vpc_security_group_egress_rule.load_balancer_to_node) == ["public-80"] && keys(aws_vpc_security_group_ingress_rule.node_from_load_balancer) == ["public-80"]
    error_message = "The load balancer does not reach exactly the node's port."
  }
}

run "tags_are_on_everything_that_can_have_them" {
  command = plan

  variables {
    tags        = { team = "edge" }
    application = { security_group_id = "sg-00000000000000003", ports = [80] }
    load_balancer = {
      subnet_cidrs = ["10.0.0.0/24"]
      client_cidrs = ["0.0.0.0/0"]
    }
  }

  assert {
    condition = alltrue([
      for tags in [
        aws_lb_target_group.node.tags,
        aws_vpc_security_group_ingress_rule.node_from_load_balancer["10.0.0.0/24-80"].tags,
        aws_vpc_security_group_ingress_rule.node_from_clients["0.0.0.0/0-80"].tags,
        aws_vpc_security_group_egress_rule.node_to_application["80"].tags,
        aws_vpc_security_group_ingress_rule.application_from_node["80"].tags,
      ] : tags == tomap({ team = "edge" })
    ])
    error_message = "A resource lacks the tags, or has others."
  }
}

run "tags_are_on_the_rules_of_the_load_balancer_and_not_on_its_listeners" {
  command = plan

  variables {
    tags = { team = "edge" }
    adopted_listeners = {
      public = { listener_arn = var.listener_arn, application_target_group_arn = var.application_target_group_arn }
    }
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.load_balancer_to_node["public-80"].tags == tomap({ team = "edge" })
    error_message = "The rule lacks the tags, or has others."
  }

  assert {
    condition     = aws_lb_listener.adopted["public"].tags == null
    error_message = "The listener, which is not ours, gets our tags."
  }
}
