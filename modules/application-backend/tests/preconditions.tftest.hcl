# What only AWS can tell, and what the module then refuses.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "two_subnets_of_one_zone" {
  command = plan

  override_data {
    target = data.aws_subnet.backend["a"]
    values = { availability_zone = "eu-central-1a", vpc_id = "vpc-0123456789abcdef0" }
  }

  override_data {
    target = data.aws_subnet.backend["b"]
    values = { availability_zone = "eu-central-1a", vpc_id = "vpc-0123456789abcdef0" }
  }

  expect_failures = [aws_lb.backend]
}

run "subnet_of_another_vpc" {
  command = plan

  override_data {
    target = data.aws_subnet.backend["b"]
    values = { vpc_id = "vpc-00000000000000009" }
  }

  expect_failures = [aws_lb.backend]
}

run "target_group_of_a_function" {
  command = plan

  override_data {
    target = data.aws_lb_target_group.existing["api"]
    values = {
      deregistration_delay              = "300"
      slow_start                        = 0
      load_balancing_algorithm_type     = "round_robin"
      load_balancing_anomaly_mitigation = "off"
      load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
      port                              = 8080
      protocol                          = ""
      protocol_version                  = ""
      target_type                       = "lambda"
      vpc_id                            = "vpc-0123456789abcdef0"
      stickiness                        = [{ enabled = false, type = "lb_cookie", cookie_duration = 86400, cookie_name = "" }]
      health_check                      = [{ path = "/", port = "traffic-port", protocol = "HTTP", matcher = "200", interval = 10, timeout = 4, healthy_threshold = 2, unhealthy_threshold = 5 }]
    }
  }

  expect_failures = [aws_lb_target_group.application]
}

run "target_group_of_a_network_load_balancer" {
  command = plan

  override_data {
    target = data.aws_lb_target_group.existing["api"]
    values = {
      deregistration_delay              = "300"
      slow_start                        = 0
      load_balancing_algorithm_type     = "round_robin"
      load_balancing_anomaly_mitigation = "off"
      load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
      port                              = 8080
      protocol                          = "TCP"
      protocol_version                  = ""
      target_type                       = "instance"
      vpc_id                            = "vpc-0123456789abcdef0"
      stickiness                        = [{ enabled = false, type = "lb_cookie", cookie_duration = 86400, cookie_name = "" }]
      health_check                      = [{ path = "/", port = "traffic-port", protocol = "HTTP", matcher = "200", interval = 10, timeout = 4, healthy_threshold = 2, unhealthy_threshold = 5 }]
    }
  }

  expect_failures = [aws_lb_target_group.application]
}

run "target_group_for_grpc" {
  command = plan

  override_data {
    target = data.aws_lb_target_group.existing["api"]
    values = {
      deregistration_delay              = "300"
      slow_start                        = 0
      load_balancing_algorithm_type     = "round_robin"
      load_balancing_anomaly_mitigation = "off"
      load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
      port                              = 8080
      protocol                          = "HTTP"
      protocol_version                  = "GRPC"
      target_type                       = "instance"
      vpc_id                            = "vpc-0123456789abcdef0"
      stickiness                        = [{ enabled = false, type = "lb_cookie", cookie_duration = 86400, cookie_name = "" }]
      health_check                      = [{ path = "/", port = "traffic-port", protocol = "HTTP", matcher = "200", interval = 10, timeout = 4, healthy_threshold = 2, unhealthy_threshold = 5 }]
    }
  }

  expect_failures = [aws_lb_target_group.application]
}

run "target_group_for_http_2" {
  command = plan

  override_data {
    target = data.aws_lb_target_group.existing["api"]
    values = {
      deregistration_delay              = "300"
      slow_start                        = 0
      load_balancing_algorithm_type     = "round_robin"
      load_balancing_anomaly_mitigation = "off"
      load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
      port                              = 8080
      protocol                          = "HTTP"
      protocol_version                  = "HTTP2"
      target_type                       = "instance"
      vpc_id                            = "vpc-0123456789abcdef0"
      stickiness                        = [{ enabled = false, type = "lb_cookie", cookie_duration = 86400, cookie_name = "" }]
      health_check                      = [{ path = "/", port = "traffic-port", protocol = "HTTP", matcher = "200", interval = 10, timeout = 4, healthy_threshold = 2, unhealthy_threshold = 5 }]
    }
  }

  expect_failures = [aws_lb_target_group.application]
}

run "target_group_of_another_vpc" {
  command = plan

  override_data {
    target = data.aws_lb_target_group.existing["api"]
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
      vpc_id                            = "vpc-00000000000000009"
      stickiness                        = [{ enabled = false, type = "lb_cookie", cookie_duration = 86400, cookie_name = "" }]
      health_check                      = [{ path = "/", port = "traffic-port", protocol = "HTTP", matcher = "200", interval = 10, timeout = 4, healthy_threshold = 2, unhealthy_threshold = 5 }]
    }
  }

  expect_failures = [aws_lb_target_group.application]
}

