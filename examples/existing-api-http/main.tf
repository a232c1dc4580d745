# An HTTP API in front of a public application. One integration serves three routes, one serves some of the paths, and
# one calls a Lambda function.

resource "aws_apigatewayv2_api" "shop" {
  name          = var.name
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "live" {
  api_id      = aws_apigatewayv2_api.shop.id
  name        = "live"
  auto_deploy = true
}

locals {
  integrations = {
    shop = {
      type               = "HTTP_PROXY"
      method             = "ANY"
      uri                = var.application_url
      request_parameters = { "overwrite:path" = "$request.path" }
    }
    legacy = {
      type               = "HTTP_PROXY"
      method             = "ANY"
      uri                = "${var.application_url}/v1/{proxy}"
      request_parameters = {}
    }
    function = {
      type               = "AWS_PROXY"
      method             = "POST"
      uri                = var.function_arn
      request_parameters = {}
    }
  }

  # Route key => integration
  routes = {
    "$default"             = "shop"
    "GET /orders/{id}"     = "shop"
    "ANY /catalog/{path+}" = "shop"
    "ANY /legacy/{proxy+}" = "legacy"
    "GET /status"          = "function"
  }
}

resource "aws_apigatewayv2_integration" "this" {
  for_each = local.integrations

  api_id             = aws_apigatewayv2_api.shop.id
  integration_type   = each.value.type
  integration_method = each.value.method
  integration_uri    = each.value.uri
  request_parameters = each.value.request_parameters
}

resource "aws_apigatewayv2_route" "this" {
  for_each = local.routes

  api_id    = aws_apigatewayv2_api.shop.id
  route_key = each.key
  target    = "integrations/${aws_apigatewayv2_integration.this[each.value].id}"

  lifecycle {
    # ../api-gateway-http/complete manages the target of the routes. Without this, each apply here would send the requests
    # around the node again.
    ignore_changes = [target]
  }
}
