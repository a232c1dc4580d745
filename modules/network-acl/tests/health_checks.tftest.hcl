# When the lockdown is refused, because AWS would replace targets that the load balancer can no longer check. What AWS does:
# __tests__/apply/health-at-the-lockdown.test.ts.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  routing = {
    schema_version       = 1
    vpc_id               = "vpc-0123456789abcdef0"
    application          = { ports = [80], target_group_arns = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop/73e2d6bc24d8a067"] }
    entry_points         = { shop = {} }
    node_traffic_percent = 100
    live_after_apply     = true
  }
}

# ELB health checks in the application's target group.
override_data {
  target = data.aws_autoscaling_group.application["main"]
  values = {
    name              = "shop"
    health_check_type = "ELB"
    target_group_arns = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop/73e2d6bc24d8a067"]
    traffic_source    = []
  }
}

run "group_that_would_replace_its_instances" {
  command = plan

  expect_failures = [aws_network_acl.application]
}

run "group_that_is_attached_as_a_traffic_source" {
  command = plan

  override_data {
    target = data.aws_autoscaling_group.application["main"]
    values = {
      name              = "shop"
      health_check_type = "EC2,ELB"
      target_group_arns = []
      traffic_source    = [{ identifier = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop/73e2d6bc24d8a067", type = "elbv2" }]
    }
  }

  expect_failures = [aws_network_acl.application]
}

run "group_whose_application_is_not_known" {
  command = plan

  variables {
    routing = merge(var.routing, { application = { ports = [80] } })
  }

  expect_failures = [aws_network_acl.application]
}

run "group_that_is_attached_to_another_target_group" {
  command = plan

  override_data {
    target = data.aws_autoscaling_group.application["main"]
    values = {
      name              = "shop"
      health_check_type = "ELB"
      target_group_arns = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/behind-the-node/73e2d6bc24d8a067"]
      traffic_source    = []
    }
  }

  assert {
    condition     = length(aws_network_acl_association.subnet) == 1
    error_message = "A group that has moved behind the node is refused."
  }
}

run "group_with_the_health_checks_of_ec2" {
  command = plan

  override_data {
    target = data.aws_autoscaling_group.application["main"]
    values = {
      name              = "shop"
      health_check_type = "EC2"
      target_group_arns = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop/73e2d6bc24d8a067"]
      traffic_source    = []
    }
  }

  assert {
    condition     = length(aws_network_acl_association.subnet) == 1
    error_message = "A group that does not look at health checks of load balancers is refused."
  }
}

run "load_balancer_that_is_admitted" {
  command = plan

  variables {
    load_balancer_subnet_cidrs = { 10000 = "10.0.3.0/24" }
  }

  assert {
    condition     = length(aws_network_acl_association.subnet) == 1
    error_message = "A load balancer whose health checks pass is refused."
  }
}

run "not_read_below_100" {
  command = plan

  variables {
    routing = merge(var.routing, { node_traffic_percent = 99 })
  }

  assert {
    condition     = length(data.aws_autoscaling_group.application) + length(data.aws_instances.application) == 0
    error_message = "The way back depends on an Auto Scaling group, which may be gone."
  }
}

run "not_read_if_accepted" {
  command = plan

  variables {
    accept_failing_health_checks = true
  }

  assert {
    condition     = length(data.aws_autoscaling_group.application) + length(data.aws_instances.application) == 0
    error_message = "The caller's word does not count."
  }
}

run "instances_of_a_group_that_is_not_listed" {
  command = plan

  variables {
    autoscaling_group_names = {}
  }

  override_data {
    target = data.aws_instances.in_autoscaling_groups
    values = { ids = ["i-00000000000000003", "i-00000000000000002"] }
  }

  expect_failures = [aws_network_acl.application]
}

run "instances_of_two_groups_of_which_one_is_listed" {
  command = plan

  override_data {
    target = data.aws_autoscaling_group.application["main"]
    values = { name = "shop", health_check_type = "EC2", target_group_arns = [], traffic_source = [] }
  }

  override_data {
    target = data.aws_instances.in_autoscaling_groups
    values = { ids = ["i-00000000000000001", "i-00000000000000002"] }
  }

  expect_failures = [aws_network_acl.application]
}

run "instances_of_a_listed_group" {
  command = plan

  override_data {
    target = data.aws_autoscaling_group.application["main"]
    values = { name = "shop", health_check_type = "EC2", target_group_arns = [], traffic_source = [] }
  }

  assert {
    condition = [for filter in data.aws_instances.in_listed_groups[0].filter : "${filter.name} ${join(" ", filter.values)}"] == [
      "subnet-id subnet-0000000000000000a",
      "tag:aws:autoscaling:groupName shop",
    ]
    error_message = "The instances of other groups are taken for those of the listed one."
  }
}

run "tasks" {
  command = plan

  variables {
    autoscaling_group_names = {}
  }

  override_data {
    target = data.aws_instances.in_autoscaling_groups
    values = { ids = [] }
  }

  override_data {
    target = data.aws_instances.application
    values = { ids = [] }
  }

  expect_failures = [aws_network_acl.application]
}

run "listed_group_without_instances" {
  command = plan

  override_data {
    target = data.aws_autoscaling_group.application["main"]
    values = { name = "shop", health_check_type = "EC2", target_group_arns = [], traffic_source = [] }
  }

  override_data {
    target = data.aws_instances.application
    values = { ids = [] }
  }

  assert {
    condition     = length(aws_network_acl_association.subnet) == 1
    error_message = "An application that is scaled to zero is taken for tasks."
  }
}

run "instances_of_no_group" {
  command = plan

  variables {
    autoscaling_group_names = {}
  }

  override_data {
    target = data.aws_instances.in_autoscaling_groups
    values = { ids = [] }
  }

  assert {
    condition     = length(aws_network_acl_association.subnet) == 1 && length(data.aws_instances.in_listed_groups) == 0
    error_message = "Instances that nothing replaces are refused."
  }
}
