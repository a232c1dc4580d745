# The output routing: that of the routing module, with this load balancer as the node.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "without_routing" {
  command = plan

  assert {
    condition     = output.routing.node_traffic_percent == 0 && !output.routing.live_after_apply && output.routing.entry_points == {}
    error_message = "Nobody said that requests go through the node."
  }

  assert {
    condition     = length(data.aws_lb_target_group.node) == 0
    error_message = "There is no node to read."
  }
}

run "of_alb" {
  command = plan

  variables {
    routing = var.routing_of_alb
  }

  assert {
    condition = output.routing.node == {
      security_group_id = "sg-00000000000000009"
      subnet_cidrs      = values(data.aws_subnet.backend)[*].cidr_block
      target_group_arn  = null
      port              = 443
      protocol          = "HTTPS"
      members           = null
    }
    error_message = "This load balancer is not the node."
  }

  assert {
    condition = alltrue([
      output.routing.application.security_group_id == "sg-00000000000000001",
      output.routing.application.ports == tolist([8080]),
      output.routing.application.accepted.routes == tolist(["GET /health"]),
      length(output.routing.application.target_group_arns) == 2,
    ])
    error_message = "The application is not the real one."
  }

  assert {
    condition = alltrue([
      output.routing.node_traffic_percent == 100,
      output.routing.live_after_apply,
      output.routing.load_balancer.security_group_ids == tolist(["sg-00000000000000005"]),
      output.routing.secret_header == { name = "X-Secret", enforced = true },
      output.routing.entry_points.rest.priority == 50000,
    ])
    error_message = "The rest is not that of the routing module."
  }
}

run "of_another_module" {
  command = plan

  variables {
    routing = merge(var.routing_of_alb, { scenario = "cloudfront", node = { target_group_arn = null }, load_balancer = null, secret_header = null })
  }

  assert {
    condition     = length(data.aws_lb_target_group.node) == 0 && output.routing.load_balancer == null && output.routing.secret_header == null
    error_message = "The module reads a target group that is not known."
  }
}

run "stickiness_of_one_type_in_both" {
  command = plan

  variables {
    routing = var.routing_of_alb
  }

  override_data {
    target = data.aws_lb_target_group.node[0]
    values = { stickiness = [{ enabled = true, type = "lb_cookie", cookie_duration = 3600, cookie_name = "" }] }
  }

  override_data {
    target = data.aws_lb_target_group.existing["web"]
    values = {
      deregistration_delay              = "300"
      slow_start                        = 0
      load_balancing_algorithm_type     = "round_robin"
      load_balancing_anomaly_mitigation = "off"
      load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
      port                              = 8080
      protocol                          = "HTTP"
      protocol_version                  = "HTTP1"
      target_type                       = "instance"
      vpc_id                            = "vpc-0123456789abcdef0"
      stickiness                        = [{ enabled = true, type = "lb_cookie", cookie_duration = 86400, cookie_name = "" }]
      health_check                      = [{ path = "/", port = "traffic-port", protocol = "HTTP", matcher = "200", interval = 10, timeout = 4, healthy_threshold = 2, unhealthy_threshold = 5 }]
    }
  }

  expect_failures = [terraform_data.routing]
}

run "stickiness_of_two_types" {
  command = plan

  variables {
    routing = var.routing_of_alb
  }

  override_data {
    target = data.aws_lb_target_group.node[0]
    values = { stickiness = [{ enabled = true, type = "app_cookie", cookie_duration = 3600, cookie_name = "SESSION" }] }
  }

  override_data {
    target = data.aws_lb_target_group.existing["web"]
    values = {
      deregistration_delay              = "300"
      slow_start                        = 0
      load_balancing_algorithm_type     = "round_robin"
      load_balancing_anomaly_mitigation = "off"
      load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
      port                              = 8080
      protocol                          = "HTTP"
      protocol_version                  = "HTTP1"
      target_type                       = "instance"
      vpc_id                            = "vpc-0123456789abcdef0"
      stickiness                        = [{ enabled = true, type = "lb_cookie", cookie_duration = 86400, cookie_name = "" }]
      health_check                      = [{ path = "/", port = "traffic-port", protocol = "HTTP", matcher = "200", interval = 10, timeout = 4, healthy_threshold = 2, unhealthy_threshold = 5 }]
    }
  }
}

run "stickiness_of_the_application_alone" {
  command = plan

  variables {
    routing = var.routing_of_alb
  }

  override_data {
    target = data.aws_lb_target_group.existing["web"]
    values = {
      deregistration_delay              = "300"
      slow_start                        = 0
      load_balancing_algorithm_type     = "round_robin"
      load_balancing_anomaly_mitigation = "off"
      load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
      port                              = 8080
      protocol                          = "HTTP"
      protocol_version                  = "HTTP1"
      target_type                       = "instance"
      vpc_id                            = "vpc-0123456789abcdef0"
      stickiness                        = [{ enabled = true, type = "lb_cookie", cookie_duration = 86400, cookie_name = "" }]
      health_check                      = [{ path = "/", port = "traffic-port", protocol = "HTTP", matcher = "200", interval = 10, timeout = 4, healthy_threshold = 2, unhealthy_threshold = 5 }]
    }
  }
}

run "routing_past_the_load_balancer" {
  command = plan

  variables {
    routing = merge(var.routing_of_alb, { application = { security_group_id = "sg-00000000000000001" } })
  }

  expect_failures = [terraform_data.routing]
}

run "routing_without_an_application" {
  command = plan

  variables {
    routing = merge(var.routing_of_alb, { application = null })
  }

  expect_failures = [terraform_data.routing]
}
