# The node's target group: its name, its targets, and what the caller may set.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "name" {
  command = plan

  assert {
    condition     = can(regex("^shop-[0-9a-f]{8}$", aws_lb_target_group.node.name))
    error_message = "The name is not the module's with a suffix of 9 characters: ${aws_lb_target_group.node.name}."
  }

  assert {
    condition     = output.target_group_name == aws_lb_target_group.node.name
    error_message = "The output names another target group."
  }
}

run "longest_name" {
  command = plan

  variables {
    name = "abcdefghijklmnopqrstuvw"
  }

  assert {
    condition     = length(aws_lb_target_group.node.name) == 32 && startswith(aws_lb_target_group.node.name, "abcdefghijklmnopqrstuvw-")
    error_message = "A name of 23 characters does not make the 32 that AWS allows: ${aws_lb_target_group.node.name}."
  }
}

run "shortest_name" {
  command = plan

  variables {
    name = "a"
  }

  assert {
    condition     = length(aws_lb_target_group.node.name) == 10
    error_message = "A name of one character does not make one of ten: ${aws_lb_target_group.node.name}."
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
    node = merge(var.node, { port = 8080 })
  }

  assert {
    condition     = output.target_group_name != run.name.target_group_name && aws_lb_target_group.node.port == 8080
    error_message = "A target group on another port would have the name of the one that it replaces, or is not on it."
  }
}

run "another_protocol" {
  command = plan

  variables {
    node = merge(var.node, { protocol = "HTTPS" })
  }

  assert {
    condition     = output.target_group_name != run.name.target_group_name && aws_lb_target_group.node.protocol == "HTTPS"
    error_message = "A target group of another protocol would have the name of the one that it replaces, or is not of it."
  }

  assert {
    condition     = aws_lb_target_group.node.health_check[0].protocol == "HTTPS"
    error_message = "The health check does not follow the protocol of the requests."
  }
}

run "another_protocol_version" {
  command = plan

  variables {
    node = merge(var.node, { protocol_version = "HTTP2" })
  }

  assert {
    condition     = output.target_group_name != run.name.target_group_name && aws_lb_target_group.node.protocol_version == "HTTP2"
    error_message = "A target group of another protocol version would have the name of the one that it replaces, or is not of it."
  }

  assert {
    condition     = aws_lb_target_group.node.health_check[0].matcher == "200-399" && aws_lb_target_group.node.health_check[0].path == "/"
    error_message = "HTTP/2 is not health-checked as HTTP/1.1 is."
  }
}

run "another_target_type" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", target_type = "ip", ip_addresses = { a = { address = "10.0.1.10" } } }
  }

  assert {
    condition     = output.target_group_name != run.name.target_group_name && aws_lb_target_group.node.target_type == "ip"
    error_message = "A target group of another target type would have the name of the one that it replaces, or is not of it."
  }
}

run "another_address_family" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", target_type = "ip", ip_address_type = "ipv6", ip_addresses = { a = { address = "2001:db8::10" } } }
  }

  assert {
    condition     = output.target_group_name != run.another_target_type.target_group_name && aws_lb_target_group.node.ip_address_type == "ipv6"
    error_message = "A target group of another address family would have the name of the one that it replaces, or is not of it."
  }
}

# Everything else is changed in place, under the same name.
run "name_depends_on_nothing_else" {
  command = plan

  variables {
    tags                    = { team = "edge" }
    node_traffic_percent    = 10
    target_group_stickiness = {}
    node                    = { security_group_id = "sg-00000000000000004", instance_ids = { a = "i-0123456789abcdef0" } }
    load_balancer           = { security_group_ids = { office = "sg-00000000000000009" } }
    application             = { security_group_id = "sg-00000000000000003" }
    security_group_rules    = { node_egress = false }
    routes                  = { rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true } }
    target_group = {
      deregistration_delay              = 0
      load_balancing_algorithm_type     = "weighted_random"
      load_balancing_anomaly_mitigation = "on"
      load_balancing_cross_zone_enabled = "true"
      stickiness                        = {}
    }
    health_check = {
      path                = "/health"
      port                = "8081"
      protocol            = "HTTPS"
      matcher             = "200"
      interval            = 10
      timeout             = 6
      healthy_threshold   = 2
      unhealthy_threshold = 4
    }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = output.target_group_name == run.name.target_group_name
    error_message = "The target group would be replaced for something that AWS changes in place."
  }
}

