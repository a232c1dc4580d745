# What is kept and what is removed. Where the tests have no AWS provider 6.29, __tests__/newest-provider/modules.ts runs these by
# the schema of a newer one.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

override_data {
  target = data.aws_vpc_security_group_rules.application
  values = { ids = ["sgr-00000000000000001", "sgr-00000000000000002", "sgr-00000000000000003", "sgr-00000000000000004", "sgr-00000000000000005"] }
}

# The node's, listed.
override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-00000000000000001"]
  values = { ip_protocol = "tcp", from_port = 80, to_port = 80, is_egress = false, referenced_security_group_id = "sg-00000000000000002", cidr_ipv4 = null, cidr_ipv6 = null, prefix_list_id = null }
}

# The node's, not listed.
override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-00000000000000002"]
  values = { ip_protocol = "tcp", from_port = 8080, to_port = 8080, is_egress = false, referenced_security_group_id = "sg-00000000000000002", cidr_ipv4 = null, cidr_ipv6 = null, prefix_list_id = null }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-00000000000000003"]
  values = { ip_protocol = "tcp", from_port = 80, to_port = 80, is_egress = false, referenced_security_group_id = null, cidr_ipv4 = "0.0.0.0/0", cidr_ipv6 = null, prefix_list_id = null }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-00000000000000004"]
  values = { ip_protocol = "tcp", from_port = 443, to_port = 443, is_egress = true, referenced_security_group_id = null, cidr_ipv4 = "0.0.0.0/0", cidr_ipv6 = null, prefix_list_id = null }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-00000000000000005"]
  values = { ip_protocol = "-1", from_port = -1, to_port = -1, is_egress = true, referenced_security_group_id = null, cidr_ipv4 = null, cidr_ipv6 = "::/0", prefix_list_id = null }
}

run "audit_changes_nothing" {
  command = plan

  variables {
    mode = "audit"
  }

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition     = length(aws_vpc_security_group_rules_exclusive.application) == 0
    error_message = "The audit removes rules."
  }

  assert {
    condition     = output.unexpected_rules == { sgr-00000000000000003 = { traffic = "tcp 80", source = "0.0.0.0/0" } }
    error_message = "The audit does not name exactly the rule that admits the world."
  }

  assert {
    condition     = toset(keys(output.rules_to_remove)) == toset(["sgr-00000000000000002", "sgr-00000000000000003"])
    error_message = "The output does not say what the mode enforce would remove."
  }
}

run "enforce_keeps_the_listed_ingress_and_all_egress" {
  command = plan

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition     = aws_vpc_security_group_rules_exclusive.application[0].security_group_id == "sg-00000000000000003"
    error_message = "The rules of another group are removed."
  }

  assert {
    condition     = toset(aws_vpc_security_group_rules_exclusive.application[0].ingress_rule_ids) == toset(["sgr-00000000000000001"])
    error_message = "Not exactly the listed ingress rules are kept."
  }

  assert {
    condition     = toset(aws_vpc_security_group_rules_exclusive.application[0].egress_rule_ids) == toset(["sgr-00000000000000004", "sgr-00000000000000005"])
    error_message = "The existing egress is not kept."
  }
}

run "enforce_keeps_the_listed_egress" {
  command = plan

  variables {
    egress_rule_ids = { https = "sgr-00000000000000004" }
  }

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition     = toset(aws_vpc_security_group_rules_exclusive.application[0].egress_rule_ids) == toset(["sgr-00000000000000004"])
    error_message = "Not exactly the listed egress rules are kept."
  }
}

run "enforce_keeps_no_egress" {
  command = plan

  variables {
    egress_rule_ids = {}
  }

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition     = length(aws_vpc_security_group_rules_exclusive.application[0].egress_rule_ids) == 0
    error_message = "Egress rules are kept that nobody lists."
  }
}

# Without expect_failures: the check is quiet.
run "listed_rules_are_not_named" {
  command = plan

  variables {
    mode             = "audit"
    ingress_rule_ids = { node = "sgr-00000000000000001", office = "sgr-00000000000000003" }
  }

  assert {
    condition     = length(output.unexpected_rules) == 0 && toset(keys(output.rules_to_remove)) == toset(["sgr-00000000000000002"])
    error_message = "A rule that is kept is taken for one that is not."
  }
}

