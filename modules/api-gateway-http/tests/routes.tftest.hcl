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
    condition     = keys(aws_apigatewayv2_integration.node) == ["$request.path"]
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
      api_id               = aws_apigatewayv2_integration.node["$request.path"].api_id
      integration_type     = aws_apigatewayv2_integration.node["$request.path"].integration_type
      integration_method   = aws_apigatewayv2_integration.node["$request.path"].integration_method
      integration_uri      = aws_apigatewayv2_integration.node["$request.path"].integration_uri
      connection_type      = aws_apigatewayv2_integration.node["$request.path"].connection_type
      connection_id        = aws_apigatewayv2_integration.node["$request.path"].connection_id
      payload_format       = aws_apigatewayv2_integration.node["$request.path"].payload_format_version
      request_parameters   = aws_apigatewayv2_integration.node["$request.path"].request_parameters
      timeout_milliseconds = aws_apigatewayv2_integration.node["$request.path"].timeout_milliseconds
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
    condition     = output.node_integration_ids == { "$request.path" = "i0000009" }
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
      rest = { route_key = "ANY /{proxy+}", application_integration_id = "i0000003", authorization = { type = "NONE" } }
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

run "integration_for_each_path" {
  command = plan

  variables {
    routes = {
      orders = var.orders
      legacy = { route_key = "ANY /legacy/{proxy+}", application_integration_id = "i0000004", authorization = { type = "NONE" }, path = "/v1/$request.path.proxy" }
      pair   = { route_key = "GET /a/{x}/{y}", application_integration_id = "i0000004", authorization = { type = "NONE" }, path = "$${request.path.x}/$${request.path.y}" }
      both   = { route_key = "GET /orders", application_integration_id = "i0000002", authorization = { type = "NONE" } }
    }
  }

  assert {
    condition     = { for path, integration in aws_apigatewayv2_integration.node : path => integration.request_parameters["overwrite:path"] } == { for path in ["$request.path", "/v1/$request.path.proxy", "$${request.path.x}/$${request.path.y}"] : path => path }
    error_message = "There is not one integration for each path."
  }
}
