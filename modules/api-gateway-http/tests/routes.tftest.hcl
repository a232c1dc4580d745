# Routes that move to the node, existing and new, and their integrations.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

override_resource {
  target          = aws_apigatewayv2_integration.node
  override_during = plan
  values          = { id = "i0000009" }
}

variables {
  routes = {
    orders = var.orders
    checkout = {
      route_key                  = "POST /checkout"
      application_integration_id = "i0000003"
      authorization              = { type = "JWT", authorizer_id = "j0000001", scopes = ["shop"] }
      path                       = "/v1/$request.path"
      integration = {
        method               = "POST"
        timeout_milliseconds = 5000
        request_parameters   = { "overwrite:header.x-from" = "shop", "append:header.x-id" = "$context.requestId" }
        response_parameters  = { "404" = { "overwrite:statuscode" = "410" } }
      }
    }
  }
}

run "at_0_to_the_application" {
  command = plan

  variables {
    node_traffic_percent = 0
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = aws_apigatewayv2_route.adopted["orders"].target == "integrations/i0000002" && aws_apigatewayv2_route.created["checkout"].target == "integrations/i0000003"
    error_message = "A route does not lead to the application."
  }

  assert {
    condition     = keys(aws_apigatewayv2_integration.node) == ["checkout", "orders"]
    error_message = "The integration with the node is not prepared."
  }

  assert {
    condition     = { for key, entry_point in terraform_data.routing.input.entry_points : key => entry_point.application_integration_id } == { "route/orders" = "i0000002", "route/checkout" = "i0000003" }
    error_message = "The contract does not say where the requests go."
  }
}

run "at_100_to_the_node" {
  command = plan

  assert {
    condition     = aws_apigatewayv2_route.adopted["orders"].target == "integrations/i0000009" && aws_apigatewayv2_route.created["checkout"].target == "integrations/i0000009"
    error_message = "A route does not lead to the node."
  }

  assert {
    condition = jsonencode({
      api_id               = aws_apigatewayv2_integration.node["orders"].api_id
      integration_type     = aws_apigatewayv2_integration.node["orders"].integration_type
      integration_method   = aws_apigatewayv2_integration.node["orders"].integration_method
      integration_uri      = aws_apigatewayv2_integration.node["orders"].integration_uri
      connection_type      = aws_apigatewayv2_integration.node["orders"].connection_type
      connection_id        = aws_apigatewayv2_integration.node["orders"].connection_id
      payload_format       = aws_apigatewayv2_integration.node["orders"].payload_format_version
      request_parameters   = aws_apigatewayv2_integration.node["orders"].request_parameters
      timeout_milliseconds = aws_apigatewayv2_integration.node["orders"].timeout_milliseconds
      }) == jsonencode({
      api_id               = "a1b2c3d4e5"
      integration_type     = "HTTP_PROXY"
      integration_method   = "ANY"
      integration_uri      = var.load_balancer.listener_arn
      connection_type      = "VPC_LINK"
      connection_id        = "l0000001"
      payload_format       = "1.0"
      request_parameters   = { "overwrite:path" = "$request.path" }
      timeout_milliseconds = 30000
    })
    error_message = "The integration does not lead to the node, by the link, with the method and the path of the request."
  }

  assert {
    condition     = output.node_integration_ids == { checkout = "i0000009", orders = "i0000009" }
    error_message = "The integration is not told."
  }

  assert {
    condition     = alltrue([for entry_point in values(terraform_data.routing.input.entry_points) : entry_point.application_integration_id == null])
    error_message = "The contract names the application after the cutover."
  }
}

run "new_route" {
  command = plan

  assert {
    condition = jsonencode({
      key    = aws_apigatewayv2_route.created["checkout"].route_key
      type   = aws_apigatewayv2_route.created["checkout"].authorization_type
      id     = aws_apigatewayv2_route.created["checkout"].authorizer_id
      scopes = aws_apigatewayv2_route.created["checkout"].authorization_scopes
    }) == jsonencode({ key = "POST /checkout", type = "JWT", id = "j0000001", scopes = ["shop"] })
    error_message = "The new route does not ask for what the caller said."
  }

  assert {
    condition     = keys(aws_apigatewayv2_route.adopted) == ["orders"] && keys(aws_apigatewayv2_route.created) == ["checkout"]
    error_message = "An existing route is made, or a new one adopted."
  }
}

run "new_route_for_everybody" {
  command = plan

  variables {
    routes = {
      rest = { route_key = "ANY /{proxy+}", application_integration_id = "i0000003", authorization = { type = "NONE" }, integration = {} }
    }
  }

  assert {
    condition     = aws_apigatewayv2_route.created["rest"].authorization_type == "NONE" && aws_apigatewayv2_route.created["rest"].authorizer_id == null
    error_message = "The route asks for something."
  }
}

run "default_route" {
  command = plan

  variables {
    routes = { rest = merge(var.orders, { route_key = "$default" }) }
  }

  override_resource {
    target          = aws_apigatewayv2_route.adopted
    override_during = plan
    values          = { id = "r0000001" }
  }

  assert {
    condition     = aws_apigatewayv2_route.adopted["rest"].route_key == "$default" && aws_apigatewayv2_route.adopted["rest"].target == "integrations/i0000009"
    error_message = "The default route does not move to the node."
  }
}

run "settings_of_the_application" {
  command = plan

  variables {
    request_parameters = { "overwrite:header.x-from" = "api" }
  }

  assert {
    condition = jsonencode({
      method              = aws_apigatewayv2_integration.node["checkout"].integration_method
      timeout             = aws_apigatewayv2_integration.node["checkout"].timeout_milliseconds
      request_parameters  = aws_apigatewayv2_integration.node["checkout"].request_parameters
      response_parameters = aws_apigatewayv2_integration.node["checkout"].response_parameters
      }) == jsonencode({
      method  = "POST"
      timeout = 5000
      request_parameters = {
        "append:header.x-id"      = "$context.requestId"
        "overwrite:header.x-from" = "api"
        "overwrite:path"          = "/v1/$request.path"
      }
      response_parameters = [{ mappings = { "overwrite:statuscode" = "410" }, status_code = "404" }]
    })
    error_message = "The integration with the node does not have the settings of the application's."
  }
}

run "timeout_of_the_caller" {
  command = plan

  variables {
    timeout_milliseconds = 10000
  }

  assert {
    condition     = { for key, integration in aws_apigatewayv2_integration.node : key => integration.timeout_milliseconds } == { checkout = 10000, orders = 10000 }
    error_message = "The timeout is not the caller's."
  }
}
