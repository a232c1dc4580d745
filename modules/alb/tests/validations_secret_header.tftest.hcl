# Every rule on secret_header, its values, and the routes with it refuses something. Each run breaks one rule, and
# __tests__/modules/messages.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  secret_header        = { enforced = true }
  secret_header_values = { blue = "0123456789abcdef0123456789abcdef" }
  routes = {
    rest = { listener_arn = var.listener_arn, priority = 49999, closing_priority = 50000, catch_all = true }
  }
}

run "secret_header_without_values" {
  command = plan

  variables {
    secret_header_values = null
  }

  expect_failures = [var.secret_header]
}

run "secret_header_values_of_no_colour" {
  command = plan

  variables {
    secret_header_values = {}
  }

  expect_failures = [var.secret_header_values]
}

run "secret_header_values_that_are_the_same" {
  command = plan

  variables {
    secret_header_values = { blue = "0123456789abcdef0123456789abcdef", green = "0123456789abcdef0123456789abcdef" }
  }

  expect_failures = [var.secret_header_values]
}

run "secret_header_value_that_is_a_wildcard" {
  command = plan

  variables {
    secret_header_values = { blue = "*" }
  }

  expect_failures = [var.secret_header_values]
}

run "secret_header_value_with_a_wildcard" {
  command = plan

  variables {
    secret_header_values = { green = "0123456789abcdef0123456789abcde?" }
  }

  expect_failures = [var.secret_header_values]
}

run "secret_header_that_nginx_would_drop" {
  command = plan

  variables {
    secret_header = { name = "X_CloudFront_Secret", enforced = true }
  }

  expect_failures = [var.secret_header]
}

run "secret_header_that_clients_send" {
  command = plan

  variables {
    secret_header = { name = "Authorization", enforced = true }
  }

  expect_failures = [var.secret_header]
}

run "secret_header_that_nobody_demands" {
  command = plan

  variables {
    routes = {}
  }

  expect_failures = [var.routes]
}

run "route_that_nothing_closes" {
  command = plan

  variables {
    routes = {
      mirror = { listener_arn = var.listener_arn, priority = 9, mirrors_priority = 10 }
      own    = { listener_arn = var.listener_arn, priority = 19, conditions = [{ path_pattern = { values = ["/a"] } }] }
      rest   = { listener_arn = var.listener_arn, priority = 49999, closing_priority = 50000, catch_all = true }
    }
  }

  expect_failures = [var.routes]
}

run "closing_rule_before_its_route" {
  command = plan

  variables {
    routes = {
      rest = { listener_arn = var.listener_arn, priority = 50000, closing_priority = 49999, catch_all = true }
    }
  }

  expect_failures = [var.routes]
}

run "closing_rule_behind_the_rule_that_its_route_mirrors" {
  command = plan

  variables {
    routes = {
      shop = { listener_arn = var.listener_arn, priority = 9, closing_priority = 11, mirrors_priority = 10 }
    }
  }

  expect_failures = [var.routes]
}

run "closing_rule_with_the_priority_of_a_route" {
  command = plan

  variables {
    routes = {
      a    = { listener_arn = var.listener_arn, priority = 9, closing_priority = 10, conditions = [{ path_pattern = { values = ["/a"] } }] }
      rest = { listener_arn = var.listener_arn, priority = 10, closing_priority = 11, catch_all = true }
    }
  }

  expect_failures = [var.routes]
}

run "mirror_of_a_closing_rule" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 9, closing_priority = 20, conditions = [{ path_pattern = { values = ["/a"] } }] }
      b = { listener_arn = var.listener_arn, priority = 18, closing_priority = 19, mirrors_priority = 20 }
    }
  }

  expect_failures = [var.routes]
}

run "closing_priority_that_aws_does_not_have" {
  command = plan

  variables {
    routes = {
      rest = { listener_arn = var.listener_arn, priority = 50000, closing_priority = 50001, catch_all = true }
    }
  }

  expect_failures = [var.routes]
}

run "four_values_beside_the_header" {
  command = plan

  variables {
    routes = {
      api = {
        listener_arn     = var.listener_arn
        priority         = 9
        closing_priority = 10
        conditions       = [{ path_pattern = { values = ["/1", "/2"] } }, { query_string = { values = [{ key = "a", value = "1" }, { value = "2" }] } }]
      }
      rest = { listener_arn = var.listener_arn, priority = 49999, closing_priority = 50000, catch_all = true }
    }
  }

  expect_failures = [aws_lb_listener_rule.node]
}

run "condition_on_the_header_itself" {
  command = plan

  variables {
    routes = {
      api = {
        listener_arn     = var.listener_arn
        priority         = 9
        closing_priority = 10
        conditions       = [{ http_header = { http_header_name = "x-cloudfront-secret", values = ["0123456789abcdef0123456789abcdef"] } }]
      }
      rest = { listener_arn = var.listener_arn, priority = 49999, closing_priority = 50000, catch_all = true }
    }
  }

  expect_failures = [aws_lb_listener_rule.node]
}
