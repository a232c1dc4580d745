# Every rule on node.subnet_cidrs and application refuses a value. Each run breaks one rule, and
# __tests__/modules/messages.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  node = {
    security_group_id       = "sg-00000000000000002"
    autoscaling_group_names = { main = "wallarm-node" }
    subnet_cidrs            = ["10.0.1.0/24"]
  }
  application = { security_group_id = "sg-00000000000000003", ports = [80] }
}

run "node_subnet_twice" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", autoscaling_group_names = { main = "wallarm-node" }, subnet_cidrs = ["10.0.1.0/24", "10.0.2.0/24", "10.0.1.0/24"] }
  }

  expect_failures = [var.node]
}

run "node_subnet_with_host_bits" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", autoscaling_group_names = { main = "wallarm-node" }, subnet_cidrs = ["10.0.1.0/24", "10.0.2.9/24"] }
  }

  expect_failures = [var.node]
}

run "node_subnet_that_is_the_world" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", autoscaling_group_names = { main = "wallarm-node" }, subnet_cidrs = ["10.0.1.0/24", "0.0.0.0/0"] }
  }

  expect_failures = [var.node]
}

run "application_that_admits_no_subnet" {
  command = plan

  variables {
    node        = { security_group_id = "sg-00000000000000002", autoscaling_group_names = { main = "wallarm-node" } }
    application = { security_group_id = "sg-00000000000000003", source = "subnet_cidrs" }
  }

  expect_failures = [var.application]
}

run "application_port_twice" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [80, 443, 80] }
  }

  expect_failures = [var.application]
}

run "application_source_by_prefix_list" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", source = "prefix_list" }
  }

  expect_failures = [var.application]
}

run "application_subnet_twice" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", subnet_cidrs = ["10.0.11.0/24", "10.0.11.0/24"] }
  }

  expect_failures = [var.application]
}

run "application_subnet_by_address" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", subnet_cidrs = ["10.0.11.5"] }
  }

  expect_failures = [var.application]
}

run "application_subnet_that_is_half_the_world" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", subnet_cidrs = ["128.0.0.0/1"] }
  }

  expect_failures = [var.application]
}
