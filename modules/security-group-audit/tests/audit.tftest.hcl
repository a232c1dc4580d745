# Who is named, and who is not.

mock_provider "aws" {
  override_during = plan
}

override_data {
  target = data.aws_vpc_security_group_rules.application
  values = { ids = ["sgr-00000000000000001", "sgr-00000000000000002", "sgr-00000000000000003", "sgr-00000000000000004", "sgr-00000000000000005", "sgr-00000000000000006", "sgr-00000000000000007", "sgr-00000000000000008", "sgr-00000000000000009", "sgr-0000000000000000a", "sgr-0000000000000000b", "sgr-0000000000000000c", "sgr-0000000000000000d"] }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-00000000000000001"]
  values = { ip_protocol = "tcp", from_port = 80, to_port = 80, is_egress = false, referenced_security_group_id = "sg-00000000000000002", cidr_ipv4 = null, cidr_ipv6 = null, prefix_list_id = null }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-00000000000000002"]
  values = { ip_protocol = "tcp", from_port = 443, to_port = 443, is_egress = false, referenced_security_group_id = "123456789012/sg-00000000000000002", cidr_ipv4 = null, cidr_ipv6 = null, prefix_list_id = null }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-00000000000000003"]
  values = { ip_protocol = "tcp", from_port = 80, to_port = 80, is_egress = false, referenced_security_group_id = null, cidr_ipv4 = "10.0.0.0/24", cidr_ipv6 = null, prefix_list_id = null }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-00000000000000004"]
  values = { ip_protocol = "tcp", from_port = 80, to_port = 80, is_egress = false, referenced_security_group_id = null, cidr_ipv4 = "10.0.0.7/32", cidr_ipv6 = null, prefix_list_id = null }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-00000000000000005"]
  values = { ip_protocol = "tcp", from_port = 80, to_port = 80, is_egress = false, referenced_security_group_id = null, cidr_ipv4 = null, cidr_ipv6 = "2001:db8:0:1::/64", prefix_list_id = null }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-00000000000000006"]
  values = { ip_protocol = "tcp", from_port = 80, to_port = 80, is_egress = false, referenced_security_group_id = null, cidr_ipv4 = "10.0.0.0/16", cidr_ipv6 = null, prefix_list_id = null }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-00000000000000007"]
  values = { ip_protocol = "tcp", from_port = 80, to_port = 80, is_egress = false, referenced_security_group_id = null, cidr_ipv4 = "10.0.2.0/24", cidr_ipv6 = null, prefix_list_id = null }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-00000000000000008"]
  values = { ip_protocol = "tcp", from_port = 0, to_port = 65535, is_egress = false, referenced_security_group_id = null, cidr_ipv4 = "0.0.0.0/0", cidr_ipv6 = null, prefix_list_id = null }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-00000000000000009"]
  values = { ip_protocol = "tcp", from_port = 80, to_port = 80, is_egress = false, referenced_security_group_id = null, cidr_ipv4 = null, cidr_ipv6 = "::/0", prefix_list_id = null }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-0000000000000000a"]
  values = { ip_protocol = "-1", from_port = -1, to_port = -1, is_egress = false, referenced_security_group_id = "sg-00000000000000003", cidr_ipv4 = null, cidr_ipv6 = null, prefix_list_id = null }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-0000000000000000b"]
  values = { ip_protocol = "tcp", from_port = 80, to_port = 80, is_egress = false, referenced_security_group_id = null, cidr_ipv4 = null, cidr_ipv6 = null, prefix_list_id = "pl-3b927c52" }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-0000000000000000c"]
  values = { ip_protocol = "-1", from_port = 80, to_port = 80, is_egress = true, referenced_security_group_id = null, cidr_ipv4 = "0.0.0.0/0", cidr_ipv6 = null, prefix_list_id = null }
}

override_data {
  target = data.aws_vpc_security_group_rule.rule["sgr-0000000000000000d"]
  values = { ip_protocol = "udp", from_port = 53, to_port = 53, is_egress = false, referenced_security_group_id = null, cidr_ipv4 = "10.0.0.0/24", cidr_ipv6 = null, prefix_list_id = null }
}

