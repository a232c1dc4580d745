# Target groups with stickiness: AWS refuses an action with two target groups, one of them sticky, without stickiness of
# its own.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
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

run "sticky_application_at_0" {
  command = plan

  variables {
    node_traffic_percent    = 0
    target_group_stickiness = { duration = 60 }
  }

  override_data {
    target = data.aws_lb_target_group.application["arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/application/73e2d6bc24d8a067"]
    values = { stickiness = [{ enabled = true, type = "lb_cookie", cookie_duration = 86400, cookie_name = "" }] }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = data.aws_lb_target_group.application["arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/application/73e2d6bc24d8a067"].arn == var.application_target_group_arn
    error_message = "Another target group is read."
  }

  assert {
    condition = jsonencode({
      for key, rule in aws_lb_listener_rule.node : key => [for block in rule.action[0].forward[0].stickiness : block.duration if block.enabled]
      }) == jsonencode({
      api  = [1]
      rest = []
    })
    error_message = "The action with the sticky target group does not stick for the shortest time, or the other one sticks."
  }

  assert {
    condition     = output.forward_action.stickiness == null
    error_message = "The owner's action sticks, though he did not say that his target group does."
  }
}

run "sticky_application_in_a_canary" {
  command = plan

  variables {
    node_traffic_percent = 10
  }

  override_data {
    target = data.aws_lb_target_group.application["rest"]
    values = { stickiness = [{ enabled = true, type = "app_cookie", cookie_duration = 86400, cookie_name = "SESSION" }] }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition = jsonencode({
      for key, rule in aws_lb_listener_rule.node : key => [for block in rule.action[0].forward[0].stickiness : block.duration if block.enabled]
      }) == jsonencode({
      api  = []
      rest = [3600]
    })
    error_message = "The action with the sticky target group does not stick for an hour, or the other one sticks."
  }
}

run "application_that_is_sticky_as_the_caller_says" {
  command = plan

  variables {
    node_traffic_percent    = 99
    application_stickiness  = true
    target_group_stickiness = { duration = 60 }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = length(data.aws_lb_target_group.application) == 0
    error_message = "What the caller says is read too."
  }

  assert {
    condition     = alltrue([for rule in aws_lb_listener_rule.node : rule.action[0].forward[0].stickiness[0].duration == 60])
    error_message = "An action does not stick for as long as was asked for."
  }

  assert {
    condition     = output.forward_action.stickiness == { enabled = true, duration = 60 }
    error_message = "The owner's action does not stick for as long as was asked for."
  }
}

run "application_that_is_not_sticky_as_the_caller_says" {
  command = plan

  variables {
    node_traffic_percent   = 0
    application_stickiness = false
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition = (
      length(data.aws_lb_target_group.application) == 0 && output.forward_action.stickiness == null &&
      alltrue([for rule in aws_lb_listener_rule.node : length(rule.action[0].forward[0].stickiness) == 0])
    )
    error_message = "A target group is read, or an action sticks."
  }
}

run "sticky_node_at_0" {
  command = plan

  variables {
    node_traffic_percent = 0
    target_group         = { stickiness = {} }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = alltrue([for rule in aws_lb_listener_rule.node : rule.action[0].forward[0].stickiness[0].duration == 1])
    error_message = "An action does not stick for the shortest time."
  }

  assert {
    condition     = output.forward_action.stickiness == { enabled = true, duration = 1 }
    error_message = "The owner's action does not stick for the shortest time."
  }
}

# Without expect_failures: the check is quiet.
run "nothing_sticks_at_100" {
  command = plan

  variables {
    node_traffic_percent   = 100
    application_stickiness = true
    target_group           = { stickiness = {} }
  }

  assert {
    condition = (
      output.forward_action.stickiness == null &&
      alltrue([for rule in aws_lb_listener_rule.node : length(rule.action[0].forward[0].stickiness) == 0])
    )
    error_message = "An action with one target group sticks to it."
  }
}

run "nothing_is_read_at_100" {
  command = plan

  assert {
    condition     = length(data.aws_lb_target_group.application) == 0
    error_message = "A target group is read that no rule contains."
  }
}
