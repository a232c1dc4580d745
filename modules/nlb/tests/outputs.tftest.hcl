# What the module tells its caller and tools, after an apply. Without an adopted listener: a test would have to destroy it.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "outputs" {
  variables {
    application   = { security_group_id = "sg-00000000000000003", ports = [8080] }
    load_balancer = { subnet_cidrs = ["10.0.0.0/24"], client_cidrs = ["0.0.0.0/0"] }
    node = {
      security_group_id       = "sg-00000000000000002"
      autoscaling_group_names = { main = "wallarm-node" }
      subnet_cidrs            = ["10.0.1.0/24"]
    }
  }

  assert {
    condition = {
      arn     = output.target_group_arn
      name    = output.target_group_name
      suffix  = output.target_group_arn_suffix
      cutover = output.cutover_target_group_arn
      } == {
      arn     = aws_lb_target_group.node.arn
      name    = aws_lb_target_group.node.name
      suffix  = aws_lb_target_group.node.arn_suffix
      cutover = aws_lb_target_group.node.arn
    }
    error_message = "The outputs describe another target group."
  }

  assert {
    condition = jsonencode(output.security_group_rule_ids) == jsonencode({
      load_balancer_egress = {}
      node_ingress = {
        "0.0.0.0/0-80"   = aws_vpc_security_group_ingress_rule.node_from_clients["0.0.0.0/0-80"].id
        "10.0.0.0/24-80" = aws_vpc_security_group_ingress_rule.node_from_load_balancer["10.0.0.0/24-80"].id
      }
      node_egress         = { "8080" = aws_vpc_security_group_egress_rule.node_to_application["8080"].id }
      application_ingress = { "8080" = aws_vpc_security_group_ingress_rule.application_from_node["8080"].id }
    })
    error_message = "The security group rules' IDs are not listed by purpose."
  }

  assert {
    condition = jsonencode(output.routing) == jsonencode({
      schema_version = 1
      scenario       = "nlb"
      name           = "shop"
      account_id     = "123456789012"
      region         = "eu-central-1"
      vpc_id         = "vpc-0123456789abcdef0"
      node = {
        security_group_id = "sg-00000000000000002"
        subnet_cidrs      = ["10.0.1.0/24"]
        target_group_arn  = aws_lb_target_group.node.arn
        port              = 80
        protocol          = "TCP"
        members = {
          autoscaling_group_names        = ["wallarm-node"]
          instance_ids                   = []
          ip_addresses                   = []
          application_load_balancer_arns = []
          self_registered                = false
        }
      }
      application = {
        security_group_id = "sg-00000000000000003"
        ports             = [8080]
        target_group_arns = []
        accepted          = null
      }
      load_balancer        = { security_group_ids = [], arn_suffix = null }
      secret_header        = null
      entry_points         = {}
      node_traffic_percent = 100
      live_after_apply     = true
    })
    error_message = "The contract does not say who is node, who is application, and how far the cutover is."
  }
}

run "rules_of_the_load_balancer" {
  assert {
    condition     = output.security_group_rule_ids.load_balancer_egress == { public-80 = aws_vpc_security_group_egress_rule.load_balancer_to_node["public-80"].id }
    error_message = "The rules' IDs are not listed."
  }
}

run "outputs_before_the_cutover" {
  variables {
    node_traffic_percent = 0
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = output.cutover_target_group_arn == null && output.routing.node_traffic_percent == 0 && output.routing.application.ports == null
    error_message = "The outputs do not follow the variables."
  }

  assert {
    condition     = output.target_group_arn == run.outputs.target_group_arn
    error_message = "Going back replaced the target group."
  }
}
