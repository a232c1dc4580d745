# The node's target group: its name, its targets, and what the caller may set.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "name" {
  command = plan

  assert {
    condition     = can(regex("^shop-[0-9a-f]{8}$", output.target_group_name)) && output.target_group_name == aws_lb_target_group.node.name
    error_message = "The name is not the module's with a suffix of 9 characters: ${output.target_group_name}."
  }
}

# What AWS cannot change in place is replaced, and both groups exist for a while: each of these needs a name of its own.

run "another_vpc" {
  command = plan

  variables {
    vpc_id = "vpc-0fedcba9876543210"
  }

  assert {
    condition     = output.target_group_name != run.name.target_group_name
    error_message = "A target group in another VPC would have the name of the one that it replaces."
  }
}

run "another_port" {
  command = plan

  variables {
    node = merge(var.node, { port = 443 })
  }

  assert {
    condition     = output.target_group_name != run.name.target_group_name && aws_lb_target_group.node.port == 443
    error_message = "A target group on another port would have the name of the one that it replaces, or is not on it."
  }
}

run "another_protocol" {
  command = plan

  variables {
    node = merge(var.node, { protocol = "TLS" })
  }

  assert {
    condition     = output.target_group_name != run.name.target_group_name && aws_lb_target_group.node.protocol == "TLS"
    error_message = "A target group of another protocol would have the name of the one that it replaces, or is not of it."
  }
}

run "addresses" {
  command = plan

  variables {
    target_group = { preserve_client_ip = false }
    node = {
      security_group_id = "sg-00000000000000002"
      target_type       = "ip"
      ip_addresses = {
        a = { address = "10.0.1.10" }
        b = { address = "192.168.1.10", availability_zone = "all" }
      }
    }
  }

  assert {
    condition     = output.target_group_name != run.name.target_group_name && aws_lb_target_group.node.target_type == "ip"
    error_message = "A target group of another target type would have the name of the one that it replaces, or is not of it."
  }

  assert {
    condition = jsonencode({
      for key, attachment in aws_lb_target_group_attachment.ip_address :
      key => [attachment.target_group_arn, attachment.target_id, attachment.availability_zone]
      }) == jsonencode({
      a = [aws_lb_target_group.node.arn, "10.0.1.10", null]
      b = [aws_lb_target_group.node.arn, "192.168.1.10", "all"]
    })
    error_message = "The addresses are not registered as named."
  }

  assert {
    condition     = aws_lb_target_group.node.preserve_client_ip == "false"
    error_message = "The clients' addresses are preserved though the caller said no, or AWS decides."
  }
}

run "ipv6_addresses" {
  command = plan

  variables {
    node = {
      security_group_id = "sg-00000000000000002"
      target_type       = "ip"
      ip_address_type   = "ipv6"
      ip_addresses      = { a = { address = "2001:db8::10" } }
    }
  }

  assert {
    condition     = aws_lb_target_group.node.ip_address_type == "ipv6" && output.target_group_name != run.addresses.target_group_name
    error_message = "The target group does not hold IPv6 addresses, or has the name of one for IPv4."
  }
}

run "instances" {
  command = plan

  variables {
    node = {
      security_group_id = "sg-00000000000000002"
      instance_ids      = { a = "i-0123456789abcdef0", b = "i-0123456789abcdef1" }
    }
  }

  assert {
    condition = {
      for key, attachment in aws_lb_target_group_attachment.instance : key => [attachment.target_group_arn, attachment.target_id]
      } == {
      a = [aws_lb_target_group.node.arn, "i-0123456789abcdef0"]
      b = [aws_lb_target_group.node.arn, "i-0123456789abcdef1"]
    }
    error_message = "The instances are not registered as named."
  }
}

run "application_load_balancer" {
  command = plan

  variables {
    health_check = { protocol = "HTTP" }
    node = {
      security_group_id = "sg-00000000000000002"
      target_type       = "alb"
      application_load_balancer_arns = {
        main = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/0123456789abcdef"
      }
    }
  }

  assert {
    condition = {
      for key, attachment in aws_lb_target_group_attachment.application_load_balancer :
      key => [attachment.target_group_arn, attachment.target_id]
      } == {
      main = [aws_lb_target_group.node.arn, "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/0123456789abcdef"]
    }
    error_message = "The load balancer is not registered."
  }

  # The mock fills in what the module leaves to AWS.
  assert {
    condition     = aws_lb_target_group.node.ip_address_type != "ipv4"
    error_message = "The group has an address family, which AWS does not give it, so every plan would replace it."
  }
}

