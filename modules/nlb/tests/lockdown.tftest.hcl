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
}

run "application_that_admits_the_nodes_subnets" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [80], source = "subnet_cidrs" }
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
