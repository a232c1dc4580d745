# Every rule on load_balancer, listeners and application refuses a value. Each run breaks one
# rule, and __tests__/modules/messages-nlb.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "load_balancer_of_which_nothing_is_known" {
  command = plan

  variables {
    load_balancer = {}
  }

  expect_failures = [var.load_balancer]
}

run "load_balancer_with_security_groups_and_subnets" {
  command = plan

  variables {
    load_balancer = { security_group_ids = { public = "sg-00000000000000001" }, subnet_cidrs = ["10.0.0.0/24"] }
  }

  expect_failures = [var.load_balancer]
}

run "load_balancer_with_security_groups_and_clients" {
  command = plan

  variables {
    load_balancer = { security_group_ids = { public = "sg-00000000000000001" }, client_cidrs = ["0.0.0.0/0"] }
  }

  expect_failures = [var.load_balancer]
}

run "clients_without_the_subnets_of_the_health_checks" {
  command = plan

  variables {
    load_balancer = { client_cidrs = ["0.0.0.0/0"] }
  }

  expect_failures = [var.load_balancer]
}

run "preserved_addresses_without_clients" {
  command = plan

  variables {
    load_balancer = { subnet_cidrs = ["10.0.0.0/24"] }
  }

  expect_failures = [var.load_balancer]
}

run "clients_whose_addresses_nobody_sees" {
  command = plan

  variables {
    target_group  = { preserve_client_ip = false }
    load_balancer = { subnet_cidrs = ["10.0.0.0/24"], client_cidrs = ["0.0.0.0/0"] }
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

run "subnet_of_the_load_balancer_with_host_bits" {
  command = plan

  variables {
    load_balancer = { subnet_cidrs = ["10.0.0.1/24"], client_cidrs = ["0.0.0.0/0"] }
  }

  expect_failures = [var.load_balancer]
}

run "subnet_of_the_load_balancer_twice" {
  command = plan

  variables {
    load_balancer = { subnet_cidrs = ["10.0.0.0/24", "10.0.0.0/24"], client_cidrs = ["0.0.0.0/0"] }
  }

  expect_failures = [var.load_balancer]
}

run "client_without_a_prefix_length" {
  command = plan

  variables {
    load_balancer = { subnet_cidrs = ["10.0.0.0/24"], client_cidrs = ["198.51.100.7"] }
  }

  expect_failures = [var.load_balancer]
}

run "client_twice" {
  command = plan

  variables {
    load_balancer = { subnet_cidrs = ["10.0.0.0/24"], client_cidrs = ["0.0.0.0/0", "0.0.0.0/0"] }
  }

  expect_failures = [var.load_balancer]
}

run "listener_twice" {
  command = plan

  variables {
    listeners = {
      a = { listener_arn = var.listener_arn, application_target_group_arn = var.application_target_group_arn }
      b = { listener_arn = var.listener_arn, application_target_group_arn = var.application_target_group_arn }
    }
  }

  expect_failures = [var.listeners]
}

run "listeners_of_two_load_balancers" {
  command = plan

  variables {
    listeners = {
      a = { listener_arn = var.listener_arn, application_target_group_arn = var.application_target_group_arn }
      b = {
        listener_arn                 = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net/other/0123456789abcdef/0123456789abcdef"
        application_target_group_arn = var.application_target_group_arn
      }
    }
  }

  expect_failures = [var.listeners]
}

run "listener_arn_of_a_load_balancer" {
  command = plan

  variables {
    listeners = {
      a = {
        listener_arn                 = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/shop/50dc6c495c0c9188"
        application_target_group_arn = var.application_target_group_arn
      }
    }
  }

  expect_failures = [var.listeners]
}

run "target_group_arn_of_a_listener" {
  command = plan

  variables {
    listeners = {
      a = { listener_arn = var.listener_arn, application_target_group_arn = var.listener_arn }
    }
  }

  expect_failures = [var.listeners]
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
