# Whom the application's security group admits: the node's group, or the node's subnets where a reference does not work.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  node = {
    security_group_id       = "sg-00000000000000002"
    autoscaling_group_names = { main = "wallarm-node" }
    subnet_cidrs            = ["10.0.1.0/24", "2001:db8:0:1::/64"]
  }
  application = { security_group_id = "sg-00000000000000003", ports = [80, 8080], source = "subnet_cidrs" }
}

run "subnets_of_the_node" {
  command = plan

  override_data {
    target = data.aws_vpc.node[0]
    values = {
      cidr_block_associations = [{ association_id = "a", cidr_block = "10.0.0.0/16", state = "associated" }]
      ipv6_cidr_block         = "2001:db8::/56"
    }
  }

  assert {
    condition = jsonencode({
      for key, rule in aws_vpc_security_group_ingress_rule.application_from_node :
      key => [rule.security_group_id, rule.ip_protocol, rule.from_port, rule.to_port, rule.cidr_ipv4, rule.cidr_ipv6, rule.referenced_security_group_id]
      }) == jsonencode({
      "10.0.1.0/24-80"         = ["sg-00000000000000003", "tcp", 80, 80, "10.0.1.0/24", null, null]
      "10.0.1.0/24-8080"       = ["sg-00000000000000003", "tcp", 8080, 8080, "10.0.1.0/24", null, null]
      "2001:db8:0:1::/64-80"   = ["sg-00000000000000003", "tcp", 80, 80, null, "2001:db8:0:1::/64", null]
      "2001:db8:0:1::/64-8080" = ["sg-00000000000000003", "tcp", 8080, 8080, null, "2001:db8:0:1::/64", null]
    })
    error_message = "There is not one rule for each port and subnet of the node, of its family, in place of the reference."
  }

  assert {
    condition     = { for key, rule in aws_vpc_security_group_egress_rule.node_to_application : key => rule.referenced_security_group_id } == { "80" = "sg-00000000000000003", "8080" = "sg-00000000000000003" }
    error_message = "The node is let out to something else than the application's group, though nobody said so."
  }

  assert {
    condition     = data.aws_vpc.node[0].id == "vpc-0123456789abcdef0"
    error_message = "The subnets are compared with another VPC."
  }
}

run "security_group_of_the_node_by_default" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [80] }
  }

  assert {
    condition = jsonencode({
      for key, rule in aws_vpc_security_group_ingress_rule.application_from_node :
      key => [rule.referenced_security_group_id, rule.cidr_ipv4, rule.cidr_ipv6]
    }) == jsonencode({ "80" = ["sg-00000000000000002", null, null] })
    error_message = "The node's subnets are admitted, though its group is enough."
  }

  assert {
    condition     = length(data.aws_vpc.node) == 0
    error_message = "The VPC is read for nothing."
  }
}

run "subnets_of_the_application" {
  command = plan

  variables {
    application = {
      security_group_id = "sg-00000000000000003"
      ports             = [80]
      subnet_cidrs      = ["10.9.11.0/24", "2001:db8:9:1::/64"]
    }
  }

  assert {
    condition = jsonencode({
      for key, rule in aws_vpc_security_group_egress_rule.node_to_application :
      key => [rule.security_group_id, rule.ip_protocol, rule.from_port, rule.to_port, rule.cidr_ipv4, rule.cidr_ipv6, rule.referenced_security_group_id]
      }) == jsonencode({
      "10.9.11.0/24-80"      = ["sg-00000000000000002", "tcp", 80, 80, "10.9.11.0/24", null, null]
      "2001:db8:9:1::/64-80" = ["sg-00000000000000002", "tcp", 80, 80, null, "2001:db8:9:1::/64", null]
    })
    error_message = "The node is not let out to exactly the application's subnets, each in its family."
  }
}

run "most_of_the_vpc" {
  command = plan

  variables {
    node = {
      security_group_id       = "sg-00000000000000002"
      autoscaling_group_names = { main = "wallarm-node" }
      subnet_cidrs            = ["10.0.0.0/17", "10.0.128.0/18", "2001:db8::/57"]
    }
  }

  override_data {
    target = data.aws_vpc.node[0]
    values = {
      cidr_block_associations = [
        { association_id = "a", cidr_block = "10.0.0.0/16", state = "associated" },
        { association_id = "b", cidr_block = "10.1.0.0/16", state = "associated" },
      ]
      ipv6_cidr_block = "2001:db8::/56"
    }
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.application_from_node) == 6
    error_message = "Large subnets of the node are taken for the whole VPC."
  }
}