run "every_ingress_rule_in_words" {
  command = plan

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition = jsonencode(output.current_rules) == jsonencode({
      "sgr-00000000000000001" = { source = "sg-00000000000000002", traffic = "tcp 80" }
      "sgr-00000000000000002" = { source = "123456789012/sg-00000000000000002", traffic = "tcp 443" }
      "sgr-00000000000000003" = { source = "10.0.0.0/24", traffic = "tcp 80" }
      "sgr-00000000000000004" = { source = "10.0.0.7/32", traffic = "tcp 80" }
      "sgr-00000000000000005" = { source = "2001:db8:0:1::/64", traffic = "tcp 80" }
      "sgr-00000000000000006" = { source = "10.0.0.0/16", traffic = "tcp 80" }
      "sgr-00000000000000007" = { source = "10.0.2.0/24", traffic = "tcp 80" }
      "sgr-00000000000000008" = { source = "0.0.0.0/0", traffic = "tcp 0-65535" }
      "sgr-00000000000000009" = { source = "::/0", traffic = "tcp 80" }
      "sgr-0000000000000000a" = { source = "sg-00000000000000003", traffic = "everything" }
      "sgr-0000000000000000b" = { source = "pl-3b927c52", traffic = "tcp 80" }
      "sgr-0000000000000000d" = { source = "10.0.0.0/24", traffic = "udp 53" }
    })
    error_message = "The rules are not what AWS has, or egress is among them."
  }
}

run "others_than_the_node_s_group" {
  command = plan

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition     = toset(keys(output.unexpected_rules)) == toset(["sgr-00000000000000003", "sgr-00000000000000004", "sgr-00000000000000005", "sgr-00000000000000006", "sgr-00000000000000007", "sgr-00000000000000008", "sgr-00000000000000009", "sgr-0000000000000000a", "sgr-0000000000000000b", "sgr-0000000000000000d"])
    error_message = "Somebody is taken for the node's security group, or the group for somebody else."
  }
}

run "others_than_the_node_s_group_and_subnets" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", subnet_cidrs = ["10.0.0.0/24", "2001:db8:0:1::/64"] }
  }

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition     = toset(keys(output.unexpected_rules)) == toset(["sgr-00000000000000006", "sgr-00000000000000007", "sgr-00000000000000008", "sgr-00000000000000009", "sgr-0000000000000000a", "sgr-0000000000000000b"])
    error_message = "Somebody outside of the node's subnets is taken for the node, or the other way around."
  }

  assert {
    condition     = output.unexpected_rules["sgr-00000000000000008"] == output.current_rules["sgr-00000000000000008"]
    error_message = "The output does not say who the others are."
  }
}

run "accepted_rules" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", subnet_cidrs = ["10.0.0.0/24", "2001:db8:0:1::/64"] }
    accepted_rule_ids = {
      cloudfront = "sgr-0000000000000000b"
      monitoring = "sgr-00000000000000007"
    }
  }

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition     = toset(keys(output.unexpected_rules)) == toset(["sgr-00000000000000006", "sgr-00000000000000008", "sgr-00000000000000009", "sgr-0000000000000000a"])
    error_message = "Accepted rules are named, or others are not."
  }
}

# Without expect_failures: the check is quiet.
run "nobody_else" {
  command = plan

  variables {
    node              = { security_group_id = "sg-00000000000000002", subnet_cidrs = ["10.0.0.0/24", "2001:db8:0:1::/64"] }
    accepted_rule_ids = { for id in ["sgr-00000000000000006", "sgr-00000000000000007", "sgr-00000000000000008", "sgr-00000000000000009", "sgr-0000000000000000a", "sgr-0000000000000000b"] : id => id }
  }

  assert {
    condition     = length(output.unexpected_rules) == 0 && length(output.current_rules) == 12
    error_message = "There are others, or not all are read."
  }
}

run "the_rules_of_the_group_are_read" {
  command = plan

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition     = [for filter in data.aws_vpc_security_group_rules.application.filter : "${filter.name} ${join(" ", filter.values)}"] == ["group-id sg-00000000000000003"]
    error_message = "The rules of something else are read."
  }
}
