# The network ACL of the application's subnets: what is made of it, and when it is refused. Who gets in by its rules:
# __tests__/modules/network-acl.test.ts.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  node = {
    security_group_id       = "sg-00000000000000002"
    autoscaling_group_names = { main = "wallarm-node" }
    subnet_cidrs            = ["10.0.1.0/24"]
  }
  application = { security_group_id = "sg-00000000000000003", ports = [80] }
  network_acl = { subnet_ids = { a = "subnet-0000000000000000a", b = "subnet-0000000000000000b" } }
}

run "by_default_there_is_none" {
  command = plan

  variables {
    network_acl = null
  }

  assert {
    condition = sum([
      length(aws_network_acl.application), length(aws_network_acl_rule.application_ingress),
      length(aws_network_acl_rule.application_egress), length(aws_network_acl_association.subnet),
      length(terraform_data.previous_network_acl), length(data.aws_subnet.application_subnet),
      length(data.aws_network_acls.current),
    ]) == 0
    error_message = "Something of a network ACL is made or read that nobody asked for."
  }

  assert {
    condition     = output.network_acl_id == null && length(output.previous_network_acl_ids) == 0
    error_message = "The outputs speak of a network ACL."
  }
}

run "network_acl" {
  command = plan

  variables {
    tags = { team = "edge" }
  }

  override_data {
    target = data.aws_network_acls.current["a"]
    values = { ids = ["acl-0000000000000000a"] }
  }

  override_data {
    target = data.aws_network_acls.current["b"]
    values = { ids = ["acl-0000000000000000b"] }
  }

  override_resource {
    target          = aws_network_acl.application
    override_during = plan
    values          = { id = "acl-00000000000000001" }
  }

  assert {
    condition     = aws_network_acl.application[0].vpc_id == "vpc-0fedcba9876543210"
    error_message = "The ACL is not in the VPC of the application's subnets."
  }

  assert {
    condition     = aws_network_acl.application[0].tags == tomap({ team = "edge", Name = "shop-application" })
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
    condition     = alltrue([for rule in concat(values(aws_network_acl_rule.application_ingress), values(aws_network_acl_rule.application_egress)) : rule.network_acl_id == "acl-00000000000000001"])
    error_message = "A rule is in another ACL."
  }

  assert {
    condition     = output.network_acl_id == "acl-00000000000000001"
    error_message = "The output names another ACL."
  }

  assert {
    condition     = { for key, filter in data.aws_network_acls.current : key => [for one in filter.filter : "${one.name} ${join(" ", one.values)}"] } == { a = ["association.subnet-id subnet-0000000000000000a"], b = ["association.subnet-id subnet-0000000000000000b"] }
    error_message = "The ACL that is read is not that of the subnet."
  }

  assert {
    condition     = { for key, previous in terraform_data.previous_network_acl : key => previous.input } == { a = "acl-0000000000000000a", b = "acl-0000000000000000b" }
    error_message = "The ACLs to go back to are not those that the subnets have."
  }
}

run "every_kind_of_own_rule" {
  command = plan

  variables {
    network_acl = {
      subnet_ids = { a = "subnet-0000000000000000a" }
      rules = {
        range = { rule_number = 1, cidr = "10.0.9.0/24", from_port = 8000, to_port = 8009 }
        first = { rule_number = 99, cidr = "2001:db8::/32", protocol = "udp", from_port = 0 }
        out   = { egress = true, rule_number = 99, cidr = "10.0.9.0/24", action = "deny", protocol = "-1" }
        ping  = { rule_number = 30000, cidr = "10.0.0.0/8", protocol = "icmp" }
        ping6 = { rule_number = 32766, cidr = "2001:db8::/32", protocol = "icmpv6" }
      }
    }
  }

  assert {
    condition = jsonencode({
      for number, rule in aws_network_acl_rule.application_ingress :
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
      for rule in [aws_network_acl_rule.application_egress["99"]] :
      [rule.rule_number, rule.egress, rule.rule_action, rule.protocol, rule.cidr_block, rule.ipv6_cidr_block, rule.from_port, rule.to_port, rule.icmp_type, rule.icmp_code]
    ]) == jsonencode([[99, true, "deny", "-1", "10.0.9.0/24", null, null, null, null, null]])
    error_message = "A rule of the caller's own for what goes out is not what was written."
  }
}

