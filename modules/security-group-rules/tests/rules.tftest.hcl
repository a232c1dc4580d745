# Which rules the module creates. What each part makes is tested in the module alb.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "whole_path" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", port = 8080, health_check_port = "9000" }
    tags = { team = "edge" }
  }

  assert {
    condition = {
      for key, rule in aws_vpc_security_group_egress_rule.load_balancer_to_node :
      key => "${rule.security_group_id} ${rule.referenced_security_group_id} ${rule.from_port} ${rule.to_port} ${rule.ip_protocol}"
      } == {
      public-8080 = "sg-00000000000000001 sg-00000000000000002 8080 8080 tcp"
      public-9000 = "sg-00000000000000001 sg-00000000000000002 9000 9000 tcp"
    }
    error_message = "The load balancer does not reach the node on the ports for requests and health checks."
  }

  assert {
    condition = {
      for key, rule in aws_vpc_security_group_ingress_rule.node_from_load_balancer :
      key => "${rule.security_group_id} ${rule.referenced_security_group_id} ${rule.from_port}"
      } == {
      public-8080 = "sg-00000000000000002 sg-00000000000000001 8080"
      public-9000 = "sg-00000000000000002 sg-00000000000000001 9000"
    }
    error_message = "The node does not admit the load balancer."
  }

  assert {
    condition = [
      aws_vpc_security_group_egress_rule.node_to_application["80"].security_group_id,
      aws_vpc_security_group_egress_rule.node_to_application["80"].referenced_security_group_id,
      aws_vpc_security_group_ingress_rule.application_from_node["80"].security_group_id,
      aws_vpc_security_group_ingress_rule.application_from_node["80"].referenced_security_group_id,
    ] == ["sg-00000000000000002", "sg-00000000000000003", "sg-00000000000000003", "sg-00000000000000002"]
    error_message = "The node does not reach the application."
  }

  assert {
    condition = alltrue([
      for rule in concat(
        values(aws_vpc_security_group_egress_rule.load_balancer_to_node),
        values(aws_vpc_security_group_ingress_rule.node_from_load_balancer),
        values(aws_vpc_security_group_egress_rule.node_to_application),
        values(aws_vpc_security_group_ingress_rule.application_from_node),
      ) : rule.tags == tomap({ team = "edge" }) && startswith(rule.description, "public: ")
    ])
    error_message = "A rule lacks the tags, or does not say whose it is."
  }

  assert {
    condition     = output.node_security_group_id == "sg-00000000000000002" && { for purpose, ids in output.security_group_rule_ids : purpose => length(ids) } == { load_balancer_egress = 2, node_ingress = 2, node_egress = 1, application_ingress = 1 }
    error_message = "The outputs are not those of the rules."
  }
}

run "load_balancer_alone" {
  command = plan

  variables {
    application = null
  }

  assert {
    condition     = { for purpose, ids in output.security_group_rule_ids : purpose => length(ids) } == { load_balancer_egress = 1, node_ingress = 1, node_egress = 0, application_ingress = 0 }
    error_message = "The module makes rules that the calls make."
  }
}

run "application_alone" {
  command = plan

  variables {
    load_balancer = {}
  }

  assert {
    condition     = { for purpose, ids in output.security_group_rule_ids : purpose => length(ids) } == { load_balancer_egress = 0, node_ingress = 0, node_egress = 1, application_ingress = 1 }
    error_message = "The module makes rules that the calls make."
  }
}

run "rules_that_an_owner_has_inline" {
  command = plan

  variables {
    security_group_rules = { node_ingress = false, application_ingress = false }
  }

  assert {
    condition     = { for purpose, ids in output.security_group_rule_ids : purpose => length(ids) } == { load_balancer_egress = 1, node_ingress = 0, node_egress = 1, application_ingress = 0 }
    error_message = "A rule is made that its owner has inline."
  }
}

run "application_that_admits_the_nodes_subnets" {
  command = plan

  variables {
    node        = { security_group_id = "sg-00000000000000002", subnet_cidrs = ["10.0.1.0/24"] }
    application = { security_group_id = "sg-00000000000000003", ports = [80], source = "subnet_cidrs" }
  }

  assert {
    condition     = { for key, rule in aws_vpc_security_group_ingress_rule.application_from_node : key => rule.cidr_ipv4 } == { "10.0.1.0/24-80" = "10.0.1.0/24" }
    error_message = "The application does not admit exactly the node's subnets."
  }
}

run "whole_vpc" {
  command = plan

  variables {
    node        = { security_group_id = "sg-00000000000000002", subnet_cidrs = ["10.0.0.0/16"] }
    application = { security_group_id = "sg-00000000000000003", ports = [80], source = "subnet_cidrs" }
  }

  override_data {
    target = data.aws_vpc.node[0]
    values = { id = "vpc-0123456789abcdef0", cidr_block_associations = [{ cidr_block = "10.0.0.0/16" }], ipv6_cidr_block = "" }
  }

  expect_failures = [data.aws_vpc.node[0]]
}
