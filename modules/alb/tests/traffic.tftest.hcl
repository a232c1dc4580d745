# node_traffic_percent: who gets how many of the requests, and what warns until the node gets all.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  routes = {
    rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true }
  }
}

run "at_0_the_application_gets_everything" {
  command = plan

  variables {
    node_traffic_percent    = 0
    target_group_stickiness = {}
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition = { for group in aws_lb_listener_rule.node["rest"].action[0].forward[0].target_group : group.arn => group.weight } == {
      (aws_lb_target_group.node.arn)     = 0
      (var.application_target_group_arn) = 100
    }
    error_message = "The weights are not 0 for the node, which is in the rule to be health-checked, and 100 for the application."
  }

  assert {
    condition     = length(aws_lb_listener_rule.node["rest"].action[0].forward[0].stickiness) == 0
    error_message = "Clients stick to a target group though only one gets requests."
  }

  assert {
    condition = jsonencode(output.forward_action) == jsonencode({
      node        = { arn = aws_lb_target_group.node.arn, weight = 0 }
      application = { weight = 100 }
      stickiness  = null
    })
    error_message = "The output for an owner of the listener does not say 0 and 100."
  }
}

run "at_1_the_canary_starts" {
  command = plan

  variables {
    node_traffic_percent    = 1
    target_group_stickiness = {}
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition = { for group in aws_lb_listener_rule.node["rest"].action[0].forward[0].target_group : group.arn => group.weight } == {
      (aws_lb_target_group.node.arn)     = 1
      (var.application_target_group_arn) = 99
    }
    error_message = "The weights are not 1 and 99."
  }

  assert {
    condition = jsonencode(aws_lb_listener_rule.node["rest"].action[0].forward[0].stickiness) == jsonencode([
      { duration = 3600, enabled = true },
    ])
    error_message = "Clients do not stick for an hour, which is the default."
  }
}

run "at_99_the_canary_still_runs" {
  command = plan

  variables {
    node_traffic_percent    = 99
    target_group_stickiness = { duration = 604800 }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition = { for group in aws_lb_listener_rule.node["rest"].action[0].forward[0].target_group : group.arn => group.weight } == {
      (aws_lb_target_group.node.arn)     = 99
      (var.application_target_group_arn) = 1
    }
    error_message = "The weights are not 99 and 1."
  }

  assert {
    condition     = aws_lb_listener_rule.node["rest"].action[0].forward[0].stickiness[0].duration == 604800
    error_message = "Clients do not stick for as long as was asked for."
  }
}

run "a_canary_shares_out_every_request_unless_told_otherwise" {
  command = plan

  variables {
    node_traffic_percent = 10
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = length(aws_lb_listener_rule.node["rest"].action[0].forward[0].stickiness) == 0
    error_message = "Clients stick to a target group though nobody asked for it."
  }

  assert {
    condition     = terraform_data.routing.input.entry_points["rest"].application_target_group_arn == var.application_target_group_arn
    error_message = "The contract does not say where the other requests go."
  }
}

# Without expect_failures: the check is quiet.
run "at_100_the_node_gets_everything_and_the_application_is_gone" {
  command = plan

  variables {
    node_traffic_percent    = 100
    target_group_stickiness = { duration = 1 }
    routes = {
      rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true }
      api = {
        listener_arn                 = var.listener_arn
        priority                     = 10
        conditions                   = [{ path_pattern = { values = ["/api/*"] } }]
        application_target_group_arn = var.application_target_group_arn
      }
    }
  }

  assert {
    condition = alltrue([
      for rule in aws_lb_listener_rule.node :
      { for group in rule.action[0].forward[0].target_group : group.arn => group.weight } == { (aws_lb_target_group.node.arn) = 100 }
    ])
    error_message = "A rule forwards to something beside the node."
  }

  assert {
    condition     = alltrue([for rule in aws_lb_listener_rule.node : length(rule.action[0].forward[0].stickiness) == 0])
    error_message = "Clients would stick to the application after the cutover."
  }

  assert {
    condition     = alltrue([for entry_point in terraform_data.routing.input.entry_points : entry_point.application_target_group_arn == null])
    error_message = "The contract names the application's target group after the cutover."
  }

  assert {
    condition = jsonencode(output.forward_action) == jsonencode({
      node        = { arn = aws_lb_target_group.node.arn, weight = 100 }
      application = { weight = 0 }
      stickiness  = null
    })
    error_message = "The output for an owner of the listener does not say 100 and 0."
  }
}

run "every_rule_is_an_only_forward" {
  command = plan

  assert {
    condition     = [for action in aws_lb_listener_rule.node["rest"].action : action.type] == ["forward"]
    error_message = "The rule does something beside forwarding."
  }
}
