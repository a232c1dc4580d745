# The routes of the API as it exports them before the plan: those that bypass the node, and what the integration of a moved
# route sets.

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
  all_routes      = null
  accepted_routes = ["GET /status"]
}

run "routes_that_all_pass_the_node" {
  command = plan

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

run "routes_that_bypass_the_node" {
  command = plan

  variables {
    stage = { name = "live", deployment = "owner" }
  }

  override_data {
    target = data.aws_apigatewayv2_export.routes
    values = {
      body = <<-EOT
        {
          "openapi": "3.0.1",
          "components": {"x-amazon-apigateway-integrations": {"shop": {"type": "HTTP_PROXY", "uri": "https://shop.example.com/v2/{proxy}"}}},
          "paths": {
            "/$default": {"x-amazon-apigateway-any-method": {"isDefaultRoute": true, "x-amazon-apigateway-integration": {"uri": "https://shop.example.com"}}},
            "/orders/{id}": {
              "parameters": [{"name": "id"}],
              "get": {"x-amazon-apigateway-integration": {"uri": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2"}},
              "x-amazon-apigateway-any-method": {"x-amazon-apigateway-integration": {"uri": "https://shop.example.com/orders/{id}"}}
            },
            "/shared/{proxy+}": {"get": {"x-amazon-apigateway-integration": {"$ref": "#/components/x-amazon-apigateway-integrations/shop"}}},
            "/mapped": {"get": {"x-amazon-apigateway-integration": {"type": "http_proxy", "uri": "https://shop.example.com/x", "requestParameters": {"overwrite:path": "/y"}}}},
            "/private": {"put": {"x-amazon-apigateway-integration": {"type": "http_proxy", "connectionType": "VPC_LINK", "uri": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/0000000000000001"}}},
            "/function": {"get": {"x-amazon-apigateway-integration": {"type": "aws_proxy", "uri": "arn:aws:lambda:eu-central-1:123456789012:function:other"}}},
            "/later": {"post": {}}
          }
        }
      EOT
    }
  }

  expect_failures = [check.no_route_bypasses_the_node]

  assert {
    condition = output.routes_around_the_node == {
      "$default"             = { uri = "https://shop.example.com", path = "$request.path" }
      "ANY /orders/{id}"     = { uri = "https://shop.example.com/orders/{id}", path = "$request.path" }
      "GET /function"        = { uri = "arn:aws:lambda:eu-central-1:123456789012:function:other", path = "$request.path" }
      "GET /mapped"          = { uri = "https://shop.example.com/x", path = "/y" }
      "GET /shared/{proxy+}" = { uri = "https://shop.example.com/v2/{proxy}", path = "/v2/$request.path.proxy" }
      "POST /later"          = { uri = "no integration", path = "$request.path" }
      "PUT /private"         = { uri = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/0000000000000001", path = "/live$${request.path}" }
    }
    error_message = "The routes that lead elsewhere are not named by key, with the path that the application gets."
  }

  assert {
    condition     = data.aws_apigatewayv2_export.routes[0].stage_name == "live"
    error_message = "The stage is not read, to which changes come only by a deployment."
  }
}

# Without expect_failures: the checks are quiet.
run "routes_that_this_plan_moves" {
  command = plan

  variables {
    adopted_integrations = { shop = var.shop }
    routes               = { orders = var.orders }
  }

  override_data {
    target = data.aws_apigatewayv2_export.routes
    values = {
      body = <<-EOT
        {"paths": {
          "/orders/{id}": {"get": {"x-amazon-apigateway-integration": {"type": "http_proxy", "uri": "https://shop.example.com"}}},
          "/catalog": {"get": {"x-amazon-apigateway-integration": {"type": "http_proxy", "uri": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/0000000000000001"}}}
        }}
      EOT
    }
  }

  assert {
    condition     = length(output.routes_around_the_node) == 0
    error_message = "Routes that move are named."
  }
}

# What the module changes reaches clients with the deployment of the owner.
run "routes_that_the_owner_has_not_deployed" {
  command = plan

  variables {
    adopted_integrations = { shop = var.shop }
    routes               = { orders = var.orders }
    stage                = { deployment = "owner" }
  }

  override_data {
    target = data.aws_apigatewayv2_export.routes
    values = {
      body = <<-EOT
        {"paths": {
          "/orders/{id}": {"get": {"x-amazon-apigateway-integration": {"type": "http_proxy", "uri": "https://shop.example.com"}}},
          "/catalog": {"get": {"x-amazon-apigateway-integration": {"type": "http_proxy", "uri": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/0000000000000001"}}}
        }}
      EOT
    }
  }

  expect_failures = [check.no_route_bypasses_the_node]

  assert {
    condition     = keys(output.routes_around_the_node) == ["GET /catalog", "GET /orders/{id}"]
    error_message = "Routes that the stage still sends to the application are not named."
  }
}

# And not check.no_route_bypasses_the_node.
run "routes_before_the_cutover" {
  command = plan

  variables {
    node_traffic_percent = 0
    routes               = { orders = var.orders }
    stage                = { deployment = "owner" }
  }

  override_data {
    target = data.aws_apigatewayv2_export.routes
    values = {
      body = <<-EOT
        {"paths": {
          "/orders/{id}": {"get": {"x-amazon-apigateway-integration": {"uri": "https://shop.example.com"}}},
          "/forgotten": {"get": {"x-amazon-apigateway-integration": {"uri": "https://shop.example.com"}}}
        }}
      EOT
    }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = keys(output.routes_around_the_node) == ["GET /forgotten"]
    error_message = "The routes that would bypass the node are not shown before the cutover."
  }
}

run "export_that_is_no_document" {
  command = plan

  override_data {
    target = data.aws_apigatewayv2_export.routes
    values = {
      body = <<-EOT
        openapi: 3.0.1
      EOT
    }
  }

  expect_failures = [check.routes_are_read]

  assert {
    condition     = length(output.routes_around_the_node) == 0
    error_message = "Routes are made up."
  }
}

run "settings_that_would_be_lost" {
  command = plan

  variables {
    routes = { orders = var.orders }
  }

  override_data {
    target = data.aws_apigatewayv2_export.routes
    values = {
      body = <<-EOT
        {"paths": {"/orders/{id}": {"get": {"x-amazon-apigateway-integration": {
          "type": "http_proxy",
          "httpMethod": "GET",
          "uri": "https://shop.example.com/v1/{id}",
          "timeoutInMillis": 5000,
          "requestParameters": {"append:header.x-id": "$context.requestId"},
          "responseParameters": {"404": {"overwrite:statuscode": "410"}}
        }}}}}
      EOT
    }
  }

  expect_failures = [aws_apigatewayv2_integration.node]
}

run "settings_that_are_kept" {
  command = plan

  variables {
    routes = {
      orders = merge(var.orders, {
        path = "/v1/$request.path.id"
        integration = {
          method               = "GET"
          timeout_milliseconds = 5000
          request_parameters   = { "append:header.x-id" = "$context.requestId" }
          response_parameters  = { "404" = { "overwrite:statuscode" = "410" } }
        }
      })
    }
  }

  override_data {
    target = data.aws_apigatewayv2_export.routes
    values = {
      body = <<-EOT
        {"paths": {"/orders/{id}": {"get": {"x-amazon-apigateway-integration": {
          "type": "http_proxy",
          "httpMethod": "GET",
          "uri": "https://shop.example.com/v1/{id}",
          "timeoutInMillis": 5000,
          "requestParameters": {"append:header.x-id": "$context.requestId"},
          "responseParameters": {"404": {"overwrite:statuscode": "410"}}
        }}}}}
      EOT
    }
  }
}

# Its method and its parameters are those of the call of the function.
run "settings_of_a_function" {
  command = plan

  variables {
    routes = { orders = var.orders }
  }

  override_data {
    target = data.aws_apigatewayv2_export.routes
    values = {
      body = <<-EOT
        {"paths": {"/orders/{id}": {"get": {"x-amazon-apigateway-integration": {
          "type": "aws_proxy", "httpMethod": "POST", "uri": "arn:aws:lambda:eu-central-1:123456789012:function:shop", "requestParameters": {"QueueUrl": "x"}
        }}}}}
      EOT
    }
  }
}

# At the node, the export shows the settings of the node.
run "settings_of_the_node" {
  command = plan

  variables {
    routes = { orders = var.orders }
  }

  override_data {
    target = data.aws_apigatewayv2_export.routes
    values = {
      body = <<-EOT
        {"paths": {"/orders/{id}": {"get": {"x-amazon-apigateway-integration": {
          "type": "http_proxy",
          "httpMethod": "GET",
          "uri": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2",
          "timeoutInMillis": 5000,
          "requestParameters": {"append:header.x-id": "$context.requestId"},
          "responseParameters": {"404": {"overwrite:statuscode": "410"}}
        }}}}}
      EOT
    }
  }
}