run "group_that_would_replace_its_instances" {
  command = plan

  override_data {
    target = data.aws_autoscaling_group.application["main"]
    values = { name = "shop", health_check_type = "ELB", target_group_arns = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop/73e2d6bc24d8a067"], traffic_source = [] }
  }

  expect_failures = [check.only_the_node_is_admitted, aws_vpc_security_group_rules_exclusive.application]
}

run "group_that_has_moved_behind_the_node" {
  command = plan

  variables {
    routing = { application = { target_group_arns = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/old/73e2d6bc24d8a067"] } }
  }

  override_data {
    target = data.aws_autoscaling_group.application["main"]
    values = { name = "shop", health_check_type = "ELB", target_group_arns = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop/73e2d6bc24d8a067"], traffic_source = [] }
  }

  expect_failures = [check.only_the_node_is_admitted]
}

run "load_balancer_whose_rule_is_kept" {
  command = plan

  variables {
    ingress_rule_ids = { node = "sgr-00000000000000001", load_balancer = "sgr-00000000000000002" }
    routing          = { load_balancer = { security_group_ids = ["sg-00000000000000009", "sg-00000000000000004"] } }
  }

  override_data {
    target = data.aws_vpc_security_group_rule.rule["sgr-00000000000000002"]
    values = { ip_protocol = "tcp", from_port = 80, to_port = 80, is_egress = false, referenced_security_group_id = "sg-00000000000000004", cidr_ipv4 = null, cidr_ipv6 = null, prefix_list_id = null }
  }

  override_data {
    target = data.aws_autoscaling_group.application["main"]
    values = { name = "shop", health_check_type = "ELB", target_group_arns = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop/73e2d6bc24d8a067"], traffic_source = [] }
  }

  expect_failures = [check.only_the_node_is_admitted]
}

run "instances_of_a_group_that_is_not_listed" {
  command = plan

  override_data {
    target = data.aws_instances.in_autoscaling_groups
    values = { ids = ["i-00000000000000002"] }
  }

  expect_failures = [check.only_the_node_is_admitted, aws_vpc_security_group_rules_exclusive.application]
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

  expect_failures = [check.only_the_node_is_admitted, aws_vpc_security_group_rules_exclusive.application]
}

run "tasks_that_nothing_replaces" {
  command = plan

  variables {
    accept_failing_health_checks = true
  }

  override_data {
    target = data.aws_instances.application
    values = { ids = [] }
  }

  expect_failures = [check.only_the_node_is_admitted]
}

run "audit_of_tasks" {
  command = plan

  variables {
    mode = "audit"
  }

  override_data {
    target = data.aws_instances.application
    values = { ids = [] }
  }

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition     = length(data.aws_instances.application) == 0
    error_message = "The audit looks at health checks that it does not change."
  }
}

run "rules_that_are_not_read" {
  command = plan

  variables {
    read_rules      = false
    egress_rule_ids = { internet = "sgr-00000000000000004" }
  }

  assert {
    condition     = length(data.aws_vpc_security_group_rules.application) + length(data.aws_vpc_security_group_rule.rule) == 0
    error_message = "The rules are read."
  }

  assert {
    condition     = output.current_rules == null && output.unexpected_rules == null && output.rules_to_remove == null
    error_message = "Outputs about rules that nobody has read look like an empty group."
  }

  assert {
    condition     = aws_vpc_security_group_rules_exclusive.application[0].egress_rule_ids == toset(["sgr-00000000000000004"])
    error_message = "The resource does not keep exactly the listed egress rule."
  }
}

# Without read_rules = false, this plan fails: its for_each is unknown.
run "group_and_rules_of_the_same_apply" {
  command = plan

  module {
    source = "./tests/new_group"
  }
}

# The provider's answer for a group without rules is null, and not an empty list.
run "a_group_without_rules" {
  command = plan

  override_data {
    target = data.aws_vpc_security_group_rules.application
    values = { ids = null }
  }

  assert {
    condition     = length(output.current_rules) == 0 && length(output.unexpected_rules) == 0
    error_message = "There are rules in a group without any."
  }
}
