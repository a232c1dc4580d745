# What the module creates: the load balancer, its listener and rules, the copies of target groups, and access.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "load_balancer" {
  command = plan

  assert {
    condition     = aws_lb.backend.internal && aws_lb.backend.load_balancer_type == "application"
    error_message = "It is not an internal Application Load Balancer."
  }

  assert {
    condition     = aws_lb.backend.xff_header_processing_mode == "preserve" && aws_lb.backend.preserve_host_header
    error_message = "The application would see other headers than before."
  }

  assert {
    condition     = aws_lb.backend.security_groups == toset([aws_security_group.backend.id]) && aws_lb.backend.subnets == toset(values(var.subnet_ids))
    error_message = "It is not in its group and subnets."
  }

  assert {
    condition     = aws_lb.backend.idle_timeout == 60 && !aws_lb.backend.enable_deletion_protection && length(aws_lb.backend.access_logs) == 0
    error_message = "The defaults of its settings are other ones."
  }
}

run "settings_of_the_load_balancer" {
  command = plan

  variables {
    load_balancer = { idle_timeout = 300, deletion_protection = true, access_logs = { bucket = "logs-of-shop", prefix = "backend" } }
  }

  assert {
    condition     = aws_lb.backend.idle_timeout == 300 && aws_lb.backend.enable_deletion_protection
    error_message = "The settings are not those of the caller."
  }

  assert {
    condition     = aws_lb.backend.access_logs[0].enabled && aws_lb.backend.access_logs[0].bucket == "logs-of-shop" && aws_lb.backend.access_logs[0].prefix == "backend"
    error_message = "The access logs are not those of the caller."
  }
}

run "listener_with_tls" {
  command = plan

  variables {
    listener = merge(var.listener, {
      port                        = 8443
      additional_certificate_arns = { blog = "arn:aws:iam::123456789012:server-certificate/blog" }
    })
  }

  assert {
    condition     = aws_lb_listener.backend.protocol == "HTTPS" && aws_lb_listener.backend.port == 8443
    error_message = "The listener is another one."
  }

  assert {
    condition     = aws_lb_listener.backend.certificate_arn == var.listener.certificate_arn && aws_lb_listener.backend.ssl_policy == "ELBSecurityPolicy-TLS13-1-2-2021-06"
    error_message = "The listener has another certificate or policy."
  }

  assert {
    condition     = aws_lb_listener_certificate.additional["blog"].certificate_arn == "arn:aws:iam::123456789012:server-certificate/blog"
    error_message = "The certificate for other names is missing."
  }

  assert {
    condition     = output.url == "https://internal-shop-1234567890.eu-central-1.elb.amazonaws.com:8443" && output.backend == { url = output.url, tls_server_name_from_request = true }
    error_message = "The node would use another address, or verify the certificate for the name of the load balancer."
  }

  assert {
    condition     = output.application == { security_group_id = aws_security_group.backend.id, ports = [8443] }
    error_message = "The node would be admitted to another port."
  }
}

run "listener_without_tls" {
  command = plan

  variables {
    listener = { protocol = "HTTP", port = 80 }
  }

  assert {
    condition     = aws_lb_listener.backend.protocol == "HTTP" && aws_lb_listener.backend.certificate_arn == null
    error_message = "AWS refuses a policy or certificate with HTTP."
  }

  assert {
    condition     = output.backend == { url = "http://internal-shop-1234567890.eu-central-1.elb.amazonaws.com:80", tls_server_name_from_request = false }
    error_message = "The node would use TLS."
  }
}