run "attributes_at_their_upper_limits" {
  command = plan

  variables {
    node = merge(var.node, { port = 65535 })
    target_group = {
      deregistration_delay              = 3600
      slow_start                        = 900
      load_balancing_cross_zone_enabled = "false"
    }
  }

  assert {
    condition = {
      port                              = aws_lb_target_group.node.port
      deregistration_delay              = aws_lb_target_group.node.deregistration_delay
      slow_start                        = aws_lb_target_group.node.slow_start
      load_balancing_algorithm_type     = aws_lb_target_group.node.load_balancing_algorithm_type
      load_balancing_cross_zone_enabled = aws_lb_target_group.node.load_balancing_cross_zone_enabled
      } == {
      port                              = 65535
      deregistration_delay              = "3600"
      slow_start                        = 900
      load_balancing_algorithm_type     = "round_robin"
      load_balancing_cross_zone_enabled = "false"
    }
    error_message = "The attributes are not the ones given."
  }
}

run "attributes_at_their_lower_limits" {
  command = plan

  variables {
    node = merge(var.node, { port = 1 })
    target_group = {
      deregistration_delay = 0
      slow_start           = 30
      stickiness           = { cookie_duration = 1 }
    }
  }

  assert {
    condition = {
      port                 = aws_lb_target_group.node.port
      deregistration_delay = aws_lb_target_group.node.deregistration_delay
      slow_start           = aws_lb_target_group.node.slow_start
      cookie_duration      = aws_lb_target_group.node.stickiness[0].cookie_duration
    } == { port = 1, deregistration_delay = "0", slow_start = 30, cookie_duration = 1 }
    error_message = "The attributes are not the ones given."
  }
}

run "algorithm_by_open_requests" {
  command = plan

  variables {
    target_group = { load_balancing_algorithm_type = "least_outstanding_requests" }
  }

  assert {
    condition     = aws_lb_target_group.node.load_balancing_algorithm_type == "least_outstanding_requests"
    error_message = "The algorithm is not the one given."
  }
}

run "algorithm_that_avoids_targets_that_err" {
  command = plan

  variables {
    target_group = { load_balancing_algorithm_type = "weighted_random", load_balancing_anomaly_mitigation = "on" }
  }

  assert {
    condition     = "${aws_lb_target_group.node.load_balancing_algorithm_type} ${aws_lb_target_group.node.load_balancing_anomaly_mitigation}" == "weighted_random on"
    error_message = "The algorithm is not the one given."
  }
}

run "stickiness_by_the_load_balancers_cookie" {
  command = plan

  variables {
    target_group = { stickiness = {} }
  }

  assert {
    condition = jsonencode(aws_lb_target_group.node.stickiness) == jsonencode([
      { cookie_duration = 86400, cookie_name = null, enabled = true, type = "lb_cookie" },
    ])
    error_message = "Clients do not stick to a target for a day."
  }
}

run "stickiness_by_the_applications_cookie" {
  command = plan

  variables {
    target_group = { stickiness = { type = "app_cookie", cookie_name = "SESSION", cookie_duration = 604800 } }
  }

  assert {
    condition = jsonencode(aws_lb_target_group.node.stickiness) == jsonencode([
      { cookie_duration = 604800, cookie_name = "SESSION", enabled = true, type = "app_cookie" },
    ])
    error_message = "Clients do not stick to a target by the cookie named."
  }
}

run "health_check" {
  command = plan

  variables {
    health_check = {
      path                = "/health?deep=1"
      port                = "65535"
      protocol            = "HTTPS"
      matcher             = "200-299,302"
      interval            = 300
      timeout             = 120
      healthy_threshold   = 10
      unhealthy_threshold = 2
    }
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
      path                = "/health?deep=1"
      port                = "65535"
      protocol            = "HTTPS"
      matcher             = "200-299,302"
      interval            = 300
      timeout             = 120
      healthy_threshold   = 10
      unhealthy_threshold = 2
    }
    error_message = "The health check is not the one given."
  }
}

run "health_check_at_its_lower_limits" {
  command = plan

  variables {
    health_check = { path = format("/%01023d", 0), port = "1", interval = 5, timeout = 2, healthy_threshold = 2, unhealthy_threshold = 10 }
  }

  assert {
    condition = {
      path     = length(aws_lb_target_group.node.health_check[0].path)
      port     = aws_lb_target_group.node.health_check[0].port
      interval = aws_lb_target_group.node.health_check[0].interval
      timeout  = aws_lb_target_group.node.health_check[0].timeout
    } == { path = 1024, port = "1", interval = 5, timeout = 2 }
    error_message = "The health check is not the one given."
  }
}

