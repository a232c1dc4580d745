# What only the existing listener, or several variables together, can refuse. Each run breaks one precondition, and
# __tests__/modules/messages.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

# The default action forwards nothing, so no run needs a catch_all.
override_data {
  target = data.aws_lb_listener.existing["arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"]
  values = {
    protocol       = "HTTP"
    default_action = [{ type = "fixed-response", target_group_arn = "", forward = [], fixed_response = [{ content_type = "text/plain", status_code = "404" }] }]
  }
}

variables {
  routes = {
    rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true }
  }
}

run "requests_for_a_node_without_targets" {
  command = plan

  variables {
    node_traffic_percent = 1
    node                 = { security_group_id = "sg-00000000000000002" }
  }

  expect_failures = [check.all_traffic_passes_the_node, aws_lb_target_group.node]
}

# The mock shows nothing of a rule, as the provider does where the read has to wait for the apply.
run "rule_that_cannot_be_read_yet" {
  command = plan

  variables {
    routes = {
      shop = { listener_arn = var.listener_arn, priority = 9, mirrors_priority = 10 }
    }
  }

  expect_failures = [aws_lb_listener_rule.node]
}

run "default_action_that_redirects" {
  command = plan

  override_data {
    target = data.aws_lb_listener.existing["rest"]
    values = {
      protocol       = "HTTP"
      default_action = [{ type = "redirect", target_group_arn = "", forward = [], redirect = [{ protocol = "HTTPS", port = "443", status_code = "HTTP_301" }] }]
    }
  }

  expect_failures = [aws_lb_listener_rule.node]
}

run "default_action_that_answers" {
  command = plan

  override_data {
    target = data.aws_lb_listener.existing["rest"]
    values = {
      protocol       = "HTTP"
      default_action = [{ type = "fixed-response", target_group_arn = "", forward = [], fixed_response = [{ content_type = "text/plain", status_code = "404" }] }]
    }
  }

  expect_failures = [aws_lb_listener_rule.node]
}

run "default_action_that_authenticates" {
  command = plan

  override_data {
    target = data.aws_lb_listener.existing["rest"]
    values = {
      protocol = "HTTPS"
      default_action = [
        { type = "authenticate-cognito", order = 1, target_group_arn = "", forward = [], authenticate_cognito = [{ user_pool_domain = "shop" }] },
        {
          type             = "forward"
          order            = 2
          target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/application/73e2d6bc24d8a067"
          forward          = [{ target_group = [{ arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/application/73e2d6bc24d8a067", weight = 1 }] }]
        },
      ]
    }
  }

  expect_failures = [aws_lb_listener_rule.node]
}

run "default_action_that_shares_out" {
  command = plan

  variables {
    node_traffic_percent = 99
  }

  override_data {
    target = data.aws_lb_listener.existing["rest"]
    values = {
      protocol = "HTTP"
      default_action = [{
        type             = "forward"
        target_group_arn = ""
        forward = [{
          target_group = [
            { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/blue/0123456789abcdef", weight = 90 },
            { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/green/0123456789abcdef", weight = 10 },
          ]
        }]
      }]
    }
  }

  expect_failures = [check.all_traffic_passes_the_node, aws_lb_listener_rule.node]
}

run "default_action_that_shares_out_beside_a_named_application" {
  command = plan

  variables {
    node_traffic_percent = 99
    routes = {
      rest = {
        listener_arn                 = var.listener_arn
        priority                     = 50000
        catch_all                    = true
        application_target_group_arn = var.application_target_group_arn
      }
    }
  }

  override_data {
    target = data.aws_lb_listener.existing["rest"]
    values = {
      protocol = "HTTP"
      default_action = [{
        type             = "forward"
        target_group_arn = ""
        forward = [{
          target_group = [
            { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/blue/0123456789abcdef", weight = 90 },
            { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/green/0123456789abcdef", weight = 10 },
          ]
        }]
      }]
    }
  }

  expect_failures = [check.all_traffic_passes_the_node, check.application_target_groups_are_current, check.application_keeps_its_split]

  assert {
    condition     = contains([for group in aws_lb_listener_rule.node["rest"].action[0].forward[0].target_group : group.arn], var.application_target_group_arn)
    error_message = "The other requests do not go to the application named."
  }
}

run "default_action_that_shares_out_after_the_cutover" {
  command = plan

  override_data {
    target = data.aws_lb_listener.existing["rest"]
    values = {
      protocol = "HTTP"
      default_action = [{
        type             = "forward"
        target_group_arn = ""
        forward = [{
          target_group = [
            { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/blue/0123456789abcdef", weight = 90 },
            { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/green/0123456789abcdef", weight = 10 },
          ]
        }]
      }]
    }
  }

  assert {
    condition     = length(aws_lb_listener_rule.node["rest"].action[0].forward[0].target_group) == 1
    error_message = "The rule does not forward to the node alone."
  }
}

run "application_that_is_the_node" {
  command = plan

  variables {
    routes = {
      api = {
        listener_arn                 = var.listener_arn
        priority                     = 1
        conditions                   = [{ path_pattern = { values = ["/api/*"] } }]
        application_target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/node/6d0ecf831eec9f09"
      }
    }
  }

  expect_failures = [aws_lb_listener_rule.node]
}

run "default_action_that_forwards_to_the_node" {
  command = plan

  override_data {
    target = data.aws_lb_listener.existing["rest"]
    values = {
      protocol = "HTTP"
      default_action = [{
        type             = "forward"
        target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/node/6d0ecf831eec9f09"
        forward          = [{ target_group = [{ arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/node/6d0ecf831eec9f09", weight = 1 }] }]
      }]
    }
  }

  expect_failures = [aws_lb_listener_rule.node]
}

run "grpc_behind_a_listener_without_tls" {
  command = plan

  variables {
    node = merge(var.node, { protocol_version = "GRPC" })
  }

  expect_failures = [aws_lb_listener_rule.node]
}

run "http2_behind_a_listener_without_tls" {
  command = plan

  variables {
    node = merge(var.node, { protocol_version = "HTTP2" })
    routes = {
      api = { listener_arn = var.listener_arn, priority = 1, conditions = [{ path_pattern = { values = ["/api/*"] } }] }
    }
  }

  expect_failures = [aws_lb_listener_rule.node]
}

run "grpc_behind_a_listener_with_tls" {
  command = plan

  variables {
    node = merge(var.node, { protocol_version = "GRPC" })
    routes = {
      api = { listener_arn = var.listener_arn, priority = 1, conditions = [{ path_pattern = { values = ["/shop.Cart/*"] } }] }
    }
  }

  override_data {
    target = data.aws_lb_listener.existing["arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"]
    values = { protocol = "HTTPS" }
  }

  assert {
    condition     = length(aws_lb_listener_rule.node) == 1
    error_message = "The rule is missing."
  }
}
