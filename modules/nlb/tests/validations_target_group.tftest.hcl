# Every rule on target_group and health_check refuses a value. Each run breaks one
# rule, and __tests__/modules/messages-nlb.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "udp_without_the_clients_addresses" {
  command = plan

  variables {
    node         = merge(var.node, { protocol = "UDP" })
    target_group = { preserve_client_ip = false }
  }

  expect_failures = [var.target_group]
}

run "tcp_and_udp_without_the_clients_addresses" {
  command = plan

  variables {
    node         = merge(var.node, { protocol = "TCP_UDP" })
    target_group = { preserve_client_ip = false }
  }

  expect_failures = [var.target_group]
}

run "load_balancer_as_target_without_the_clients_addresses" {
  command = plan

  variables {
    node         = { security_group_id = "sg-00000000000000002", target_type = "alb", register_targets = false }
    health_check = { protocol = "HTTP" }
    target_group = { preserve_client_ip = false }
  }

  expect_failures = [var.target_group]
}

run "load_balancer_as_target_with_proxy_protocol" {
  command = plan

  variables {
    node         = { security_group_id = "sg-00000000000000002", target_type = "alb", register_targets = false }
    health_check = { protocol = "HTTP" }
    target_group = { preserve_client_ip = true, proxy_protocol_v2 = true }
  }

  expect_failures = [var.target_group]
}

run "load_balancer_as_target_with_connection_termination" {
  command = plan

  variables {
    node         = { security_group_id = "sg-00000000000000002", target_type = "alb", register_targets = false }
    health_check = { protocol = "HTTP" }
    target_group = { preserve_client_ip = true, connection_termination = true }
  }

  expect_failures = [var.target_group]
}

run "deregistration_delay_above_an_hour" {
  command = plan

  variables {
    target_group = { preserve_client_ip = true, deregistration_delay = 3601 }
  }

  expect_failures = [var.target_group]
}

run "cross_zone_neither_true_nor_false" {
  command = plan

  variables {
    target_group = { preserve_client_ip = true, load_balancing_cross_zone_enabled = "on" }
  }

  expect_failures = [var.target_group]
}

run "health_check_path_of_a_connection" {
  command = plan

  variables {
    health_check = { path = "/health" }
  }

  expect_failures = [var.health_check]
}

run "health_check_codes_of_a_connection" {
  command = plan

  variables {
    health_check = { matcher = "200" }
  }

  expect_failures = [var.health_check]
}

run "health_check_by_connection_of_a_load_balancer" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", target_type = "alb", register_targets = false }
  }

  expect_failures = [var.health_check]
}

run "health_check_timeout_as_long_as_the_interval" {
  command = plan

  variables {
    health_check = { interval = 10 }
  }

  expect_failures = [var.health_check]
}

run "health_check_protocol_of_the_traffic" {
  command = plan

  variables {
    health_check = { protocol = "TLS" }
  }

  expect_failures = [var.health_check]
}

run "health_check_path_without_a_slash" {
  command = plan

  variables {
    health_check = { protocol = "HTTP", path = "health" }
  }

  expect_failures = [var.health_check]
}

run "health_check_path_of_1025_characters" {
  command = plan

  variables {
    health_check = { protocol = "HTTP", path = format("/%01024d", 0) }
  }

  expect_failures = [var.health_check]
}

run "health_check_port_by_name" {
  command = plan

  variables {
    health_check = { port = "http" }
  }

  expect_failures = [var.health_check]
}

run "health_check_matcher_in_words" {
  command = plan

  variables {
    health_check = { protocol = "HTTP", matcher = "2xx" }
  }

  expect_failures = [var.health_check]
}

run "health_check_interval_above_300_seconds" {
  command = plan

  variables {
    health_check = { interval = 301 }
  }

  expect_failures = [var.health_check]
}

run "health_check_timeout_below_2_seconds" {
  command = plan

  variables {
    health_check = { timeout = 1 }
  }

  expect_failures = [var.health_check]
}

run "health_check_threshold_of_one_success" {
  command = plan

  variables {
    health_check = { healthy_threshold = 1 }
  }

  expect_failures = [var.health_check]
}

run "health_check_threshold_of_eleven_failures" {
  command = plan

  variables {
    health_check = { unhealthy_threshold = 11 }
  }

  expect_failures = [var.health_check]
}
