# What is read of the load balancer, and how often. Rules cannot be mocked: see mocks/.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  routes = {
    shop = { listener_arn = var.listener_arn, priority = 10, conditions = [{ path_pattern = { values = ["/shop/*"] } }], application_target_group_arn = var.application_target_group_arn }
    api  = { listener_arn = var.listener_arn, priority = 20, conditions = [{ path_pattern = { values = ["/api/*"] } }], application_target_group_arn = var.application_target_group_arn }
  }
}

run "without_routes_nothing_is_read" {
  command = plan

  variables {
    routes = {}
  }

  assert {
    condition     = length(data.aws_lb.existing) + length(data.aws_lb_listener.existing) + length(data.aws_lb_listener_rule.existing) == 0
    error_message = "Something is read."
  }
}

run "routes_with_conditions_need_no_listener_below_100" {
  command = plan

  variables {
    node_traffic_percent = 10
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = length(data.aws_lb.existing) == 1 && length(data.aws_lb_listener.existing) + length(data.aws_lb_listener_rule.existing) == 0
    error_message = "A listener or rule is read."
  }

  assert {
    condition     = data.aws_lb.existing[0].arn == "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"
    error_message = "Another load balancer is read."
  }

  assert {
    condition     = keys(data.aws_lb_target_group.application) == [var.application_target_group_arn]
    error_message = "The target group of two routes is not read once."
  }
}

run "a_default_action_that_forwards_past_the_node_is_named_at_100" {
  command = plan

  expect_failures = [check.no_default_action_bypasses_the_node]
}

# Without expect_failures from here on: the check is quiet.
run "a_listener_is_read_once" {
  command = plan

  variables {
    routes = {
      shop  = { listener_arn = var.listener_arn, priority = 10, conditions = [{ path_pattern = { values = ["/shop/*"] } }] }
      api   = { listener_arn = var.listener_arn, priority = 20, conditions = [{ path_pattern = { values = ["/api/*"] } }] }
      rest  = { listener_arn = var.listener_arn, priority = 50000, catch_all = true }
      admin = { listener_arn = "${var.listener_arn}-2", priority = 10, conditions = [{ path_pattern = { values = ["/admin/*"] } }] }
      root  = { listener_arn = "${var.listener_arn}-2", priority = 20, conditions = [{ path_pattern = { values = ["/"] } }] }
    }
  }

  override_data {
    target = data.aws_lb_listener.existing["arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2-2"]
    values = {
      protocol       = "HTTPS"
      default_action = [{ type = "fixed-response", target_group_arn = "", forward = [], fixed_response = [{ content_type = "text/plain", status_code = "404" }] }]
    }
  }

  assert {
    condition     = { for key, listener in data.aws_lb_listener.existing : key => listener.arn } == { rest = var.listener_arn, "${var.listener_arn}-2" = "${var.listener_arn}-2" }
    error_message = "A listener is read twice, or not at all."
  }
}

run "a_route_for_every_path_replaces_the_default_action_and_reads_nothing_more" {
  command = plan

  variables {
    routes = { rest = { listener_arn = var.listener_arn, priority = 50000, conditions = [{ path_pattern = { values = ["/*"] } }] } }
  }

  assert {
    condition     = keys(data.aws_lb_listener.existing) == [var.listener_arn]
    error_message = "The listener is read for the route."
  }
}

run "a_route_with_a_further_condition_does_not_replace_the_default_action" {
  command = plan

  variables {
    routes = {
      rest = {
        listener_arn = var.listener_arn
        priority     = 50000
        conditions   = [{ path_pattern = { values = ["/*"] } }, { host_header = { values = ["shop.example.com"] } }]
      }
    }
  }

  expect_failures = [check.no_default_action_bypasses_the_node]
}

run "a_default_action_that_forwards_to_the_node_does_not_bypass_it" {
  command = plan

  override_data {
    target = data.aws_lb_listener.existing["arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"]
    values = {
      protocol = "HTTPS"
      default_action = [
        { type = "authenticate-oidc", order = 1, target_group_arn = "", forward = [] },
        {
          type             = "forward"
          order            = 2
          target_group_arn = ""
          forward = [{
            target_group = [
              { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-0a1b2c3d/6d0ecf831eec9f09", weight = 100 },
              { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/application/73e2d6bc24d8a067", weight = 0 },
            ]
          }]
        },
      ]
    }
  }

  assert {
    condition     = length(aws_lb_listener_rule.node) == 2
    error_message = "A rule is missing."
  }
}

run "load_balancer_of_the_controller" {
  command = plan

  variables {
    routes = { rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true } }
  }

  override_data {
    target = data.aws_lb.existing[0]
    values = {
      vpc_id                     = "vpc-0123456789abcdef0"
      xff_header_processing_mode = "append"
      tags                       = { "elbv2.k8s.aws/cluster" = "prod", "ingress.k8s.aws/stack" = "shop" }
    }
  }

  expect_failures = [aws_lb_listener_rule.node]
}

run "listener_of_the_controller" {
  command = plan

  variables {
    routes = { rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true } }
  }

  override_data {
    target = data.aws_lb_listener.existing["rest"]
    values = {
      protocol       = "HTTP"
      tags           = { "elbv2.k8s.aws/cluster" = "prod" }
      default_action = [{ type = "forward", target_group_arn = "", forward = [{ target_group = [{ arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/application/73e2d6bc24d8a067", weight = 1 }] }] }]
    }
  }

  expect_failures = [aws_lb_listener_rule.node]
}

run "another_target_group_than_that_of_the_default_action_is_named" {
  command = plan

  variables {
    routes = {
      rest = {
        listener_arn                 = var.listener_arn
        priority                     = 50000
        catch_all                    = true
        application_target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/other/0123456789abcdef"
      }
    }
  }

  expect_failures = [check.application_target_groups_are_current]
}
