# What the module tells its caller and tools, after an apply.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "outputs" {
  variables {
    node_traffic_percent = 10
    application          = { security_group_id = "sg-00000000000000003", ports = [8080] }
    routes = {
      rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true }
    }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition = {
      arn    = output.target_group_arn
      name   = output.target_group_name
      suffix = output.target_group_arn_suffix
      } == {
      arn    = aws_lb_target_group.node.arn
      name   = aws_lb_target_group.node.name
      suffix = aws_lb_target_group.node.arn_suffix
    }
    error_message = "The outputs describe another target group."
  }

  assert {
    condition = jsonencode(output.forward_action) == jsonencode({
      node        = { arn = aws_lb_target_group.node.arn, weight = 10 }
      application = { weight = 90 }
      stickiness  = null
    })
    error_message = "The target groups for an owner of the listener are wrong."
  }

  assert {
    condition     = output.request_count_label == "app/shop/50dc6c495c0c9188/${aws_lb_target_group.node.arn_suffix}"
    error_message = "Target tracking would count the requests of another load balancer or target group."
  }

  assert {
    condition     = output.listener_rule_arns == { rest = aws_lb_listener_rule.node["rest"].arn }
    error_message = "The rules' ARNs are not listed by route."
  }

  assert {
    condition = jsonencode(output.security_group_rule_ids) == jsonencode({
      load_balancer_egress = { public-80 = aws_vpc_security_group_egress_rule.load_balancer_to_node["public-80"].id }
      node_ingress         = { public-80 = aws_vpc_security_group_ingress_rule.node_from_load_balancer["public-80"].id }
      node_egress          = { "8080" = aws_vpc_security_group_egress_rule.node_to_application["8080"].id }
      application_ingress  = { "8080" = aws_vpc_security_group_ingress_rule.application_from_node["8080"].id }
    })
    error_message = "The security group rules' IDs are not listed by purpose."
  }

  assert {
    condition = jsonencode(output.routing) == jsonencode({
      schema_version = 1
      scenario       = "alb"
      name           = "shop"
      account_id     = "123456789012"
      region         = "eu-central-1"
      vpc_id         = "vpc-0123456789abcdef0"
      node = {
        security_group_id = "sg-00000000000000002"
        subnet_cidrs      = null
        target_group_arn  = aws_lb_target_group.node.arn
        port              = 80
        protocol          = "HTTP"
        members = {
          autoscaling_group_names        = ["wallarm-node"]
          instance_ids                   = []
          ip_addresses                   = []
          application_load_balancer_arns = null
          self_registered                = false
        }
      }
      application = {
        security_group_id = "sg-00000000000000003"
        ports             = [8080]
        target_group_arns = [var.application_target_group_arn]
        accepted          = null
      }
      load_balancer = {
        security_group_ids = ["sg-00000000000000001"]
        arn_suffix         = "app/shop/50dc6c495c0c9188"
      }
      secret_header = null
      entry_points = {
        rest = {
          listener_arn                 = var.listener_arn
          listener_rule_arn            = aws_lb_listener_rule.node["rest"].arn
          priority                     = 50000
          application_target_group_arn = var.application_target_group_arn
        }
      }
      node_traffic_percent = 10
      live_after_apply     = true
    })
    error_message = "The contract does not say who is node, who is application, and how far the cutover is."
  }
}

run "outputs_after_the_cutover" {
  variables {
    routes = {
      rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true }
    }
  }

  assert {
    condition     = output.routing.application.ports == null && output.routing.node_traffic_percent == 100
    error_message = "The contract does not follow the variables."
  }

  assert {
    condition     = output.routing.entry_points.rest.application_target_group_arn == null
    error_message = "The contract names a target group that gets no requests."
  }

  assert {
    condition     = output.listener_rule_arns == run.outputs.listener_rule_arns && output.target_group_arn == run.outputs.target_group_arn
    error_message = "The cutover replaced the rule or the target group."
  }
}