run "health_check_of_grpc" {
  command = plan

  variables {
    node = merge(var.node, { protocol_version = "GRPC" })
  }

  assert {
    condition     = aws_lb_target_group.node.health_check[0].matcher == "12"
    error_message = "A node that does not know the method, which it says with code 12, is not healthy."
  }

  assert {
    condition     = aws_lb_target_group.node.health_check[0].path == "/AWS.ALB/healthcheck"
    error_message = "The health check does not call the method that AWS calls by default."
  }
}

run "health_check_of_grpc_by_a_method_of_the_application" {
  command = plan

  variables {
    node         = merge(var.node, { protocol_version = "GRPC" })
    health_check = { path = "/grpc.health.v1.Health/Check", matcher = "0" }
  }

  assert {
    condition     = aws_lb_target_group.node.health_check[0].matcher == "0" && aws_lb_target_group.node.health_check[0].path == "/grpc.health.v1.Health/Check"
    error_message = "The health check is not the one given."
  }
}

run "targets_by_instance_and_group" {
  command = plan

  variables {
    node = {
      security_group_id       = "sg-00000000000000002"
      autoscaling_group_names = { a = "node-a", b = "node-b" }
      instance_ids            = { c = "i-0123456789abcdef0", d = "i-01234567" }
    }
  }

  assert {
    condition     = { for key, attachment in aws_autoscaling_attachment.autoscaling_group : key => attachment.autoscaling_group_name } == { a = "node-a", b = "node-b" }
    error_message = "The Auto Scaling groups are not those named."
  }

  assert {
    condition     = { for key, attachment in aws_lb_target_group_attachment.instance : key => attachment.target_id } == { c = "i-0123456789abcdef0", d = "i-01234567" }
    error_message = "The instances are not those named."
  }

  assert {
    condition = alltrue(concat(
      [for attachment in aws_autoscaling_attachment.autoscaling_group : attachment.lb_target_group_arn == aws_lb_target_group.node.arn],
      [for attachment in aws_lb_target_group_attachment.instance : attachment.target_group_arn == aws_lb_target_group.node.arn],
    ))
    error_message = "A target is registered with another target group."
  }
}

run "targets_by_address" {
  command = plan

  variables {
    node = {
      security_group_id = "sg-00000000000000002"
      target_type       = "ip"
      ip_addresses = {
        inside  = { address = "10.0.1.10" }
        outside = { address = "192.168.7.7", availability_zone = "all" }
      }
    }
  }

  assert {
    condition     = { for key, attachment in aws_lb_target_group_attachment.ip_address : key => attachment.target_id } == { inside = "10.0.1.10", outside = "192.168.7.7" }
    error_message = "The addresses are not those named."
  }

  assert {
    condition     = aws_lb_target_group_attachment.ip_address["outside"].availability_zone == "all"
    error_message = "An address outside the VPC is not registered for all zones, without which AWS refuses it."
  }

  assert {
    condition     = alltrue([for attachment in aws_lb_target_group_attachment.ip_address : attachment.target_group_arn == aws_lb_target_group.node.arn])
    error_message = "A target is registered with another target group."
  }

  assert {
    condition     = length(aws_autoscaling_attachment.autoscaling_group) + length(aws_lb_target_group_attachment.instance) == 0
    error_message = "Targets were registered that nobody named."
  }
}

run "targets_that_register_themselves" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", target_type = "ip", register_targets = false }
  }

  assert {
    condition     = length(aws_autoscaling_attachment.autoscaling_group) + length(aws_lb_target_group_attachment.instance) + length(aws_lb_target_group_attachment.ip_address) == 0
    error_message = "The module registered targets that do it themselves."
  }
}

run "no_targets_yet" {
  command = plan

  variables {
    node_traffic_percent = 0
    node                 = { security_group_id = "sg-00000000000000002" }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = length(aws_autoscaling_attachment.autoscaling_group) + length(aws_lb_target_group_attachment.instance) + length(aws_lb_target_group_attachment.ip_address) == 0
    error_message = "Targets were registered that nobody named."
  }
}
