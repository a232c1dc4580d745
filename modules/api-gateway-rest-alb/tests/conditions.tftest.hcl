# What only the existing listener, or several variables together, can refuse; the rules of single variables are met where the
# parts come from, in api-gateway-http and api-gateway-rest. __tests__/newest-provider/messages-api-gateway-rest-alb.ts proves what
# the caller reads.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "listener_for_udp" {
  command = plan

  variables {
    node = { host = "node.example.com", protocol = "HTTP", port = 443 }
  }

  override_data {
    target = data.aws_lb_listener.load_balancer
    values = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2", port = 443, protocol = "UDP" }
  }

  expect_failures = [data.aws_lb_listener.load_balancer]
}

run "listener_that_speaks_something_else" {
  command = plan

  variables {
    node = { host = "node.example.com", protocol = "HTTP", port = 443 }
  }

  expect_failures = [data.aws_lb_listener.load_balancer]
}

run "listener_on_another_port" {
  command = plan

  variables {
    node = { host = "node.example.com", protocol = "HTTPS", port = 8443 }
  }

  expect_failures = [data.aws_lb_listener.load_balancer]
}

run "method_around_the_node" {
  command = plan

  variables {
    all_routes = ["GET /orders", "GET /forgotten"]
  }

  expect_failures = [terraform_data.routing]
}

run "subnet_in_a_zone_without_vpc_links" {
  command = plan

  override_data {
    target = data.aws_subnets.without_vpc_links[0]
    values = { ids = ["subnet-0000000000000000a"] }
  }

  expect_failures = [data.aws_subnets.without_vpc_links]
}
