# The lockdown is made of the parts that the module alb has too, and that are tested there one by one. Here: that this module
# hands them what they need.

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
  network_acl = { subnet_ids = { a = "subnet-0000000000000000a" } }
}

run "network_acl" {
  command = plan

  override_data {
    target = data.aws_network_acls.current["a"]
    values = { ids = ["acl-0000000000000000a"] }
  }

  override_resource {
    target          = aws_network_acl.application
    override_during = plan
    values          = { id = "acl-00000000000000001" }
  }

  assert {
    condition = { for number, rule in aws_network_acl_rule.application_ingress : number => rule.cidr_block if rule.rule_action == "allow" && rule.from_port == 80 } == {
      "100" = "10.0.1.0/24"
    }
    error_message = "The application's subnets do not admit exactly the node."
  }

  assert {
    condition     = { for key, association in aws_network_acl_association.subnet : key => association.subnet_id } == { a = "subnet-0000000000000000a" }
    error_message = "The subnet does not get the ACL."
  }

  assert {
    condition     = output.network_acl_id == "acl-00000000000000001"
    error_message = "The output names another ACL."
  }
}

run "network_acl_before_the_cutover" {
  command = plan

  variables {
    node_traffic_percent = 0
  }

  override_data {
    target = data.aws_network_acls.current["a"]
    values = { ids = ["acl-0000000000000000a"] }
  }

  expect_failures = [check.all_traffic_passes_the_node, aws_network_acl.application]
}

run "application_that_admits_the_nodes_subnets" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [80], source = "subnet_cidrs" }
    network_acl = null
  }

  override_data {
    target = data.aws_vpc.node[0]
    values = { cidr_block_associations = [{ cidr_block = "10.0.0.0/16" }], ipv6_cidr_block = "" }
  }

  assert {
    condition     = { for key, rule in aws_vpc_security_group_ingress_rule.application_from_node : key => rule.cidr_ipv4 } == { "10.0.1.0/24-80" = "10.0.1.0/24" }
    error_message = "The application does not admit exactly the node's subnets."
  }
}
