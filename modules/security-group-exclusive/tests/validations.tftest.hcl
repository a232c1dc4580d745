# Every rule refuses a value. Each run breaks one of them; those on node.subnet_cidrs are tested in security-group-audit.

mock_provider "aws" {}

run "security_group_by_name" {
  command = plan

  variables {
    security_group_id = "default"
  }

  expect_failures = [var.security_group_id]
}

run "node_by_name" {
  command = plan

  variables {
    node = { security_group_id = "default" }
  }

  expect_failures = [var.node]
}

run "no_ingress_rules" {
  command = plan

  variables {
    ingress_rule_ids = {}
  }

  expect_failures = [var.ingress_rule_ids]
}

run "ingress_group" {
  command = plan

  variables {
    ingress_rule_ids = { node = "sg-00000000000000002" }
  }

  expect_failures = [var.ingress_rule_ids]
}

run "egress_group" {
  command = plan

  variables {
    egress_rule_ids = { node = "sg-00000000000000002" }
  }

  expect_failures = [var.egress_rule_ids]
}

run "mode_of_the_node" {
  command = plan

  variables {
    mode = "monitoring"
  }

  expect_failures = [var.mode]
}