run "listener_like_the_existing_one" {
  command = plan

  variables {
    listener = merge(var.listener, { existing = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2" } })
  }
}

run "listener_unlike_the_existing_one" {
  command = plan

  variables {
    listener = {
      protocol = "HTTP"
      port     = 80
      existing = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2" }
    }
  }

  expect_failures = [check.listens_as_before]

  assert {
    condition     = length(local.listener_differences) == 3
    error_message = "Protocol, port, and certificate differ."
  }
}

run "listener_with_another_certificate" {
  command = plan

  variables {
    listener = {
      certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-89ab-cdef-0123-456789abcdef"
      existing        = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2" }
    }
  }

  expect_failures = [check.listens_as_before]
}

run "rules" {
  command = plan

  variables {
    routes = {
      all = {
        priority     = 5
        target_group = "api"
        conditions = [
          { host_header = { values = ["shop.example.com"] } },
          { http_header = { http_header_name = "X-Api", values = ["1"] } },
          { http_request_method = { values = ["POST"] } },
          { path_pattern = { values = ["/api/*"] } },
          { query_string = { values = [{ key = "version", value = "1" }] } },
        ]
      }
      rest = { priority = 20, target_group = "web", catch_all = true }
    }
  }

  assert {
    condition     = { for key, rule in aws_lb_listener_rule.application : key => rule.priority } == { all = 5, rest = 20 }
    error_message = "The priorities are other ones."
  }

  assert {
    condition     = length(aws_lb_listener_rule.application["all"].condition) == 5
    error_message = "The rule has other conditions."
  }

  assert {
    condition     = one(aws_lb_listener_rule.application["rest"].condition).path_pattern[0].values == toset(["/*"])
    error_message = "A catch_all does not take every path."
  }

  assert {
    condition     = aws_lb_listener.backend.default_action[0].fixed_response[0].status_code == "421"
    error_message = "A request that no route takes reaches an application."
  }
}

run "copies_of_target_groups" {
  command = plan

  assert {
    condition = alltrue([
      for group in aws_lb_target_group.application :
      group.port == 8080 && group.protocol == "HTTP" && group.target_type == "instance" && group.vpc_id == var.vpc_id
    ])
    error_message = "The targets get requests in another way than before."
  }

  assert {
    condition = alltrue([
      for group in aws_lb_target_group.application : alltrue([
        group.deregistration_delay == "120",
        group.slow_start == 30,
        group.load_balancing_algorithm_type == "round_robin",
        group.load_balancing_anomaly_mitigation == "off",
        group.load_balancing_cross_zone_enabled == "use_load_balancer_configuration",
      ])
    ])
    error_message = "The attributes are other ones."
  }

  assert {
    condition = alltrue([
      for group in aws_lb_target_group.application : alltrue([
        group.health_check[0].path == "/health",
        group.health_check[0].port == "traffic-port",
        group.health_check[0].protocol == "HTTP",
        group.health_check[0].matcher == "200",
        group.health_check[0].interval == 10,
        group.health_check[0].timeout == 4,
        group.health_check[0].healthy_threshold == 2,
        group.health_check[0].unhealthy_threshold == 5,
      ])
    ])
    error_message = "The health check is another one."
  }

  assert {
    condition     = !aws_lb_target_group.application["api"].stickiness[0].enabled && aws_lb_target_group.application["api"].stickiness[0].cookie_name == null
    error_message = "The stickiness is another one."
  }

  assert {
    condition     = length(distinct(values(aws_lb_target_group.application)[*].name)) == 2 && can(regex("^shop-[0-9a-f]{8}$", aws_lb_target_group.application["api"].name))
    error_message = "Two copies have one name."
  }
}

run "copies_with_stickiness" {
  command = plan

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
      stickiness                        = [{ enabled = true, type = "app_cookie", cookie_duration = 3600, cookie_name = "SESSION" }]
      health_check                      = [{ path = "/", port = "traffic-port", protocol = "HTTP", matcher = "200", interval = 10, timeout = 4, healthy_threshold = 2, unhealthy_threshold = 5 }]
    }
  }

  assert {
    condition = alltrue([
      aws_lb_target_group.application["web"].stickiness[0].enabled,
      aws_lb_target_group.application["web"].stickiness[0].type == "app_cookie",
      aws_lb_target_group.application["web"].stickiness[0].cookie_duration == 3600,
      aws_lb_target_group.application["web"].stickiness[0].cookie_name == "SESSION",
    ])
    error_message = "The stickiness is another one."
  }
}

run "a_new_port_makes_a_new_target_group" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000001", ports = [8080, 9090] }
  }

  override_data {
    target = data.aws_lb_target_group.existing["web"]
    values = {
      deregistration_delay              = "300"
      slow_start                        = 0
      load_balancing_algorithm_type     = "round_robin"
      load_balancing_anomaly_mitigation = "off"
      load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
      port                              = 9090
      protocol                          = "HTTP"
      protocol_version                  = "HTTP1"
      target_type                       = "instance"
      vpc_id                            = "vpc-0123456789abcdef0"
      stickiness                        = [{ enabled = false, type = "lb_cookie", cookie_duration = 86400, cookie_name = "" }]
      health_check                      = [{ path = "/", port = "traffic-port", protocol = "HTTP", matcher = "200", interval = 10, timeout = 4, healthy_threshold = 2, unhealthy_threshold = 5 }]
    }
  }

  assert {
    condition     = aws_lb_target_group.application["web"].name != "shop-bca8bf20"
    error_message = "AWS refuses a second group with the name."
  }

  assert {
    condition     = aws_lb_target_group.application["api"].name == "shop-ce3e7243"
    error_message = "The other group would be replaced too."
  }
}

run "access" {
  command = plan

  variables {
    application = {
      security_group_id             = "sg-00000000000000001"
      ports                         = [8080, 8081]
      additional_security_group_ids = { blog = "sg-00000000000000002" }
    }
  }

  assert {
    condition     = keys(aws_vpc_security_group_ingress_rule.application_from_backend) == ["application-8080", "application-8081", "blog-8080", "blog-8081"]
    error_message = "Another group, or another port, is open."
  }

  assert {
    condition = alltrue([
      for rule in aws_vpc_security_group_ingress_rule.application_from_backend :
      rule.referenced_security_group_id == aws_security_group.backend.id && rule.from_port == rule.to_port && rule.cidr_ipv4 == null
    ])
    error_message = "Others than the load balancer are admitted."
  }

  assert {
    condition = { for key, rule in aws_vpc_security_group_egress_rule.backend_to_application : key => rule.referenced_security_group_id } == {
      application-8080 = "sg-00000000000000001"
      application-8081 = "sg-00000000000000001"
      blog-8080        = "sg-00000000000000002"
      blog-8081        = "sg-00000000000000002"
    }
    error_message = "The load balancer reaches something else."
  }
}

run "access_that_the_owner_gives" {
  command = plan

  variables {
    security_group_rules = { application_ingress = false }
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.application_from_backend) == 0 && length(aws_vpc_security_group_egress_rule.backend_to_application) == 1
    error_message = "The owner of the group would remove the rule."
  }
}