run "another_application_load_balancer" {
  command = plan

  variables {
    health_check = { protocol = "HTTP" }
    node = {
      security_group_id = "sg-00000000000000002"
      target_type       = "alb"
      application_load_balancer_arns = {
        main = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/other/0123456789abcdef"
      }
    }
  }

  assert {
    condition     = output.target_group_name != run.application_load_balancer.target_group_name
    error_message = "A second load balancer would be registered beside the first, which AWS refuses."
  }
}

run "targets_that_register_themselves" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", register_targets = false }
  }

  assert {
    condition     = length(aws_autoscaling_attachment.autoscaling_group) + length(aws_lb_target_group_attachment.instance) == 0
    error_message = "The module registers targets."
  }
}

run "everything_that_can_be_set" {
  command = plan

  variables {
    target_group = {
      preserve_client_ip                = false
      proxy_protocol_v2                 = true
      deregistration_delay              = 0
      connection_termination            = true
      load_balancing_cross_zone_enabled = "true"
    }
    health_check = {
      protocol            = "HTTPS"
      path                = "/health?deep=1"
      port                = "8443"
      matcher             = "200-299,302"
      interval            = 5
      timeout             = 2
      healthy_threshold   = 2
      unhealthy_threshold = 10
    }
  }

  assert {
    condition = {
      preserve_client_ip                = aws_lb_target_group.node.preserve_client_ip
      proxy_protocol_v2                 = aws_lb_target_group.node.proxy_protocol_v2
      deregistration_delay              = aws_lb_target_group.node.deregistration_delay
      connection_termination            = aws_lb_target_group.node.connection_termination
      load_balancing_cross_zone_enabled = aws_lb_target_group.node.load_balancing_cross_zone_enabled
      protocol                          = aws_lb_target_group.node.health_check[0].protocol
      path                              = aws_lb_target_group.node.health_check[0].path
      port                              = aws_lb_target_group.node.health_check[0].port
      matcher                           = aws_lb_target_group.node.health_check[0].matcher
      interval                          = aws_lb_target_group.node.health_check[0].interval
      timeout                           = aws_lb_target_group.node.health_check[0].timeout
      healthy_threshold                 = aws_lb_target_group.node.health_check[0].healthy_threshold
      unhealthy_threshold               = aws_lb_target_group.node.health_check[0].unhealthy_threshold
      } == {
      preserve_client_ip                = "false"
      proxy_protocol_v2                 = true
      deregistration_delay              = "0"
      connection_termination            = true
      load_balancing_cross_zone_enabled = "true"
      protocol                          = "HTTPS"
      path                              = "/health?deep=1"
      port                              = "8443"
      matcher                           = "200-299,302"
      interval                          = 5
      timeout                           = 2
      healthy_threshold                 = 2
      unhealthy_threshold               = 10
    }
    error_message = "An argument does not reach the target group."
  }
}

run "health_check_by_request" {
  command = plan

  variables {
    health_check = { protocol = "HTTP" }
  }

  assert {
    condition     = aws_lb_target_group.node.health_check[0].path == "/" && aws_lb_target_group.node.health_check[0].matcher == "200-399"
    error_message = "The health check does not ask for /, or does not accept what a node that works answers."
  }
}

run "health_check_by_connection" {
  command = plan

  assert {
    condition     = try(aws_lb_target_group.node.health_check[0].path, null) != "/" && try(aws_lb_target_group.node.health_check[0].matcher, null) != "200-399"
    error_message = "A health check that only opens a connection has a path or codes, which the provider refuses."
  }
}

# Without a value of the caller's, what AWS does by itself: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html

run "connection_termination_of_udp" {
  command = plan

  variables {
    node = merge(var.node, { protocol = "UDP" })
  }

  assert {
    condition     = aws_lb_target_group.node.connection_termination
    error_message = "AWS's default for UDP is switched off."
  }
}

run "connection_termination_of_tcp_and_udp" {
  command = plan

  variables {
    node = merge(var.node, { protocol = "TCP_UDP" })
  }

  assert {
    condition     = aws_lb_target_group.node.connection_termination
    error_message = "AWS's default for TCP_UDP is switched off."
  }
}

run "connection_termination_of_udp_that_the_caller_switches_off" {
  command = plan

  variables {
    node         = merge(var.node, { protocol = "UDP" })
    target_group = { preserve_client_ip = true, connection_termination = false }
  }

  assert {
    condition     = !aws_lb_target_group.node.connection_termination
    error_message = "The caller's value is not set."
  }
}
