# What the module reads of the load balancer.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  routes = {
    rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true }
  }
}

run "load_balancer_of_the_routes" {
  command = plan

  assert {
    condition     = data.aws_lb.existing[0].arn == "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"
    error_message = "Another load balancer is read: ${data.aws_lb.existing[0].arn}"
  }

  assert {
    condition     = aws_lb_target_group.node.vpc_id == var.vpc_id
    error_message = "The target group is in another VPC."
  }
}

run "no_load_balancer_without_routes" {
  command = plan

  variables {
    routes = {}
  }

  assert {
    condition     = length(data.aws_lb.existing) == 0
    error_message = "A load balancer is read that no route names."
  }
}

run "target_group_in_the_vpc_of_the_load_balancer" {
  command = plan

  variables {
    node = {
      security_group_id = "sg-00000000000000002"
      target_type       = "ip"
      ip_addresses      = { a = { address = "10.1.1.10", availability_zone = "all" } }
    }
    load_balancer = {
      security_group_ids = { public = "sg-00000000000000001" }
      vpc_id             = "vpc-00000000000000009"
    }
  }

  override_data {
    target = data.aws_lb.existing[0]
    values = { vpc_id = "vpc-00000000000000009", xff_header_processing_mode = "append" }
  }

  assert {
    condition     = aws_lb_target_group.node.vpc_id == "vpc-00000000000000009" && output.routing.vpc_id == var.vpc_id
    error_message = "The target group is not where the load balancer is, or the node is not where it was."
  }
}

run "target_group_in_another_vpc_than_the_load_balancer" {
  command = plan

  override_data {
    target = data.aws_lb.existing[0]
    values = { vpc_id = "vpc-00000000000000009", xff_header_processing_mode = "append" }
  }

  expect_failures = [aws_lb_listener_rule.node]
}

run "clients_write_their_own_address" {
  command = plan

  override_data {
    target = data.aws_lb.existing[0]
    values = { vpc_id = "vpc-0123456789abcdef0", xff_header_processing_mode = "preserve" }
  }

  expect_failures = [check.load_balancer_appends_client_addresses]
}

run "no_address_of_the_client" {
  command = plan

  override_data {
    target = data.aws_lb.existing[0]
    values = { vpc_id = "vpc-0123456789abcdef0", xff_header_processing_mode = "remove" }
  }

  expect_failures = [check.load_balancer_appends_client_addresses]
}