run "whole_vpc_by_consent" {
  command = plan

  variables {
    node = {
      security_group_id       = "sg-00000000000000002"
      autoscaling_group_names = { main = "wallarm-node" }
      subnet_cidrs            = ["10.0.0.0/16"]
    }
    application = {
      security_group_id = "sg-00000000000000003"
      ports             = [80]
      source            = "subnet_cidrs"
      admit_whole_vpc   = true
    }
  }

  # Read only without the consent. It then has another block, so that the assertion below is what fails.
  override_data {
    target = data.aws_vpc.node
    values = {
      id                      = "vpc-0123456789abcdef0"
      cidr_block_associations = [{ association_id = "a", cidr_block = "172.31.0.0/16", state = "associated" }]
      ipv6_cidr_block         = ""
    }
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.application_from_node["10.0.0.0/16-80"].cidr_ipv4 == "10.0.0.0/16"
    error_message = "The VPC is not admitted, though the caller insists."
  }

  assert {
    condition     = length(data.aws_vpc.node) == 0
    error_message = "The VPC is read for nothing."
  }
}

run "whole_vpc" {
  command = plan

  variables {
    node = {
      security_group_id       = "sg-00000000000000002"
      autoscaling_group_names = { main = "wallarm-node" }
      subnet_cidrs            = ["10.0.0.0/16"]
    }
  }

  override_data {
    target = data.aws_vpc.node[0]
    values = {
      id                      = "vpc-0123456789abcdef0"
      cidr_block_associations = [{ association_id = "a", cidr_block = "10.0.0.0/16", state = "associated" }]
      ipv6_cidr_block         = ""
    }
  }

  expect_failures = [data.aws_vpc.node[0]]
}

run "whole_vpc_in_halves" {
  command = plan

  variables {
    node = {
      security_group_id       = "sg-00000000000000002"
      autoscaling_group_names = { main = "wallarm-node" }
      subnet_cidrs            = ["10.0.0.0/17", "10.0.128.0/18", "10.0.192.0/18"]
    }
  }

  override_data {
    target = data.aws_vpc.node[0]
    values = {
      id                      = "vpc-0123456789abcdef0"
      cidr_block_associations = [{ association_id = "a", cidr_block = "10.0.0.0/16", state = "associated" }]
      ipv6_cidr_block         = ""
    }
  }

  expect_failures = [data.aws_vpc.node[0]]
}

run "more_than_the_whole_vpc" {
  command = plan

  variables {
    node = {
      security_group_id       = "sg-00000000000000002"
      autoscaling_group_names = { main = "wallarm-node" }
      subnet_cidrs            = ["10.0.0.0/16"]
    }
  }

  override_data {
    target = data.aws_vpc.node[0]
    values = {
      id                      = "vpc-0123456789abcdef0"
      cidr_block_associations = [{ association_id = "a", cidr_block = "10.0.4.0/22", state = "associated" }]
      ipv6_cidr_block         = ""
    }
  }

  expect_failures = [data.aws_vpc.node[0]]
}

run "whole_vpc_by_its_second_block" {
  command = plan

  variables {
    node = {
      security_group_id       = "sg-00000000000000002"
      autoscaling_group_names = { main = "wallarm-node" }
      subnet_cidrs            = ["10.1.0.0/16"]
    }
  }

  override_data {
    target = data.aws_vpc.node[0]
    values = {
      id = "vpc-0123456789abcdef0"
      cidr_block_associations = [
        { association_id = "a", cidr_block = "10.0.0.0/16", state = "associated" },
        { association_id = "b", cidr_block = "10.1.0.0/16", state = "associated" },
      ]
      ipv6_cidr_block = ""
    }
  }

  expect_failures = [data.aws_vpc.node[0]]
}

run "whole_vpc_in_ipv6" {
  command = plan

  variables {
    node = {
      security_group_id       = "sg-00000000000000002"
      autoscaling_group_names = { main = "wallarm-node" }
      subnet_cidrs            = ["2001:db8::/56"]
    }
  }

  override_data {
    target = data.aws_vpc.node[0]
    values = {
      id                      = "vpc-0123456789abcdef0"
      cidr_block_associations = [{ association_id = "a", cidr_block = "10.0.0.0/16", state = "associated" }]
      ipv6_cidr_block         = "2001:db8::/56"
    }
  }

  expect_failures = [data.aws_vpc.node[0]]
}
