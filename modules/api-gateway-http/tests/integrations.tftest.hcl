# Adopted integrations: where they lead at 0 and at 100, and what of them is kept.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  adopted_integrations = {
    shop = {
      integration_id = "i0000001"
      application = {
        uri                  = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/0000000000000001"
        connection_id        = "l0000002"
        request_parameters   = { "append:header.x-stage" = "$context.stage", "overwrite:header.x-from" = "application" }
        timeout_milliseconds = 5000
      }
    }
  }
  request_parameters   = { "overwrite:header.x-from" = "api" }
  timeout_milliseconds = 29000
}

run "at_0_as_the_application_has_it" {
  command = plan

  variables {
    node_traffic_percent = 0
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition = jsonencode({
      connection_type    = aws_apigatewayv2_integration.adopted["shop"].connection_type
      connection_id      = aws_apigatewayv2_integration.adopted["shop"].connection_id
      uri                = aws_apigatewayv2_integration.adopted["shop"].integration_uri
      request_parameters = aws_apigatewayv2_integration.adopted["shop"].request_parameters
      timeout            = aws_apigatewayv2_integration.adopted["shop"].timeout_milliseconds
      tls                = length(aws_apigatewayv2_integration.adopted["shop"].tls_config)
      }) == jsonencode({
      connection_type    = "VPC_LINK"
      connection_id      = "l0000002"
      uri                = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/0000000000000001"
      request_parameters = { "append:header.x-stage" = "$context.stage", "overwrite:header.x-from" = "application" }
      timeout            = 5000
      tls                = 0
    })
    error_message = "The integration does not lead to the application as before."
  }

  assert {
    condition     = terraform_data.routing.input.entry_points["integration/shop"].application_uri == var.adopted_integrations["shop"].application.uri
    error_message = "The contract does not say where the requests go."
  }
}

# Without expect_failures: the checks are quiet.
run "at_100_to_the_node" {
  command = plan

  assert {
    condition = jsonencode({
      connection_type    = aws_apigatewayv2_integration.adopted["shop"].connection_type
      connection_id      = aws_apigatewayv2_integration.adopted["shop"].connection_id
      uri                = aws_apigatewayv2_integration.adopted["shop"].integration_uri
      request_parameters = aws_apigatewayv2_integration.adopted["shop"].request_parameters
      timeout            = aws_apigatewayv2_integration.adopted["shop"].timeout_milliseconds
      tls                = length(aws_apigatewayv2_integration.adopted["shop"].tls_config)
      }) == jsonencode({
      connection_type    = "VPC_LINK"
      connection_id      = "l0000001"
      uri                = var.load_balancer.listener_arn
      request_parameters = { "append:header.x-stage" = "$context.stage", "overwrite:header.x-from" = "api", "overwrite:path" = "$request.path" }
      timeout            = 29000
      tls                = 0
    })
    error_message = "The integration does not lead to the node, without the stage's name, with the application's mappings."
  }

  assert {
    condition = jsonencode(output.cutover_integration) == jsonencode({
      connection_id          = "l0000001"
      connection_type        = "VPC_LINK"
      integration_method     = "ANY"
      integration_type       = "HTTP_PROXY"
      integration_uri        = var.load_balancer.listener_arn
      payload_format_version = "1.0"
      request_parameters     = { "overwrite:header.x-from" = "api", "overwrite:path" = "$request.path" }
      server_name            = null
      timeout_milliseconds   = 29000
    })
    error_message = "An owner who pastes would not send the requests to the node."
  }

  assert {
    condition     = terraform_data.routing.input.entry_points["integration/shop"].application_uri == null
    error_message = "The contract names the application after the cutover."
  }
}

run "tls_to_the_application" {
  command = plan

  variables {
    node_traffic_percent = 0
    load_balancer        = merge(var.load_balancer, { server_name = "node.example.com" })
    adopted_integrations = { shop = merge(var.shop, { application = merge(var.shop.application, { server_name = "shop.example.com" }) }) }
  }

  override_data {
    target = data.aws_lb_listener.load_balancer
    values = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2", protocol = "HTTPS", port = 443 }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = jsonencode(aws_apigatewayv2_integration.adopted["shop"].tls_config[*].server_name_to_verify) == jsonencode(["shop.example.com"])
    error_message = "API Gateway verifies another certificate than before."
  }
}

run "timeout_of_the_application" {
  command = plan

  variables {
    timeout_milliseconds = null
  }

  assert {
    condition     = aws_apigatewayv2_integration.adopted["shop"].timeout_milliseconds == 5000
    error_message = "The timeout of the application gets lost."
  }
}

run "path_of_the_caller" {
  command = plan

  variables {
    adopted_integrations = { shop = merge(var.shop, { path = "/v1/$request.path.proxy" }) }
  }

  assert {
    condition     = aws_apigatewayv2_integration.adopted["shop"].request_parameters["overwrite:path"] == "/v1/$request.path.proxy"
    error_message = "The node gets another path than the application had."
  }
}

run "path_that_the_integration_maps_already" {
  command = plan

  variables {
    adopted_integrations = {
      shop = merge(var.shop, { application = merge(var.shop.application, { request_parameters = { "overwrite:path" = "/v2/$request.path.id" } }) })
    }
  }

  assert {
    condition     = aws_apigatewayv2_integration.adopted["shop"].request_parameters["overwrite:path"] == "/v2/$request.path.id"
    error_message = "The node gets another path than the application had."
  }
}

run "secret_header" {
  command = plan

  variables {
    routes               = { orders = var.orders }
    secret_header        = { name = "X-From-Api-Gateway" }
    secret_header_values = { blue = "0123456789abcdef0123456789abcdef" }
  }

  override_resource {
    target          = aws_apigatewayv2_integration.node
    override_during = plan
    values          = { id = "i0000009" }
  }

  assert {
    condition     = nonsensitive(aws_apigatewayv2_integration.adopted["shop"].request_parameters["overwrite:header.X-From-Api-Gateway"]) == "0123456789abcdef0123456789abcdef" && nonsensitive(aws_apigatewayv2_integration.node["orders"].request_parameters["overwrite:header.X-From-Api-Gateway"]) == "0123456789abcdef0123456789abcdef"
    error_message = "The header is not sent with every request to the node."
  }

  assert {
    condition     = issensitive(aws_apigatewayv2_integration.adopted["shop"].request_parameters["overwrite:header.X-From-Api-Gateway"]) && !issensitive(aws_apigatewayv2_integration.adopted["shop"].request_parameters["overwrite:path"])
    error_message = "The plan shows the header's value, or hides the path."
  }
}
