# What the module makes, and when it is in force. Who gets in by its rules: __tests__/modules/network-acl.test.ts.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "in_force_at_100" {
  command = plan

  variables {
    tags       = { team = "edge" }
    subnet_ids = { a = "subnet-0000000000000000a", b = "subnet-0000000000000000b" }
  }

  override_resource {
    target          = aws_network_acl.application
    override_during = plan
    values          = { id = "acl-00000000000000001" }
  }

  assert {
    condition     = aws_network_acl.application.vpc_id == "vpc-0123456789abcdef0"
    error_message = "The ACL is not in the VPC of routing."
  }

  assert {
    condition     = aws_network_acl.application.tags == tomap({ team = "edge", Name = "shop-application" })
    error_message = "The ACL lacks the tags, or the name by which it can be found in the console."
  }

  assert {
    condition = { for key, association in aws_network_acl_association.subnet : key => "${association.subnet_id} ${association.network_acl_id}" } == {
      a = "subnet-0000000000000000a acl-00000000000000001"
      b = "subnet-0000000000000000b acl-00000000000000001"
    }
    error_message = "Not every subnet gets the ACL."
  }

  assert {
    condition = alltrue([
      for rule in concat(values(aws_network_acl_rule.ingress), values(aws_network_acl_rule.egress)) :
      rule.network_acl_id == "acl-00000000000000001"
    ])
    error_message = "A rule is in another ACL."
  }

  assert {
    condition     = output.network_acl_id == "acl-00000000000000001" && output.enforced
    error_message = "The outputs speak of another ACL, or of one that is not in force."
  }

  assert {
    condition = { for key, acls in data.aws_network_acls.current : key => [for filter in acls.filter : "${filter.name} ${join(" ", filter.values)}"] } == {
      a = ["association.subnet-id subnet-0000000000000000a"]
      b = ["association.subnet-id subnet-0000000000000000b"]
    }
    error_message = "The ACL that is read is not that of the subnet."
  }

  assert {
    condition     = { for key, previous in terraform_data.previous_network_acl : key => previous.input } == { a = "acl-0000000000000000d", b = "acl-0000000000000000d" }
    error_message = "The ACLs to go back to are not those that the subnets have."
  }
}

run "not_in_force_at_99" {
  command = plan

  variables {
    routing = merge(var.routing, { node_traffic_percent = 99 })
  }

  assert {
    condition     = length(aws_network_acl_association.subnet) == 0 && !output.enforced
    error_message = "A subnet gets the ACL while requests still go around the node."
  }

  assert {
    condition     = length(aws_network_acl_rule.ingress) == 3 && length(aws_network_acl_rule.egress) == 3
    error_message = "The rules are not prepared."
  }
}

run "rules_for_an_acl_of_the_owner" {
  command = plan

  variables {
    subnet_ids = {}
  }

  assert {
    condition     = length(aws_network_acl_association.subnet) == 0 && !output.enforced
    error_message = "Something is put in force that nobody asked for."
  }

  assert {
    condition = jsonencode(output.rules) == jsonencode({
      ingress = {
        100   = { action = "allow", protocol = "tcp", cidr = "10.0.1.0/24", from_port = 80, to_port = 80 }
        21000 = { action = "allow", protocol = "tcp", cidr = "0.0.0.0/0", from_port = 1024, to_port = 65535 }
        21100 = { action = "allow", protocol = "tcp", cidr = "::/0", from_port = 1024, to_port = 65535 }
      }
      egress = {
        100   = { action = "allow", protocol = "tcp", cidr = "10.0.1.0/24", from_port = 1024, to_port = 65535 }
        21000 = { action = "allow", protocol = "tcp", cidr = "0.0.0.0/0", from_port = 443, to_port = 443 }
        21100 = { action = "allow", protocol = "tcp", cidr = "::/0", from_port = 443, to_port = 443 }
      }
    })
    error_message = "The output rules is not what the module would write."
  }
}

run "routing_of_a_later_version" {
  command = plan

  variables {
    routing = merge(var.routing, {
      schema_version = 2
      node           = { security_group_id = "sg-00000000000000002", instance_profile = "node" }
      entry_points   = { shop = { listener_arn = "arn", protocol = "HTTPS" }, api = { rest_api_id = "a1b2c3d4e5" } }
    })
  }

  assert {
    condition     = length(aws_network_acl_association.subnet) == 1
    error_message = "A contract with fields that the module does not know is read in another way."
  }
}

