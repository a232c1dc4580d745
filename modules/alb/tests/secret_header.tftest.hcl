# secret_header: what the routes demand, and what answers the rest. Who answers which request, beside the rules of a real
# listener: __tests__/modules/secret-header.test.ts.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  secret_header_values = { blue = "0123456789abcdef0123456789abcdef", green = "fedcba9876543210fedcba9876543210" }
  routes = {
    rest = { listener_arn = var.listener_arn, priority = 49999, closing_priority = 50000, catch_all = true }
  }
}

run "without_it_nothing_is_demanded" {
  command = plan

  assert {
    condition     = length(aws_lb_listener_rule.closing) == 0 && output.closing_rule_arns == {}
    error_message = "A request is refused though no header is demanded."
  }

  assert {
    condition     = length(aws_lb_listener_rule.node["rest"].condition) == 1 && !issensitive(aws_lb_listener_rule.node["rest"].condition)
    error_message = "The rule has more or less than its route's condition, or the plan hides it."
  }
}

run "before_it_is_enforced_the_closing_rules_stand_behind_the_routes" {
  command = plan

  variables {
    secret_header = { enforced = false }
  }

  expect_failures = [check.secret_header_is_enforced]

  assert {
    condition     = length(aws_lb_listener_rule.node["rest"].condition) == 1 && length(one(aws_lb_listener_rule.node["rest"].condition).http_header) == 0
    error_message = "The route demands the header already."
  }

  assert {
    condition     = aws_lb_listener_rule.closing["rest"].listener_arn == var.listener_arn && aws_lb_listener_rule.closing["rest"].priority == 50000
    error_message = "The closing rule is not where its route says."
  }

  assert {
    condition     = aws_lb_listener_rule.closing["rest"].condition == aws_lb_listener_rule.node["rest"].condition
    error_message = "The closing rule is for other requests than its route."
  }

  assert {
    condition     = [for action in aws_lb_listener_rule.closing["rest"].action : "${action.type} ${action.fixed_response[0].status_code}"] == ["fixed-response 403"]
    error_message = "The closing rule does not answer 403."
  }
}

# Without expect_failures: the checks are quiet.
run "enforced_every_route_demands_either_value" {
  command = plan

  variables {
    secret_header = { enforced = true }
    routes = {
      api = {
        listener_arn     = var.listener_arn
        priority         = 10
        closing_priority = 11
        conditions = [
          { path_pattern = { values = ["/api/*"] } },
          { http_header = { http_header_name = "X-Tenant", values = ["a", "b"] } },
        ]
      }
      rest = { listener_arn = var.listener_arn, priority = 49999, closing_priority = 50000, catch_all = true }
    }
  }

  assert {
    condition = alltrue([
      for rule in aws_lb_listener_rule.node : contains(
        [for header in flatten(nonsensitive(rule.condition)[*].http_header) : [header.http_header_name, header.values]],
        ["X-CloudFront-Secret", toset(["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"])],
      )
    ])
    error_message = "A route does not demand the header with either value."
  }

  assert {
    condition     = { for key, rule in aws_lb_listener_rule.node : key => length(nonsensitive(rule.condition)) } == { api = 3, rest = 2 }
    error_message = "A route does not demand the header beside its own conditions, and once."
  }

  assert {
    condition     = alltrue([for rule in aws_lb_listener_rule.node : issensitive(rule.condition)])
    error_message = "The plan shows the values."
  }

  assert {
    condition     = { for key, rule in aws_lb_listener_rule.closing : key => [length(rule.condition), rule.priority] } == { api = [2, 11], rest = [1, 50000] }
    error_message = "A closing rule does not have its route's own conditions, readable, and its priority."
  }

  assert {
    condition     = !issensitive(output.listener_rule_arns) && !issensitive(output.closing_rule_arns) && !issensitive(terraform_data.routing.input)
    error_message = "What holds no value is hidden with it."
  }

  assert {
    condition     = jsonencode(terraform_data.routing.input.secret_header) == jsonencode({ name = "X-CloudFront-Secret", enforced = true })
    error_message = "The contract does not say which header is demanded, or says more of it."
  }
}

run "one_value_of_a_header_with_a_name_of_ones_own" {
  command = plan

  variables {
    secret_header        = { name = "X-Origin-Verify", enforced = true }
    secret_header_values = { green = "fedcba9876543210fedcba9876543210" }
  }

  assert {
    condition = [for header in flatten(nonsensitive(aws_lb_listener_rule.node["rest"].condition)[*].http_header) : { name = header.http_header_name, values = header.values }] == [
      { name = "X-Origin-Verify", values = toset(["fedcba9876543210fedcba9876543210"]) },
    ]
    error_message = "The route does not demand the one value under the name."
  }
}

run "enforced_at_0_the_application_gets_the_requests_with_the_header" {
  command = plan

  variables {
    node_traffic_percent = 0
    secret_header        = { enforced = true }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = length(nonsensitive(aws_lb_listener_rule.node["rest"].condition)) == 2 && length(aws_lb_listener_rule.closing) == 1
    error_message = "The header is not demanded."
  }

  assert {
    condition = { for group in aws_lb_listener_rule.node["rest"].action[0].forward[0].target_group : group.arn => group.weight } == {
      (aws_lb_target_group.node.arn)     = 0
      (var.application_target_group_arn) = 100
    }
    error_message = "The requests do not go to the application."
  }
}

run "a_closing_priority_waits_for_the_header" {
  command = plan

  variables {
    secret_header_values = null
  }

  assert {
    condition     = length(aws_lb_listener_rule.closing) == 0
    error_message = "A request is refused though no header is demanded."
  }
}

run "a_default_action_that_forwards_beside_the_routes_is_named" {
  command = plan

  variables {
    secret_header = { enforced = true }
    routes = {
      api = { listener_arn = var.listener_arn, priority = 10, closing_priority = 11, conditions = [{ path_pattern = { values = ["/api/*"] } }] }
    }
  }

  expect_failures = [check.no_default_action_bypasses_the_node]
}

run "a_catch_all_of_another_listener_does_not_close_it" {
  command = plan

  variables {
    secret_header = { enforced = true }
    routes = {
      api  = { listener_arn = var.listener_arn, priority = 10, closing_priority = 11, conditions = [{ path_pattern = { values = ["/api/*"] } }] }
      rest = { listener_arn = "${var.listener_arn}-2", priority = 49999, closing_priority = 50000, catch_all = true }
    }
  }

  expect_failures = [check.no_default_action_bypasses_the_node]
}

# Without expect_failures: the check is quiet.
run "a_default_action_that_answers_needs_no_catch_all" {
  command = plan

  variables {
    secret_header = { enforced = true }
    routes = {
      api = { listener_arn = var.listener_arn, priority = 10, closing_priority = 11, conditions = [{ path_pattern = { values = ["/api/*"] } }] }
    }
  }

  override_data {
    target = data.aws_lb_listener.existing["arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"]
    values = {
      protocol       = "HTTPS"
      default_action = [{ type = "fixed-response", target_group_arn = "", forward = [], fixed_response = [{ content_type = "text/plain", status_code = "404" }] }]
    }
  }

  assert {
    condition     = length(aws_lb_listener_rule.closing) == 1
    error_message = "The route is not closed."
  }
}

run "four_values_beside_the_header" {
  command = plan

  variables {
    secret_header = { enforced = true }
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
    secret_header = { enforced = true }
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
