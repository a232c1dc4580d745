# Every rule on load_balancer and application refuses a value. Each run breaks one rule, and __tests__/modules/messages.test.ts
# proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "load_balancer_without_security_groups" {
  command = plan

  variables {
    load_balancer = { security_group_ids = {} }
  }

  expect_failures = [var.load_balancer]
}

run "load_balancer_with_a_security_group_twice" {
  command = plan

  variables {
    load_balancer = { security_group_ids = { a = "sg-00000000000000001", b = "sg-00000000000000001" } }
  }

  expect_failures = [var.load_balancer]
}

run "load_balancer_security_group_by_name" {
  command = plan

  variables {
    load_balancer = { security_group_ids = { public = "default" } }
  }

  expect_failures = [var.load_balancer]
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

run "application_port_that_tcp_does_not_have" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [80, 65536] }
  }

  expect_failures = [var.application]
}