run "custom_network_acl_that_is_replaced" {
  command = plan

  variables {
    replace_custom_network_acls = true
  }

  override_data {
    target = data.aws_network_acls.current["a"]
    values = { ids = ["acl-0000000000000000c"] }
  }

  assert {
    condition     = length(aws_network_acl_association.subnet) == 1 && terraform_data.previous_network_acl["a"].input == "acl-0000000000000000c"
    error_message = "The ACL is not replaced, or not remembered."
  }
}

run "every_kind_of_own_rule" {
  command = plan

  variables {
    rules = {
      range = { rule_number = 1, cidr = "10.0.9.0/24", from_port = 8000, to_port = 8009 }
      first = { rule_number = 99, cidr = "2001:db8::/32", protocol = "udp", from_port = 0 }
      out   = { egress = true, rule_number = 99, cidr = "10.0.9.0/24", action = "deny", protocol = "-1" }
      ping  = { rule_number = 30000, cidr = "10.0.0.0/8", protocol = "icmp" }
      ping6 = { rule_number = 32766, cidr = "2001:db8::/32", protocol = "icmpv6" }
    }
  }

  assert {
    condition = jsonencode({
      for number, rule in aws_network_acl_rule.ingress :
      number => [rule.rule_number, rule.egress, rule.rule_action, rule.protocol, rule.cidr_block, rule.ipv6_cidr_block, rule.from_port, rule.to_port, rule.icmp_type, rule.icmp_code]
      if contains(["1", "99", "30000", "32766"], number)
      }) == jsonencode({
      "1"     = [1, false, "allow", "tcp", "10.0.9.0/24", null, 8000, 8009, null, null]
      "99"    = [99, false, "allow", "udp", null, "2001:db8::/32", 0, 0, null, null]
      "30000" = [30000, false, "allow", "icmp", "10.0.0.0/8", null, null, null, -1, -1]
      "32766" = [32766, false, "allow", "58", null, "2001:db8::/32", null, null, -1, -1]
    })
    error_message = "A rule of the caller's own for what comes in is not what was written."
  }

  assert {
    condition = jsonencode([
      for rule in [aws_network_acl_rule.egress["99"]] :
      [rule.rule_number, rule.egress, rule.rule_action, rule.protocol, rule.cidr_block, rule.ipv6_cidr_block, rule.from_port, rule.to_port, rule.icmp_type, rule.icmp_code]
    ]) == jsonencode([[99, true, "deny", "-1", "10.0.9.0/24", null, null, null, null, null]])
    error_message = "A rule of the caller's own for what goes out is not what was written."
  }
}

run "first_and_last_numbers" {
  command = plan

  variables {
    routing                    = merge(var.routing, { application = { ports = [for index in range(10) : 80 + index] } })
    node_subnet_cidrs          = { 100 = "10.0.1.0/24", 9900 = "2001:db8:0:1::/64" }
    load_balancer_subnet_cidrs = { 10000 = "10.0.3.0/24", 19900 = "2001:db8:0:3::/64" }
    outbound                   = { 21000 = { cidr = "10.0.50.0/24", ports = [443] }, 29900 = { cidr = "2001:db8:0:50::/64", ports = [for index in range(10) : 80 + index] } }
    rules_quota                = 40
  }

  assert {
    condition = toset(keys(aws_network_acl_rule.ingress)) == toset(concat(
      [for index in range(10) : tostring(100 + 10 * index)],
      [for index in range(10) : tostring(9900 + 10 * index)],
      [for index in range(10) : tostring(10000 + 10 * index)],
      [for index in range(10) : tostring(19900 + 10 * index)],
      ["21000", "29900"],
    ))
    error_message = "A CIDR block has not ten numbers for the ports."
  }
}

# Nineteen in, and with the destinations as many out.
run "as_many_rules_as_the_quota_allows" {
  command = plan

  variables {
    node_subnet_cidrs = merge(
      { for index in range(18) : 100 + 100 * index => "10.0.${100 + index}.0/24" },
      { for index in range(18) : 2000 + 100 * index => "2001:db8:0:${100 + index}::/64" },
    )
  }

  assert {
    condition     = length(aws_network_acl_rule.ingress) == 38 && length(aws_network_acl_rule.egress) == 38
    error_message = "IPv4 and IPv6 do not have nineteen rules each."
  }
}

