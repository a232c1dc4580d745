# The lockdown is made of a part that the module alb has too, and that is tested there. Here: that this module hands it what it
# needs.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "node_by_its_group" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [80] }
  }

  assert {
    condition = jsonencode([
      [for rule in values(aws_vpc_security_group_egress_rule.node_to_application) : [rule.security_group_id, rule.referenced_security_group_id, rule.from_port]],
      [for rule in values(aws_vpc_security_group_ingress_rule.application_from_node) : [rule.security_group_id, rule.referenced_security_group_id, rule.from_port]],
      ]) == jsonencode([
      [["sg-00000000000000002", "sg-00000000000000003", 80]],
      [["sg-00000000000000003", "sg-00000000000000002", 80]],
    ])
    error_message = "The application does not admit the node by its group."
  }
}

run "node_by_its_subnets" {
  command = plan

  variables {
    node        = { security_group_id = "sg-00000000000000002", subnet_cidrs = ["10.0.1.0/24"] }
    application = { security_group_id = "sg-00000000000000003", ports = [80], source = "subnet_cidrs" }
  }

  override_data {
    target = data.aws_vpc.node
    values = { id = "vpc-0123456789abcdef0", cidr_block_associations = [{ cidr_block = "10.0.0.0/16" }], ipv6_cidr_block = "" }
  }

  assert {
    condition     = keys(aws_vpc_security_group_ingress_rule.application_from_node) == ["10.0.1.0/24-80"]
    error_message = "The application does not admit the node's subnets."
  }
}

run "rules_that_their_owners_make" {
  command = plan

  variables {
    application          = { security_group_id = "sg-00000000000000003", ports = [80] }
    security_group_rules = { node_egress = false, application_ingress = false }
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.node_to_application) + length(aws_vpc_security_group_ingress_rule.application_from_node) == 0
    error_message = "The module makes rules that it was told to leave."
  }
}
