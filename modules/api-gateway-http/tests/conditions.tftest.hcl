# What only what exists already, or several variables together, can refuse. Each run breaks one condition, and
# __tests__/modules/messages-api-gateway-http.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "api_for_websockets" {
  command = plan

  override_data {
    target = data.aws_apigatewayv2_api.this
    values = { protocol_type = "WEBSOCKET" }
  }

  expect_failures = [data.aws_apigatewayv2_api.this]
}

run "listener_on_another_port" {
  command = plan

  variables {
    load_balancer = merge(var.load_balancer, { port = 8080 })
  }

  expect_failures = [data.aws_lb_listener.load_balancer]
}

run "listener_for_udp" {
  command = plan

  override_data {
    target = data.aws_lb_listener.load_balancer
    values = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2", protocol = "UDP", port = 80 }
  }

  expect_failures = [data.aws_lb_listener.load_balancer]
}

run "listener_for_https_without_a_server_name" {
  command = plan

  variables {
    load_balancer = merge(var.load_balancer, { port = 443 })
  }

  override_data {
    target = data.aws_lb_listener.load_balancer
    values = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2", protocol = "HTTPS", port = 443 }
  }

  expect_failures = [data.aws_lb_listener.load_balancer]
}

run "listener_for_http_with_a_server_name" {
  command = plan

  variables {
    load_balancer = merge(var.load_balancer, { server_name = "node.example.com", port = 80 })
  }

  expect_failures = [data.aws_lb_listener.load_balancer]
}

run "integration_that_leads_to_the_node" {
  command = plan

  variables {
    adopted_integrations = { shop = { integration_id = "i0000001", application = { uri = var.load_balancer.listener_arn, connection_id = "l0000001" } } }
  }

  expect_failures = [aws_apigatewayv2_integration.adopted]
}

run "integration_with_tls_on_one_side" {
  command = plan

  variables {
    adopted_integrations = { shop = merge(var.shop, { application = merge(var.shop.application, { server_name = "shop.example.com" }) }) }
  }

  expect_failures = [aws_apigatewayv2_integration.adopted]
}

run "integration_that_was_not_imported" {
  command = plan

  variables {
    adopted_integrations = { shop = var.shop }
  }

  override_resource {
    target          = aws_apigatewayv2_integration.adopted["shop"]
    override_during = plan
    values          = { id = "i0000000" }
  }

  expect_failures = [aws_apigatewayv2_integration.adopted]
}

run "route_that_was_not_imported" {
  command = plan

  variables {
    routes = { orders = var.orders }
  }

  override_resource {
    target          = aws_apigatewayv2_route.adopted["orders"]
    override_during = plan
    values          = { id = "r0000000" }
  }

  expect_failures = [aws_apigatewayv2_route.adopted]
}

run "route_whose_application_is_the_node" {
  command = plan

  variables {
    routes = { orders = merge(var.orders, { application_integration_id = "i0000001" }) }
  }

  expect_failures = [aws_apigatewayv2_route.adopted]
}

run "new_route_whose_application_is_the_node" {
  command = plan

  variables {
    routes = { rest = { route_key = "ANY /{proxy+}", application_integration_id = "i0000001", authorization = { type = "NONE" }, integration = {} } }
  }

  expect_failures = [aws_apigatewayv2_route.created]
}

run "api_that_was_not_imported" {
  command = plan

  variables {
    client_mtls = merge(var.truststore, { default_endpoint = "disabled" })
  }

  override_resource {
    target          = aws_apigatewayv2_api.adopted
    override_during = plan
    values          = { id = "z9y8x7w6v5" }
  }

  expect_failures = [aws_apigatewayv2_api.adopted]
}

run "subnet_in_a_zone_without_vpc_links" {
  command = plan

  override_data {
    target = data.aws_subnets.without_vpc_links[0]
    values = { ids = ["subnet-0000000000000000a"] }
  }

  expect_failures = [data.aws_subnets.without_vpc_links]
}

run "certificate_of_another_region" {
  command = plan

  variables {
    client_mtls = merge(var.truststore, {
      certificate_arn  = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000"
      default_endpoint = "disabled"
    })
  }

  expect_failures = [aws_apigatewayv2_domain_name.client_mtls]
}
