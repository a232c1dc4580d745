# Who lets CloudFront in, and the node to the application.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "one_for_each_port" {
  command = plan

  variables {
    tags            = { team = "shop" }
    security_groups = { ports = [80, 443] }
  }

  assert {
    condition = jsonencode({ for key, group in aws_security_group.cloudfront : key => [group.name_prefix, group.vpc_id, group.description, group.tags.team] }) == jsonencode({
      "80"  = ["shop-cloudfront-80-", "vpc-0123456789abcdef0", "shop: from CloudFront on port 80, IPv4", "shop"]
      "443" = ["shop-cloudfront-443-", "vpc-0123456789abcdef0", "shop: from CloudFront on port 443, IPv4", "shop"]
    })
    error_message = "There are other groups."
  }

  assert {
    condition = jsonencode({ for key, rule in aws_vpc_security_group_ingress_rule.node_from_cloudfront : key => [rule.from_port, rule.to_port, rule.ip_protocol, rule.prefix_list_id] }) == jsonencode({
      "80"  = [80, 80, "tcp", "pl-00000000000000001"]
      "443" = [443, 443, "tcp", "pl-00000000000000001"]
    })
    error_message = "The groups do not have exactly one rule each, for CloudFront."
  }

  assert {
    condition     = jsonencode({ for family, list in data.aws_ec2_managed_prefix_list.origin_facing : family => list.name }) == jsonencode({ ipv4 = "com.amazonaws.global.cloudfront.origin-facing" })
    error_message = "Another prefix list was read."
  }

  assert {
    condition     = keys(output.security_group_ids) == ["443", "80"] && keys(output.security_group_rule_ids.cloudfront_ingress) == ["443", "80"]
    error_message = "The outputs name other groups."
  }

  assert {
    condition     = length(aws_network_interface_sg_attachment.node) == 0
    error_message = "A group was attached to something."
  }

  assert {
    condition     = terraform_data.routing.input.region == "eu-central-1"
    error_message = "The contract does not say where the security groups are."
  }
}

run "ipv6" {
  command = plan

  variables {
    security_groups = { ipv6 = true }
  }

  override_data {
    target = data.aws_ec2_managed_prefix_list.origin_facing["ipv6"]
    values = { id = "pl-00000000000000006", max_entries = 55 }
  }

  assert {
    condition = jsonencode({ for key, rule in aws_vpc_security_group_ingress_rule.node_from_cloudfront : key => [rule.from_port, rule.prefix_list_id] }) == jsonencode({
      "443"      = [443, "pl-00000000000000001"]
      "443-ipv6" = [443, "pl-00000000000000006"]
    })
    error_message = "The two families do not have a group each."
  }

  assert {
    condition     = data.aws_ec2_managed_prefix_list.origin_facing["ipv6"].name == "com.amazonaws.global.ipv6.cloudfront.origin-facing"
    error_message = "Another prefix list was read."
  }
}

run "attached_to_network_interfaces" {
  command = plan

  variables {
    security_groups = { ports = [80, 443], network_interface_ids = { a = "eni-0000000000000000a", b = "eni-0000000000000000b" } }
  }

  assert {
    condition = jsonencode({ for key, attachment in aws_network_interface_sg_attachment.node : key => [attachment.network_interface_id, attachment.security_group_id] }) == jsonencode({
      "a-80"  = ["eni-0000000000000000a", "sg-00000000000000005"]
      "a-443" = ["eni-0000000000000000a", "sg-00000000000000005"]
      "b-80"  = ["eni-0000000000000000b", "sg-00000000000000005"]
      "b-443" = ["eni-0000000000000000b", "sg-00000000000000005"]
    })
    error_message = "Not every interface has every group."
  }
}

run "list_that_just_fits" {
  command = plan

  variables {
    security_groups = { rules_quota = 55 }
  }

  assert {
    condition     = jsonencode(keys(aws_security_group.cloudfront)) == jsonencode(["443"])
    error_message = "There are other groups."
  }
}

run "list_that_does_not_fit" {
  command = plan

  variables {
    security_groups = {}
  }

  override_data {
    target = data.aws_ec2_managed_prefix_list.origin_facing["ipv4"]
    values = { max_entries = 61 }
  }

  expect_failures = [aws_vpc_security_group_ingress_rule.node_from_cloudfront]
}

run "list_of_which_aws_does_not_tell_the_size" {
  command = plan

  variables {
    security_groups = { rules_quota = 54 }
  }

  override_data {
    target = data.aws_ec2_managed_prefix_list.origin_facing["ipv4"]
    values = { max_entries = 0 }
  }

  expect_failures = [aws_vpc_security_group_ingress_rule.node_from_cloudfront]
}

run "list_that_fits_a_raised_quota" {
  command = plan

  variables {
    security_groups = { rules_quota = 61 }
  }

  override_data {
    target = data.aws_ec2_managed_prefix_list.origin_facing["ipv4"]
    values = { max_entries = 61 }
  }

  assert {
    condition     = jsonencode(keys(aws_security_group.cloudfront)) == jsonencode(["443"])
    error_message = "There are other groups."
  }
}

# Made of the part that the module alb has too, and that is tested there.
run "application" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [80] }
  }

  assert {
    condition = (
      { for key, rule in aws_vpc_security_group_ingress_rule.application_from_node : key => [rule.security_group_id, rule.referenced_security_group_id] } == { "80" = ["sg-00000000000000003", "sg-00000000000000002"] } &&
      { for key, rule in aws_vpc_security_group_egress_rule.node_to_application : key => [rule.security_group_id, rule.referenced_security_group_id] } == { "80" = ["sg-00000000000000002", "sg-00000000000000003"] }
    )
    error_message = "The node and the application do not know each other."
  }

  assert {
    condition     = terraform_data.routing.input.application.security_group_id == "sg-00000000000000003" && terraform_data.routing.input.application.ports == tolist([80])
    error_message = "The contract names another application."
  }

  assert {
    condition     = terraform_data.routing.input.region == "eu-central-1"
    error_message = "The contract does not say where the application is."
  }
}

run "application_whose_owner_keeps_its_rules" {
  command = plan

  variables {
    application          = { security_group_id = "sg-00000000000000003", ports = [80] }
    security_group_rules = { application_ingress = false }
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.application_from_node) == 0 && length(aws_vpc_security_group_egress_rule.node_to_application) == 1
    error_message = "Other rules were made."
  }
}

run "whole_vpc" {
  command = plan

  variables {
    node        = merge(var.node, { subnet_cidrs = ["10.0.0.0/16"] })
    application = { security_group_id = "sg-00000000000000003", source = "subnet_cidrs" }
  }

  override_data {
    target = data.aws_vpc.node[0]
    values = { id = "vpc-0123456789abcdef0", cidr_block_associations = [{ association_id = "a", cidr_block = "10.0.0.0/16", state = "associated" }], ipv6_cidr_block = "" }
  }

  expect_failures = [data.aws_vpc.node]
}
