# Every rule on target_group, health_check and target_group_stickiness refuses a value. Each run breaks one rule, and __tests__/modules/messages.test.ts
# proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "slow_start_with_another_algorithm" {
  command = plan

  variables {
    target_group = { slow_start = 30, load_balancing_algorithm_type = "least_outstanding_requests" }
  }

  expect_failures = [var.target_group]
}

run "anomaly_mitigation_with_another_algorithm" {
  command = plan

  variables {
    target_group = { load_balancing_anomaly_mitigation = "on" }
  }

  expect_failures = [var.target_group]
}

run "deregistration_delay_above_an_hour" {
  command = plan

  variables {
    target_group = { deregistration_delay = 3601 }
  }

  expect_failures = [var.target_group]
}

run "slow_start_below_30_seconds" {
  command = plan

  variables {
    target_group = { slow_start = 29 }
  }

  expect_failures = [var.target_group]
}

run "algorithm_that_aws_does_not_know" {
  command = plan

  variables {
    target_group = { load_balancing_algorithm_type = "random" }
  }

  expect_failures = [var.target_group]
}

run "anomaly_mitigation_neither_on_nor_off" {
  command = plan

  variables {
    target_group = { load_balancing_algorithm_type = "weighted_random", load_balancing_anomaly_mitigation = "true" }
  }

  expect_failures = [var.target_group]
}

run "cross_zone_neither_true_nor_false" {
  command = plan

  variables {
    target_group = { load_balancing_cross_zone_enabled = "on" }
  }

  expect_failures = [var.target_group]
}

run "stickiness_by_a_cookie_without_a_name" {
  command = plan

  variables {
    target_group = { stickiness = { type = "app_cookie" } }
  }

  expect_failures = [var.target_group]
}

run "stickiness_by_address" {
  command = plan

  variables {
    target_group = { stickiness = { type = "source_ip" } }
  }

  expect_failures = [var.target_group]
}

run "stickiness_beyond_a_week" {
  command = plan

  variables {
    target_group = { stickiness = { cookie_duration = 604801 } }
  }

  expect_failures = [var.target_group]
}

run "health_check_timeout_as_long_as_the_interval" {
  command = plan

  variables {
    health_check = { timeout = 30 }
  }

  expect_failures = [var.health_check]
}

run "health_check_path_without_a_slash" {
  command = plan

  variables {
    health_check = { path = "health" }
  }

  expect_failures = [var.health_check]
}

run "health_check_path_of_1025_characters" {
  command = plan

  variables {
    health_check = { path = format("/%01024d", 0) }
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

run "health_check_protocol_of_a_network_load_balancer" {
  command = plan

  variables {
    health_check = { protocol = "TCP" }
  }

  expect_failures = [var.health_check]
}

run "health_check_matcher_in_words" {
  command = plan

  variables {
    health_check = { matcher = "2xx" }
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

run "canary_stickiness_of_no_time" {
  command = plan

  variables {
    target_group_stickiness = { duration = 0 }
  }

  expect_failures = [var.target_group_stickiness]
}

run "stickiness_by_a_cookie_of_the_load_balancer" {
  command = plan

  variables {
    target_group = { stickiness = { type = "app_cookie", cookie_name = "AWSALBTG" } }
  }

  expect_failures = [var.target_group]
}
