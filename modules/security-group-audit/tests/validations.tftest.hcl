# Every rule refuses a value. Each run breaks one of them.

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

run "node_subnet_twice" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", subnet_cidrs = ["10.0.1.0/24", "10.0.1.0/24"] }
  }

  expect_failures = [var.node]
}

run "node_subnet_with_host_bits" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", subnet_cidrs = ["10.0.1.9/24"] }
  }

  expect_failures = [var.node]
}

run "node_subnet_that_is_the_world" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", subnet_cidrs = ["0.0.0.0/0"] }
  }

  expect_failures = [var.node]
}

run "accepted_group" {
  command = plan

  variables {
    accepted_rule_ids = { bastion = "sg-00000000000000009" }
  }

  expect_failures = [var.accepted_rule_ids]
}
