# The fleet as the routing modules and AWS see it.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "defaults" {
  command = plan

  assert {
    condition = output.node == {
      security_group_id       = "sg-0123456789abcdef0"
      autoscaling_group_names = { shop-wallarm = "shop-wallarm-node-1" }
    }
    error_message = "The output node is not what alb and nlb take."
  }

  assert {
    condition = (
      aws_launch_template.node.metadata_options[0].http_tokens == "required" &&
      aws_launch_template.node.metadata_options[0].http_put_response_hop_limit == 1
    )
    error_message = "The instances answer IMDSv1."
  }

  assert {
    condition = (
      aws_launch_template.node.block_device_mappings[0].device_name == "/dev/xvda" &&
      aws_launch_template.node.block_device_mappings[0].ebs[0].encrypted == "true"
    )
    error_message = "The root volume is not the image's, or not encrypted."
  }

  assert {
    condition = (
      aws_launch_template.node.network_interfaces[0].associate_public_ip_address == "false" &&
      aws_launch_template.node.network_interfaces[0].security_groups == toset(["sg-0123456789abcdef0"])
    )
    error_message = "The instances have a public address, or other security groups."
  }

  assert {
    condition     = aws_launch_template.node.iam_instance_profile[0].arn == "arn:aws:iam::123456789012:instance-profile/shop-wallarm-node-1"
    error_message = "The instances have another instance profile."
  }

  assert {
    condition = alltrue([
      for specification in aws_launch_template.node.tag_specifications : specification.tags["Name"] == "shop-wallarm-node"
    ])
    error_message = "What the launch template creates has no name."
  }

  # A number, because AWS rolls back only to a version that is one.
  assert {
    condition     = aws_autoscaling_group.node.launch_template[0].version == "7"
    error_message = "The Auto Scaling group does not use the latest version by its number."
  }

  assert {
    condition = (
      aws_autoscaling_group.node.instance_refresh[0].preferences[0].auto_rollback &&
      aws_autoscaling_group.node.instance_refresh[0].preferences[0].min_healthy_percentage == 100 &&
      aws_autoscaling_group.node.instance_maintenance_policy[0].min_healthy_percentage == 100
    )
    error_message = "A replacement takes instances out of service before new ones are in service."
  }

  assert {
    condition = { for hook in aws_autoscaling_group.node.initial_lifecycle_hook : hook.name => "${hook.default_result} ${hook.heartbeat_timeout}" } == {
      boot  = "ABANDON 900"
      drain = "CONTINUE 60"
    }
    error_message = "The first instances have other hooks than the later ones."
  }

  assert {
    condition = (
      aws_autoscaling_lifecycle_hook.boot.default_result == "ABANDON" &&
      aws_autoscaling_lifecycle_hook.boot.lifecycle_transition == "autoscaling:EC2_INSTANCE_LAUNCHING" &&
      aws_autoscaling_lifecycle_hook.boot.heartbeat_timeout == 900
    )
    error_message = "An instance whose boot failed gets requests."
  }

  assert {
    condition = (
      aws_autoscaling_lifecycle_hook.drain.default_result == "CONTINUE" &&
      aws_autoscaling_lifecycle_hook.drain.lifecycle_transition == "autoscaling:EC2_INSTANCE_TERMINATING" &&
      aws_autoscaling_lifecycle_hook.drain.heartbeat_timeout == 60
    )
    error_message = "Open connections have no time to end."
  }

  # A name could not be taken again for the group that replaces one that was created in part.
  assert {
    condition     = aws_autoscaling_group.node.name_prefix == "shop-wallarm-node-"
    error_message = "The group has a fixed name."
  }

  # A refresh goes on while a failed health check does not count, and after the warmup.
  assert {
    condition     = aws_autoscaling_group.node.health_check_grace_period == 0 && aws_autoscaling_group.node.default_instance_warmup == 180
    error_message = "A refresh replaces the next instance before it sees that the load balancer finds the new one unhealthy."
  }

  assert {
    condition     = aws_autoscaling_group.node.wait_for_capacity_timeout == "1200s" && aws_autoscaling_group.node.health_check_type == "ELB"
    error_message = "An apply does not wait until the boot can have failed, or an unhealthy node is not replaced."
  }

  assert {
    condition = jsondecode(output.role_policy).Statement == [
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:wallarm/token-AbCdEf"]
      },
      {
        Effect   = "Allow"
        Action   = "autoscaling:DescribeAutoScalingInstances"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "autoscaling:CompleteLifecycleAction"
        Resource = "arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/shop-wallarm-node-*"
      },
    ]
    error_message = "The role may do more, or less, than read its secrets and report its boot."
  }

  assert {
    condition     = aws_iam_role_policy.node[0].policy == output.role_policy && length(aws_iam_role_policy_attachment.ssm) == 0
    error_message = "The role has another policy."
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.https["internet"].cidr_ipv4 == "0.0.0.0/0" && aws_vpc_security_group_egress_rule.https["internet"].from_port == 443
    error_message = "The node cannot reach Wallarm Cloud."
  }

  assert {
    condition = (
      aws_autoscaling_policy.cpu[0].target_tracking_configuration[0].target_value == 60 &&
      length(aws_autoscaling_policy.requests) == 0 &&
      length(aws_cloudwatch_metric_alarm.no_healthy_node) == 0 &&
      length(aws_cloudwatch_metric_alarm.errors) == 0
    )
    error_message = "There is no scaling by CPU, or more than that."
  }

  assert {
    condition     = strcontains(base64decode(aws_launch_template.node.user_data), "--lifecycle-hook-name 'boot'")
    error_message = "The launch script reports to another hook."
  }
}