run "with_a_higher_quota" {
  command = plan

  variables {
    node_subnet_cidrs = { for index in range(38) : 100 + 100 * index => "10.0.${100 + index}.0/24" }
    rules_quota       = 40
  }

  assert {
    condition     = length(aws_network_acl_rule.ingress) == 40
    error_message = "A quota of 40 does not allow 39 rules of one family."
  }
}

run "subnet_beside_the_node_s" {
  command = plan

  variables {
    node_subnet_cidrs = { 100 = "10.0.1.0/24", 200 = "10.0.10.0/24", 300 = "10.0.12.0/22", 400 = "2001:db8::/64" }
  }

  override_data {
    target = data.aws_subnet.application["a"]
    values = { vpc_id = "vpc-0123456789abcdef0", owner_id = "123456789012", cidr_block = "10.0.11.0/24", ipv6_cidr_block = "2001:db8:0:1::/64" }
  }

  assert {
    condition     = length(aws_network_acl_association.subnet) == 1
    error_message = "A neighbour of the node's subnets is refused."
  }
}

run "subnet_of_another_vpc" {
  command = plan

  override_data {
    target = data.aws_subnet.application["a"]
    values = { vpc_id = "vpc-0000000000000000b", owner_id = "123456789012", cidr_block = "10.0.11.0/24", ipv6_cidr_block = "" }
  }

  expect_failures = [aws_network_acl.application]
}

run "subnet_of_a_peered_vpc" {
  command = plan

  variables {
    vpc_id = "vpc-0000000000000000b"
  }

  override_data {
    target = data.aws_subnet.application["a"]
    values = { vpc_id = "vpc-0000000000000000b", owner_id = "123456789012", cidr_block = "10.1.11.0/24", ipv6_cidr_block = "" }
  }

  assert {
    condition     = aws_network_acl.application.vpc_id == "vpc-0000000000000000b" && data.aws_network_acls.default.vpc_id == "vpc-0000000000000000b"
    error_message = "The ACL is not in the VPC of the application."
  }
}

run "subnet_of_another_account" {
  command = plan

  override_data {
    target = data.aws_subnet.application["a"]
    values = { vpc_id = "vpc-0123456789abcdef0", owner_id = "210987654321", cidr_block = "10.0.11.0/24", ipv6_cidr_block = "" }
  }

  expect_failures = [aws_network_acl.application]
}

run "custom_network_acl" {
  command = plan

  variables {
    routing = merge(var.routing, { node_traffic_percent = 0 })
  }

  override_data {
    target = data.aws_network_acls.current["a"]
    values = { ids = ["acl-0000000000000000c"] }
  }

  expect_failures = [terraform_data.previous_network_acl]
}

run "the_node_s_subnet" {
  command = plan

  variables {
    node_subnet_cidrs = { 100 = "10.0.1.0/24", 200 = "10.0.11.0/24" }
  }

  expect_failures = [aws_network_acl.application]
}

run "subnet_around_the_node_s" {
  command = plan

  variables {
    node_subnet_cidrs = { 100 = "2001:db8:0:10::/64" }
  }

  override_data {
    target = data.aws_subnet.application["a"]
    values = { vpc_id = "vpc-0123456789abcdef0", owner_id = "123456789012", cidr_block = "10.0.11.0/24", ipv6_cidr_block = "2001:db8::/56" }
  }

  expect_failures = [aws_network_acl.application]
}

run "subnet_inside_the_node_s" {
  command = plan

  variables {
    node_subnet_cidrs = { 100 = "10.0.1.0/24", 200 = "10.0.8.0/22" }
  }

  expect_failures = [aws_network_acl.application]
}

run "too_many_rules_for_inbound_traffic" {
  command = plan

  variables {
    routing           = merge(var.routing, { application = { ports = [80, 443, 8080] } })
    node_subnet_cidrs = { for index in range(6) : 100 + 100 * index => "10.0.${100 + index}.0/24" }
  }

  expect_failures = [aws_network_acl.application]
}

run "too_many_rules_for_outbound_traffic_in_ipv6" {
  command = plan

  variables {
    outbound = { for index in [0, 1] : 21000 + 100 * index => { cidr = "2001:db8:${1 + index}::/64", ports = [for port in range(10) : 8000 + port] } }
  }

  expect_failures = [aws_network_acl.application]
}
