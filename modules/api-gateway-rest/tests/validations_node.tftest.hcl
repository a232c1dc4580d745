# Every rule on vpc_link, node, secret_header and secret_header_value refuses a value. Each run breaks one
# rule, and __tests__/modules/messages-api-gateway-rest.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "link_of_which_nothing_is_known" {
  command = plan

  variables {
    vpc_link = {}
  }

  expect_failures = [var.vpc_link]
}

run "link_both_new_and_existing" {
  command = plan

  variables {
    vpc_link = { id = "link01", load_balancer_arns = { node = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188" } }
  }

  expect_failures = [var.vpc_link]
}

run "link_to_two_load_balancers" {
  command = plan

  variables {
    vpc_link = { load_balancer_arns = { a = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188", b = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188" } }
  }

  expect_failures = [var.vpc_link]
}

run "link_to_a_load_balancer_by_name" {
  command = plan

  variables {
    vpc_link = { load_balancer_arns = { node = "node" } }
  }

  expect_failures = [var.vpc_link]
}

run "link_by_name" {
  command = plan

  variables {
    vpc_link = { id = "Node Link" }
  }

  expect_failures = [var.vpc_link]
}

run "node_by_url" {
  command = plan

  variables {
    node = { host = "https://node.internal" }
  }

  expect_failures = [var.node]
}

run "node_protocol_of_a_connection" {
  command = plan

  variables {
    node = { host = "node.internal", protocol = "TCP" }
  }

  expect_failures = [var.node]
}

run "node_port_0" {
  command = plan

  variables {
    node = { host = "node.internal", port = 0 }
  }

  expect_failures = [var.node]
}

run "node_timeout_in_seconds" {
  command = plan

  variables {
    node = { host = "node.internal", timeout_milliseconds = 29 }
  }

  expect_failures = [var.node]
}

run "node_timeout_of_an_edge_optimized_api" {
  command = plan

  variables {
    rest_api = { id = "a1b2c3d4e5", endpoint_type = "EDGE" }
    node     = { host = "node.internal", timeout_milliseconds = 29001 }
  }

  expect_failures = [var.node]
}

run "node_parameter_by_its_header" {
  command = plan

  variables {
    node = { host = "node.internal", request_parameters = { "X-From" = "'api'" } }
  }

  expect_failures = [var.node]
}

run "secret_header_without_a_value" {
  command = plan

  variables {
    secret_header = { name = "X-Gateway-Secret" }
  }

  expect_failures = [var.secret_header]
}

run "secret_header_value_without_a_name" {
  command = plan

  variables {
    secret_header_value = { value = "0123456789abcdefghijklmnopqrstuv" }
  }

  expect_failures = [var.secret_header]
}

run "secret_header_with_an_underscore" {
  command = plan

  variables {
    secret_header       = { name = "X_Gateway" }
    secret_header_value = { value = "0123456789abcdefghijklmnopqrstuv" }
  }

  expect_failures = [var.secret_header]
}

run "secret_header_with_a_meaning" {
  command = plan

  variables {
    secret_header       = { name = "Authorization" }
    secret_header_value = { value = "0123456789abcdefghijklmnopqrstuv" }
  }

  expect_failures = [var.secret_header]
}

run "secret_header_value_that_can_be_guessed" {
  command = plan

  variables {
    secret_header       = { name = "X-Gateway-Secret" }
    secret_header_value = { value = "secret" }
  }

  expect_failures = [var.secret_header_value]
}