run "image_by_name" {
  command = plan

  variables {
    image = { name = "wallarm-node-7-1-20260801" }
  }

  assert {
    condition = (
      data.aws_ami.node.owners == tolist(["679593333241"]) &&
      one(data.aws_ami.node.filter).name == "name" &&
      one(data.aws_ami.node.filter).values == toset(["wallarm-node-7-1-20260801"])
    )
    error_message = "The image is not read by its full name, from its owner."
  }
}

run "image_by_id" {
  command = plan

  assert {
    condition = (
      data.aws_ami.node.owners == null &&
      one(data.aws_ami.node.filter).name == "image-id" &&
      one(data.aws_ami.node.filter).values == toset(["ami-0123456789abcdef0"])
    )
    error_message = "The image is not read by its ID, whoever owns it."
  }
}

run "all_options" {
  command = plan

  variables {
    tags                          = { team = "edge" }
    kms_key_arns                  = ["arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"]
    iam                           = { permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary", ssm_access = true }
    egress_cidrs                  = { endpoints = "10.0.0.0/16", wallarm = "2001:db8::/32" }
    additional_security_group_ids = { cloudfront = "sg-0aaaaaaaaaaaaaaaa" }
    associate_public_ip_address   = true
    root_volume                   = { size = 40, kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef" }
    detailed_monitoring           = false
    capacity                      = { min = 3, max = 9 }
    scaling = {
      cpu_percent         = 0
      requests_per_target = 1000
      request_count_label = "app/shop/50dc6c495c0c9188/targetgroup/shop-0a1b2c3d/6d0ecf831eec9f09"
    }
    boot_timeout      = 600
    termination_delay = 120
    health_check_type = "EC2"
    updates           = { max_healthy_percentage = 200, warmup = 60, max_instance_lifetime = 604800 }
    alarms = {
      action_arns = ["arn:aws:sns:eu-central-1:123456789012:alerts"]
      routing = {
        scenario      = "alb"
        node          = { target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-0a1b2c3d/6d0ecf831eec9f09" }
        load_balancer = { arn_suffix = "app/shop/50dc6c495c0c9188" }
      }
    }
  }

  assert {
    condition = jsondecode(output.role_policy).Statement[3] == {
      Effect    = "Allow"
      Action    = "kms:Decrypt"
      Resource  = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"
      Condition = { StringLike = { "kms:ViaService" = "secretsmanager.*.amazonaws.com" } }
    }
    error_message = "The role cannot decrypt its secrets, or can use the key for something else."
  }

  assert {
    condition = (
      aws_iam_role.node[0].permissions_boundary == "arn:aws:iam::123456789012:policy/boundary" &&
      aws_iam_role_policy_attachment.ssm[0].policy_arn == "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
    )
    error_message = "The role has no boundary, or Systems Manager has no access."
  }

  assert {
    condition = { for key, rule in aws_vpc_security_group_egress_rule.https : key => coalesce(rule.cidr_ipv4, rule.cidr_ipv6) } == {
      endpoints = "10.0.0.0/16"
      wallarm   = "2001:db8::/32"
    }
    error_message = "The node reaches something else."
  }

  assert {
    condition = (
      aws_launch_template.node.network_interfaces[0].security_groups == toset(["sg-0123456789abcdef0", "sg-0aaaaaaaaaaaaaaaa"]) &&
      aws_launch_template.node.network_interfaces[0].associate_public_ip_address == "true" &&
      aws_launch_template.node.block_device_mappings[0].ebs[0].volume_size == 40 &&
      aws_launch_template.node.block_device_mappings[0].ebs[0].kms_key_id == var.root_volume.kms_key_arn &&
      !aws_launch_template.node.monitoring[0].enabled
    )
    error_message = "The instances are not as asked for."
  }

  assert {
    condition = (
      aws_autoscaling_group.node.min_size == 3 && aws_autoscaling_group.node.max_size == 9 &&
      aws_autoscaling_group.node.health_check_type == "EC2" &&
      aws_autoscaling_group.node.default_instance_warmup == 60 &&
      aws_autoscaling_group.node.max_instance_lifetime == 604800 &&
      aws_autoscaling_group.node.instance_refresh[0].preferences[0].max_healthy_percentage == 200 &&
      aws_autoscaling_group.node.wait_for_capacity_timeout == "900s" &&
      aws_autoscaling_lifecycle_hook.boot.heartbeat_timeout == 600 &&
      aws_autoscaling_lifecycle_hook.drain.heartbeat_timeout == 120
    )
    error_message = "The Auto Scaling group is not as asked for."
  }

  assert {
    condition     = { for tag in aws_autoscaling_group.node.tag : tag.key => tag.value } == { team = "edge", Name = "shop-wallarm-node" }
    error_message = "The Auto Scaling group lacks tags."
  }

  assert {
    condition = (
      length(aws_autoscaling_policy.cpu) == 0 &&
      aws_autoscaling_policy.requests[0].target_tracking_configuration[0].target_value == 1000 &&
      aws_autoscaling_policy.requests[0].target_tracking_configuration[0].predefined_metric_specification[0].resource_label == var.scaling.request_count_label
    )
    error_message = "Scaling does not follow the requests alone."
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.no_healthy_node[0].namespace == "AWS/ApplicationELB" &&
      aws_cloudwatch_metric_alarm.no_healthy_node[0].treat_missing_data == "breaching" &&
      aws_cloudwatch_metric_alarm.no_healthy_node[0].alarm_actions == toset(["arn:aws:sns:eu-central-1:123456789012:alerts"]) &&
      aws_cloudwatch_metric_alarm.no_healthy_node[0].dimensions == tomap({
        TargetGroup  = "targetgroup/shop-0a1b2c3d/6d0ecf831eec9f09"
        LoadBalancer = "app/shop/50dc6c495c0c9188"
      })
    )
    error_message = "The alarm looks at another target group, or nobody hears of it."
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.errors[0].threshold == 5 &&
      length(aws_cloudwatch_metric_alarm.errors[0].metric_query) == 3
    )
    error_message = "Errors of the node raise no alarm."
  }
}

run "behind_a_network_load_balancer" {
  command = plan

  variables {
    alarms = {
      routing = {
        scenario      = "nlb"
        node          = { target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-0a1b2c3d/6d0ecf831eec9f09" }
        load_balancer = { arn_suffix = "net/shop/50dc6c495c0c9188" }
      }
    }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.no_healthy_node[0].namespace == "AWS/NetworkELB" && length(aws_cloudwatch_metric_alarm.errors) == 0
    error_message = "A Network Load Balancer has other metrics."
  }
}

run "own_instance_profile" {
  command = plan

  variables {
    iam = { instance_profile = { arn = "arn:aws:iam::123456789012:instance-profile/own" } }
  }

  assert {
    condition = (
      aws_launch_template.node.iam_instance_profile[0].arn == "arn:aws:iam::123456789012:instance-profile/own" &&
      length(aws_iam_role.node) + length(aws_iam_role_policy.node) + length(aws_iam_instance_profile.node) == 0 &&
      output.role_name == null
    )
    error_message = "The instances have another profile, or the module creates a role that nothing uses."
  }
}

run "user_data_that_is_too_long" {
  command = plan

  variables {
    user_data_gzip = "H4sI${join("", [for index in range(1000) : "0123456789abcdefghij"])}"
  }

  expect_failures = [aws_launch_template.node]
}
