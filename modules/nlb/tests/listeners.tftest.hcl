# Adopted listeners: where they forward to, what they are left with, and what the owner of another one gets.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  adopted_listeners = {
    public = { listener_arn = var.listener_arn, application_target_group_arn = var.application_target_group_arn }
  }
}

run "at_0_the_application_gets_everything" {
  command = plan

  variables {
    node_traffic_percent = 0
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition = jsonencode([for action in aws_lb_listener.adopted["public"].default_action : [action.type, action.target_group_arn, length(action.forward)]]) == jsonencode([
      ["forward", var.application_target_group_arn, 0],
    ])
    error_message = "The listener does not forward to the application, in the one form that AWS accepts here."
  }

  assert {
    condition     = output.cutover_target_group_arn == null
    error_message = "The owner of a listener would forward to the node."
  }

  assert {
    condition     = terraform_data.routing.input.entry_points["public"].application_target_group_arn == var.application_target_group_arn
    error_message = "The contract does not say where the connections go."
  }
}

# Without expect_failures: the check is quiet.
run "at_100_the_node_gets_everything" {
  command = plan

  assert {
    condition = jsonencode([for action in aws_lb_listener.adopted["public"].default_action : [action.type, action.target_group_arn, length(action.forward)]]) == jsonencode([
      ["forward", aws_lb_target_group.node.arn, 0],
    ])
    error_message = "The listener does not forward to the node, in the one form that AWS accepts here."
  }

  assert {
    condition     = output.cutover_target_group_arn == aws_lb_target_group.node.arn
    error_message = "The owner of a listener would not forward to the node."
  }

  assert {
    condition     = terraform_data.routing.input.entry_points["public"].application_target_group_arn == null
    error_message = "The contract names the application's target group after the cutover."
  }
}

run "listener_as_it_is" {
  command = plan

  assert {
    condition = {
      load_balancer_arn = aws_lb_listener.adopted["public"].load_balancer_arn
      port              = aws_lb_listener.adopted["public"].port
      protocol          = aws_lb_listener.adopted["public"].protocol
      } == {
      load_balancer_arn = data.aws_lb_listener.existing["public"].load_balancer_arn
      port              = 443
      protocol          = "TCP"
    }
    error_message = "The listener is not declared as AWS has it."
  }
}

# As it is read after the cutover, and where the target group that is replaced had another name.
run "listener_that_forwards_to_the_node" {
  command = plan

  override_data {
    target = data.aws_lb_listener.existing["public"]
    values = {
      load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/shop/50dc6c495c0c9188"
      port              = 443
      protocol          = "TCP"
      default_action    = [{ type = "forward", target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-ffffffff/6d0ecf831eec9f09", forward = [] }]
    }
  }

  assert {
    condition     = length(aws_lb_listener.adopted) == 1
    error_message = "The listener is not adopted."
  }
}

run "listener_for_tls_in_front_of_tcp" {
  command = plan

  override_data {
    target = data.aws_lb_listener.existing["public"]
    values = {
      load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/shop/50dc6c495c0c9188"
      port              = 443
      protocol          = "TLS"
      default_action    = []
    }
  }

  assert {
    condition     = aws_lb_listener.adopted["public"].protocol == "TLS" && aws_lb_target_group.node.protocol == "TCP"
    error_message = "The load balancer does not end TLS."
  }
}

run "listener_for_tcp_in_front_of_an_application_load_balancer" {
  command = plan

  variables {
    health_check = { protocol = "HTTP" }
    node = {
      security_group_id              = "sg-00000000000000002"
      target_type                    = "alb"
      application_load_balancer_arns = { main = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/0123456789abcdef" }
    }
  }

  assert {
    condition     = length(aws_lb_listener.adopted) == 1
    error_message = "The listener is not adopted."
  }
}

run "several_listeners" {
  command = plan

  variables {
    adopted_listeners = {
      plain = {
        listener_arn                 = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net/shop/50dc6c495c0c9188/0000000000000001"
        application_target_group_arn = var.application_target_group_arn
      }
      tls = {
        listener_arn                 = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net/shop/50dc6c495c0c9188/0000000000000002"
        application_target_group_arn = var.application_target_group_arn
      }
    }
  }

  override_resource {
    target          = aws_lb_listener.adopted["plain"]
    override_during = plan
    values          = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net/shop/50dc6c495c0c9188/0000000000000001" }
  }

  override_resource {
    target          = aws_lb_listener.adopted["tls"]
    override_during = plan
    values          = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net/shop/50dc6c495c0c9188/0000000000000002" }
  }

  assert {
    condition = { for key, entry_point in terraform_data.routing.input.entry_points : key => entry_point.listener_arn } == {
      plain = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net/shop/50dc6c495c0c9188/0000000000000001"
      tls   = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net/shop/50dc6c495c0c9188/0000000000000002"
    }
    error_message = "The contract does not name the listeners."
  }
}
