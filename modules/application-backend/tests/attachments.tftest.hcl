# Who attaches the targets: the module, or the owner of the application.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "nobody_by_default" {
  command = plan

  assert {
    condition     = length(aws_autoscaling_attachment.application) + length(aws_lb_target_group_attachment.instance) + length(aws_lb_target_group_attachment.ip_address) == 0
    error_message = "The module attaches targets that nobody listed."
  }

  assert {
    condition     = length(regexall("arn:[^\"]*targetgroup/shop-6d0ecf83", output.owner_configuration.auto_scaling_group)) == 4
    error_message = "The owner does not learn both ARNs, in both forms."
  }

  assert {
    condition     = length(regexall("(?m)^  targetGroupARN: arn:", output.owner_configuration.kubernetes)) == 2 && strcontains(output.owner_configuration.kubernetes, "  targetType: instance\n")
    error_message = "There is not a TargetGroupBinding for each target group."
  }
}

run "instances" {
  command = plan

  variables {
    target_groups = {
      api = merge(var.target_groups.api, { autoscaling_group_names = { blue = "shop-blue", green = "shop-green" } })
      web = merge(var.target_groups.web, { autoscaling_group_names = { blue = "shop-blue" }, instance_ids = { a = "i-0123456789abcdef0" } })
    }
  }

  assert {
    condition = { for key, attachment in aws_autoscaling_attachment.application : key => attachment.autoscaling_group_name } == {
      "api/blue"  = "shop-blue"
      "api/green" = "shop-green"
      "web/blue"  = "shop-blue"
    }
    error_message = "Other groups are attached."
  }

  assert {
    condition     = { for key, attachment in aws_lb_target_group_attachment.instance : key => attachment.target_id } == { "web/a" = "i-0123456789abcdef0" }
    error_message = "Other instances are attached."
  }
}

run "addresses" {
  command = plan

  variables {
    target_groups = {
      api = merge(var.target_groups.api, { ip_addresses = { a = { address = "10.0.10.4" }, b = { address = "10.1.10.4", availability_zone = "all" } } })
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

  assert {
    condition = alltrue([
      keys(aws_lb_target_group_attachment.ip_address) == ["api/a", "api/b"],
      aws_lb_target_group_attachment.ip_address["api/a"].target_id == "10.0.10.4",
      aws_lb_target_group_attachment.ip_address["api/a"].availability_zone == null,
      aws_lb_target_group_attachment.ip_address["api/b"].target_id == "10.1.10.4",
      aws_lb_target_group_attachment.ip_address["api/b"].availability_zone == "all",
    ])
    error_message = "Other addresses are attached."
  }

  assert {
    condition     = length(local.target_group_arns_of_instances) == 1 && strcontains(output.owner_configuration.kubernetes, "  targetType: ip\n")
    error_message = "An Auto Scaling group would be attached to a target group of addresses."
  }
}

run "ecs_services" {
  command = plan

  variables {
    ecs_service_arns = {
      both = "arn:aws:ecs:eu-central-1:123456789012:service/main/both"
      copy = "arn:aws:ecs:eu-central-1:123456789012:service/main/copy"
    }
  }

  override_data {
    target = data.aws_cloudcontrolapi_resource.ecs_service["both"]
    values = {
      properties = <<-EOT
        {
          "LoadBalancers": [
            {
              "TargetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/api/0123456789abcdef",
              "ContainerName": "api", "ContainerPort": 8080
            },
            {
              "TargetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-ce3e7243/0123456789abcdef",
              "ContainerName": "api", "ContainerPort": 8080
            },
            {
              "TargetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/other/0123456789abcdef",
              "ContainerName": "other", "ContainerPort": 9090
            }
          ]
        }
      EOT
    }
  }

  # In the lockdown, the owner has taken the target group in front of the node away.
  override_data {
    target = data.aws_cloudcontrolapi_resource.ecs_service["copy"]
    values = {
      properties = <<-EOT
        {
          "DeploymentController": { "Type": "ECS" },
          "LoadBalancers": [
            {
              "TargetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-ce3e7243/0123456789abcdef",
              "ContainerName": "api", "ContainerPort": 8080
            }
          ]
        }
      EOT
    }
  }

  assert {
    condition     = data.aws_cloudcontrolapi_resource.ecs_service["both"].identifier == "arn:aws:ecs:eu-central-1:123456789012:service/main/both|main"
    error_message = "Cloud Control API reads another service."
  }

  assert {
    condition = output.ecs_load_balancers == {
      both = [{ target_group_arn = aws_lb_target_group.application["api"].arn, container_name = "api", container_port = 8080 }]
      copy = [{ target_group_arn = aws_lb_target_group.application["api"].arn, container_name = "api", container_port = 8080 }]
    }
    error_message = "The blocks are other ones."
  }

  assert {
    condition     = length(regexall("(?m)^  container_name   = \"api\"$", output.owner_configuration.ecs_services)) == 2
    error_message = "The text has other blocks."
  }
}
