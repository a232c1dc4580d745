# Routes that bypass the node at 100 percent, read from the API. Applied, as they are read when all changes are made, and without
# anything adopted, which a test would have to destroy.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  all_routes      = null
  accepted_routes = ["GET /status"]
}

run "routes_of_the_api_that_all_pass_the_node" {
  override_data {
    target = data.aws_apigatewayv2_export.routes
    values = {
      body = <<-EOT
        {"openapi": "3.0.1", "paths": {
          "/$default": {"x-amazon-apigateway-any-method": {"isDefaultRoute": true, "x-amazon-apigateway-integration": {"uri": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2"}}},
          "/status": {"get": {"x-amazon-apigateway-integration": {"uri": "arn:aws:lambda:eu-central-1:123456789012:function:status"}}}
        }}
      EOT
    }
  }

  assert {
    condition     = length(output.routes_around_the_node) == 0
    error_message = "A route with the node, or an accepted one, is named."
  }

  assert {
    condition     = data.aws_apigatewayv2_export.routes[0].specification == "OAS30" && data.aws_apigatewayv2_export.routes[0].output_type == "JSON" && data.aws_apigatewayv2_export.routes[0].stage_name == null
    error_message = "The API's latest configuration is not read."
  }

  assert {
    condition     = terraform_data.routing.input.application.accepted.routes == tolist(["GET /status"])
    error_message = "The contract does not list the routes that bypass the node."
  }
}

run "routes_of_the_api_that_go_around_the_node" {
  variables {
    stage = { name = "live", deployment = "owner" }
  }

  override_data {
    target = data.aws_apigatewayv2_export.routes
    values = {
      body = <<-EOT
        {"openapi": "3.0.1", "paths": {
          "/$default": {"x-amazon-apigateway-any-method": {"isDefaultRoute": true, "x-amazon-apigateway-integration": {"uri": "https://shop.example.com"}}},
          "/orders/{id}": {
            "parameters": [{"name": "id"}],
            "get": {"x-amazon-apigateway-integration": {"uri": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2"}},
            "x-amazon-apigateway-any-method": {"x-amazon-apigateway-integration": {"uri": "https://shop.example.com/orders"}}
          },
          "/later": {"post": {}}
        }}
      EOT
    }
  }

  expect_failures = [check.no_route_bypasses_the_node]

  assert {
    condition = output.routes_around_the_node == {
      "$default"         = "https://shop.example.com"
      "ANY /orders/{id}" = "https://shop.example.com/orders"
      "POST /later"      = "no integration"
    }
    error_message = "The routes that lead elsewhere are not named by key."
  }

  assert {
    condition     = data.aws_apigatewayv2_export.routes[0].stage_name == "live"
    error_message = "The stage is not read, to which changes come only by a deployment."
  }
}

run "routes_of_the_api_before_the_cutover" {
  variables {
    node_traffic_percent = 0
  }

  override_data {
    target = data.aws_apigatewayv2_export.routes
    values = {
      body = <<-EOT
        {"paths": {"/orders": {"get": {"x-amazon-apigateway-integration": {"uri": "https://shop.example.com"}}}}}
      EOT
    }
  }

  # And not check.no_route_bypasses_the_node.
  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = output.routes_around_the_node == { "GET /orders" = "https://shop.example.com" }
    error_message = "The routes are not shown before the cutover."
  }
}

run "export_that_is_no_document" {
  override_data {
    target = data.aws_apigatewayv2_export.routes
    values = { body = "openapi: 3.0.1" }
  }

  expect_failures = [check.routes_are_read]

  assert {
    condition     = length(output.routes_around_the_node) == 0
    error_message = "Routes are made up."
  }
}
