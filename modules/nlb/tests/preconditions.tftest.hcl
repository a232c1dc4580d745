# What only the existing listener, or several variables together, can refuse. Each run breaks one condition, and
# __tests__/modules/messages-nlb.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  adopted_listeners = {
    public = { listener_arn = var.listener_arn, application_target_group_arn = var.application_target_group_arn }
  }
}

run "connections_for_a_node_without_targets" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002" }
  }

  expect_failures = [aws_lb_target_group.node]
}

run "listener_for_udp_in_front_of_tcp" {
  command = plan

  override_data {
    target = data.aws_lb_listener.existing["public"]
    values = { protocol = "UDP", default_action = [] }
  }

  expect_failures = [aws_lb_listener.adopted]
}

run "listener_of_an_application_load_balancer" {
  command = plan

  override_data {
    target = data.aws_lb_listener.existing["public"]
    values = { protocol = "HTTPS", default_action = [] }
  }

  expect_failures = [aws_lb_listener.adopted]
}

run "listener_for_tls_in_front_of_a_load_balancer" {
  command = plan

  variables {
    node         = { security_group_id = "sg-00000000000000002", target_type = "alb", register_targets = false }
    health_check = { protocol = "HTTP" }
  }

  override_data {
    target = data.aws_lb_listener.existing["public"]
    values = { protocol = "TLS", default_action = [] }
  }

  expect_failures = [aws_lb_listener.adopted]
}

run "application_that_is_the_node" {
  command = plan

  variables {
    adopted_listeners = {
      public = {
        listener_arn                 = var.listener_arn
        application_target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-0a1b2c3d/6d0ecf831eec9f09"
      }
    }
  }

  override_data {
    target = data.aws_lb_listener.existing["public"]
    values = { protocol = "TCP", default_action = [] }
  }

  expect_failures = [aws_lb_listener.adopted]
}

run "listener_that_forwards_to_something_else" {
  command = plan

  override_data {
    target = data.aws_lb_listener.existing["public"]
    values = {
      protocol       = "TCP"
      default_action = [{ type = "forward", target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/other/0123456789abcdef", forward = [] }]
    }
  }

  expect_failures = [aws_lb_listener.adopted]
}

run "listener_that_shares_out" {
  command = plan

  override_data {
    target = data.aws_lb_listener.existing["public"]
    values = {
      protocol = "TCP"
      default_action = [{
        type             = "forward"
        target_group_arn = ""
        forward = [{
          target_group = [
            { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/application/73e2d6bc24d8a067", weight = 90 },
            { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/green/0123456789abcdef", weight = 10 },
          ]
        }]
      }]
    }
  }

  expect_failures = [aws_lb_listener.adopted]
}

run "listener_that_was_not_imported" {
  command = plan

  override_resource {
    target          = aws_lb_listener.adopted["public"]
    override_during = plan
    values          = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net/shop/50dc6c495c0c9188/0000000000000000" }
  }

  expect_failures = [aws_lb_listener.adopted]
}