run "instances_for_a_target_group_of_addresses" {
  command = plan

  variables {
    target_groups = {
      api = merge(var.target_groups.api, { autoscaling_group_names = { main = "shop" } })
      web = var.target_groups.web
    }
  }

  override_data {
    target = data.aws_lb_target_group.existing["api"]
    values = {
      deregistration_delay              = "300"
      slow_start                        = 0
      load_balancing_algorithm_type     = "round_robin"
      load_balancing_anomaly_mitigation = "off"
      load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
      port                              = 8080
      protocol                          = "HTTP"
      protocol_version                  = "HTTP1"
      target_type                       = "ip"
      vpc_id                            = "vpc-0123456789abcdef0"
      stickiness                        = [{ enabled = false, type = "lb_cookie", cookie_duration = 86400, cookie_name = "" }]
      health_check                      = [{ path = "/", port = "traffic-port", protocol = "HTTP", matcher = "200", interval = 10, timeout = 4, healthy_threshold = 2, unhealthy_threshold = 5 }]
    }
  }

  expect_failures = [aws_lb_target_group.application]
}

run "addresses_for_a_target_group_of_instances" {
  command = plan

  variables {
    target_groups = {
      api = merge(var.target_groups.api, { ip_addresses = { a = { address = "10.0.10.4" } } })
      web = var.target_groups.web
    }
  }

  expect_failures = [aws_lb_target_group.application]
}

run "port_that_is_not_open" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000001", ports = [80] }
  }

  override_data {
    target = data.aws_lb_target_group.existing["web"]
    values = {
      deregistration_delay              = "300"
      slow_start                        = 0
      load_balancing_algorithm_type     = "round_robin"
      load_balancing_anomaly_mitigation = "off"
      load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
      port                              = 80
      protocol                          = "HTTP"
      protocol_version                  = "HTTP1"
      target_type                       = "instance"
      vpc_id                            = "vpc-0123456789abcdef0"
      stickiness                        = [{ enabled = false, type = "lb_cookie", cookie_duration = 86400, cookie_name = "" }]
      health_check                      = [{ path = "/", port = "traffic-port", protocol = "HTTP", matcher = "200", interval = 10, timeout = 4, healthy_threshold = 2, unhealthy_threshold = 5 }]
    }
  }

  expect_failures = [aws_lb_target_group.application]
}

run "port_of_a_health_check_that_is_not_open" {
  command = plan

  override_data {
    target = data.aws_lb_target_group.existing["web"]
    values = {
      deregistration_delay              = "300"
      slow_start                        = 0
      load_balancing_algorithm_type     = "round_robin"
      load_balancing_anomaly_mitigation = "off"
      load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
      port                              = "9090"
      protocol                          = "HTTP"
      protocol_version                  = "HTTP1"
      target_type                       = "instance"
      vpc_id                            = "vpc-0123456789abcdef0"
      stickiness                        = [{ enabled = false, type = "lb_cookie", cookie_duration = 86400, cookie_name = "" }]
      health_check                      = [{ enabled = true, path = "/", port = "9090", protocol = "HTTP", matcher = "200", interval = 10, timeout = 4, healthy_threshold = 2, unhealthy_threshold = 5 }]
    }
  }

  expect_failures = [aws_lb_target_group.application]
}

run "service_of_codedeploy" {
  command = plan

  variables {
    ecs_service_arns = { shop = "arn:aws:ecs:eu-central-1:123456789012:service/main/shop" }
  }

  override_data {
    target = data.aws_cloudcontrolapi_resource.ecs_service["shop"]
    values = {
      properties = <<-EOT
        {
          "DeploymentController": { "Type": "CODE_DEPLOY" },
          "LoadBalancers": [{
            "TargetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/api/0123456789abcdef",
            "ContainerName": "api", "ContainerPort": 8080
          }]
        }
      EOT
    }
  }

  expect_failures = [aws_lb.backend]
}

run "service_of_an_external_controller" {
  command = plan

  variables {
    ecs_service_arns = { shop = "arn:aws:ecs:eu-central-1:123456789012:service/main/shop" }
  }

  override_data {
    target = data.aws_cloudcontrolapi_resource.ecs_service["shop"]
    values = {
      properties = <<-EOT
        {
          "DeploymentController": { "Type": "EXTERNAL" },
          "LoadBalancers": [{
            "TargetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/api/0123456789abcdef",
            "ContainerName": "api", "ContainerPort": 8080
          }]
        }
      EOT
    }
  }

  expect_failures = [aws_lb.backend]
}

run "service_with_other_target_groups" {
  command = plan

  variables {
    ecs_service_arns = { shop = "arn:aws:ecs:eu-central-1:123456789012:service/main/shop" }
  }

  override_data {
    target = data.aws_cloudcontrolapi_resource.ecs_service["shop"]
    values = { properties = "{}" }
  }

  expect_failures = [aws_lb.backend]
}

run "service_with_five_target_groups" {
  command = plan

  variables {
    ecs_service_arns = { shop = "arn:aws:ecs:eu-central-1:123456789012:service/main/shop" }
  }

  override_data {
    target = data.aws_cloudcontrolapi_resource.ecs_service["shop"]
    values = {
      properties = <<-EOT
        {
          "LoadBalancers": [
            {
              "TargetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/api/0123456789abcdef",
              "ContainerName": "api", "ContainerPort": 8080
            },
            { "TargetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/1/1", "ContainerName": "a", "ContainerPort": 1 },
            { "TargetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/2/2", "ContainerName": "a", "ContainerPort": 2 },
            { "TargetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/3/3", "ContainerName": "a", "ContainerPort": 3 },
            { "TargetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/4/4", "ContainerName": "a", "ContainerPort": 4 }
          ]
        }
      EOT
    }
  }

  expect_failures = [aws_lb.backend]
}
