# Every rule on security_groups and application refuses a value. Each run breaks one rule, and
# __tests__/modules/messages-cloudfront.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "no_ports" {
  command = plan

  variables {
    security_groups = { ports = [] }
  }

  expect_failures = [var.security_groups]
}

run "port_65536" {
  command = plan

  variables {
    security_groups = { ports = [65536] }
  }

  expect_failures = [var.security_groups]
}

run "network_interface_of_an_instance" {
  command = plan

  variables {
    security_groups = { network_interface_ids = { a = "i-0123456789abcdef0" } }
  }

  expect_failures = [var.security_groups]
}

run "quota_above_what_aws_grants" {
  command = plan

  variables {
    security_groups = { rules_quota = 1001 }
  }

  expect_failures = [var.security_groups]
}

run "application_that_admits_no_subnet" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", source = "subnet_cidrs" }
  }

  expect_failures = [var.application]
}

run "application_security_group_by_name" {
  command = plan

  variables {
    application = { security_group_id = "default" }
  }

  expect_failures = [var.application]
}

run "application_without_ports" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [] }
  }

  expect_failures = [var.application]
}

run "application_port_twice" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [80, 80] }
  }

  expect_failures = [var.application]
}

run "application_port_0" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [0] }
  }

  expect_failures = [var.application]
}

run "application_source_by_prefix_list" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", source = "prefix_list" }
    node        = merge(var.node, { subnet_cidrs = ["10.0.1.0/24"] })
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