run "at_0_with_the_load_balancer_s_subnets" {
  command = plan

  variables {
    node_traffic_percent = 0
    network_acl = {
      subnet_ids                 = { a = "subnet-0000000000000000a" }
      load_balancer_subnet_cidrs = ["10.0.3.0/24"]
    }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = aws_network_acl_rule.application_ingress["10000"].cidr_block == "10.0.3.0/24"
    error_message = "The load balancer does not get in, though it sends requests."
  }
}

# Nineteen in, and with the ten destinations as many out.
run "as_many_rules_as_the_quota_allows" {
  command = plan

  variables {
    node = {
      security_group_id       = "sg-00000000000000002"
      autoscaling_group_names = { main = "wallarm-node" }
      subnet_cidrs            = concat([for number in range(18) : "10.0.${100 + number}.0/24"], [for number in range(18) : "2001:db8:0:${100 + number}::/64"])
    }
  }

  assert {
    condition     = length(aws_network_acl_rule.application_ingress) == 38 && length(aws_network_acl_rule.application_egress) == 38
    error_message = "IPv4 and IPv6 do not have nineteen rules each."
  }
}

run "with_a_higher_quota" {
  command = plan

  variables {
    node = {
      security_group_id       = "sg-00000000000000002"
      autoscaling_group_names = { main = "wallarm-node" }
      subnet_cidrs            = [for number in range(38) : "10.0.${100 + number}.0/24"]
    }
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, rules_quota = 40 }
  }

  assert {
    condition     = length(aws_network_acl_rule.application_ingress) == 40
    error_message = "A quota of 40 does not allow 39 rules of one family."
  }
}

run "network_acl_before_the_cutover" {
  command = plan

  variables {
    node_traffic_percent = 99
  }

  expect_failures = [check.all_traffic_passes_the_node, aws_network_acl.application[0]]
}

run "network_acl_of_two_vpcs" {
  command = plan

  override_data {
    target = data.aws_subnet.application_subnet["a"]
    values = { vpc_id = "vpc-0000000000000000a", cidr_block = "10.0.11.0/24", ipv6_cidr_block = "" }
  }

  override_data {
    target = data.aws_subnet.application_subnet["b"]
    values = { vpc_id = "vpc-0000000000000000b", cidr_block = "10.0.12.0/24", ipv6_cidr_block = "" }
  }

  expect_failures = [aws_network_acl.application[0]]
}

run "network_acl_of_the_node_s_subnet" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" } }
  }

  override_data {
    target = data.aws_subnet.application_subnet["a"]
    values = { vpc_id = "vpc-0000000000000000a", cidr_block = "10.0.1.0/24", ipv6_cidr_block = "" }
  }

  expect_failures = [aws_network_acl.application[0]]
}

run "network_acl_of_a_subnet_around_the_node_s" {
  command = plan

  variables {
    node = {
      security_group_id       = "sg-00000000000000002"
      autoscaling_group_names = { main = "wallarm-node" }
      subnet_cidrs            = ["2001:db8:0:10::/64"]
    }
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" } }
  }

  override_data {
    target = data.aws_subnet.application_subnet["a"]
    values = { vpc_id = "vpc-0000000000000000a", cidr_block = "10.0.11.0/24", ipv6_cidr_block = "2001:db8::/56" }
  }

  expect_failures = [aws_network_acl.application[0]]
}

run "network_acl_of_a_subnet_inside_of_the_node_s" {
  command = plan

  variables {
    node = {
      security_group_id       = "sg-00000000000000002"
      autoscaling_group_names = { main = "wallarm-node" }
      subnet_cidrs            = ["10.0.1.0/24", "10.0.8.0/22"]
    }
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" } }
  }

  override_data {
    target = data.aws_subnet.application_subnet["a"]
    values = { vpc_id = "vpc-0000000000000000a", cidr_block = "10.0.11.0/24", ipv6_cidr_block = "" }
  }

  expect_failures = [aws_network_acl.application[0]]
}

run "too_many_rules_for_what_comes_in" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [80, 443, 8080] }
    node = {
      security_group_id       = "sg-00000000000000002"
      autoscaling_group_names = { main = "wallarm-node" }
      subnet_cidrs            = [for number in range(6) : "10.0.${100 + number}.0/24"]
    }
  }

  expect_failures = [aws_network_acl.application[0]]
}

run "too_many_rules_for_what_goes_out_in_ipv6" {
  command = plan

  variables {
    network_acl = {
      subnet_ids = { a = "subnet-0000000000000000a" }
      outbound   = [for number in [1, 2] : { cidr = "2001:db8:${number}::/64", ports = [for port in range(10) : 8000 + port] }]
    }
  }

  expect_failures = [aws_network_acl.application[0]]
}
