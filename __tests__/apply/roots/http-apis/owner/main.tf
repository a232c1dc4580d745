# HTTP APIs as their owners have them. The owner keeps everything but the targets of the routes that move.

variable "listener_arn" {
  description = "ARN of the listener of the private application."
  type        = string
}

variable "subnet_ids" {
  type = list(string)
}

locals {
  apis = {
    functions = { integrations = {
      function = { type = "AWS_PROXY", method = "POST", uri = "arn:aws:lambda:us-east-1:123456789012:function:status" }
      shop     = { uri = "https://shop.example.com/{proxy}", timeout = 5000, response_parameters = { "404" = { "overwrite:statuscode" = "410" } } }
    } }
    private = { integrations = {
      shop = { uri = var.listener_arn, private = true, request_parameters = { "append:header.x-id" = "$context.requestId" } }
    } }
    tokens   = { integrations = { shop = { uri = "https://shop.example.com/v1/{id}", method = "GET" } } }
    catchall = { integrations = { shop = { uri = "https://shop.example.com" } } }
  }

  integrations = merge([
    for api, settings in local.apis : {
      for key, integration in settings.integrations : "${api}/${key}" => merge(
        { api = api, type = "HTTP_PROXY", method = "ANY", private = false, timeout = 30000, request_parameters = {}, response_parameters = {} },
        integration
      )
    }
  ]...)
}

resource "aws_apigatewayv2_api" "this" {
  for_each = local.apis

  name          = each.key
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "this" {
  for_each = local.apis

  api_id      = aws_apigatewayv2_api.this[each.key].id
  name        = "$default"
  auto_deploy = true
}

resource "aws_apigatewayv2_vpc_link" "private" {
  name               = "private"
  subnet_ids         = var.subnet_ids
  security_group_ids = []
}

resource "aws_apigatewayv2_integration" "this" {
  for_each = local.integrations

  api_id               = aws_apigatewayv2_api.this[each.value.api].id
  integration_type     = each.value.type
  integration_method   = each.value.method
  integration_uri      = each.value.uri
  connection_type      = each.value.private ? "VPC_LINK" : "INTERNET"
  connection_id        = each.value.private ? aws_apigatewayv2_vpc_link.private.id : null
  timeout_milliseconds = each.value.timeout
  request_parameters   = each.value.request_parameters

  dynamic "response_parameters" {
    for_each = each.value.response_parameters

    content {
      status_code = response_parameters.key
      mappings    = response_parameters.value
    }
  }

  lifecycle {
    # What the module adopts of the private integration. The others have nothing to ignore.
    ignore_changes = [connection_id, connection_type, integration_uri, request_parameters, timeout_milliseconds, tls_config]
  }
}

resource "aws_apigatewayv2_authorizer" "tokens" {
  api_id           = aws_apigatewayv2_api.this["tokens"].id
  name             = "tokens"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = "https://accounts.example.com"
    audience = ["shop"]
  }
}

locals {
  routes = {
    "functions/GET /status"   = "functions/function"
    "functions/ANY /{proxy+}" = "functions/shop"
    "private/ANY /orders"     = "private/shop"
    "private/$default"        = "private/shop"
    "tokens/GET /orders/{id}" = "tokens/shop"
    "catchall/$default"       = "catchall/shop"
  }
}

resource "aws_apigatewayv2_route" "this" {
  for_each = local.routes

  api_id               = aws_apigatewayv2_api.this[split("/", each.key)[0]].id
  route_key            = join("/", slice(split("/", each.key), 1, length(split("/", each.key))))
  target               = "integrations/${aws_apigatewayv2_integration.this[each.value].id}"
  authorization_type   = startswith(each.key, "tokens/") ? "JWT" : "NONE"
  authorizer_id        = startswith(each.key, "tokens/") ? aws_apigatewayv2_authorizer.tokens.id : null
  authorization_scopes = startswith(each.key, "tokens/") ? ["orders"] : null

  lifecycle {
    ignore_changes = [target]
  }
}

# The routes and integrations of this API are in no state.
resource "aws_apigatewayv2_api" "document" {
  name          = "document"
  protocol_type = "HTTP"
  version       = "1"

  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "document", version = "1" }
    paths = {
      "/orders" = {
        get = {
          "x-amazon-apigateway-integration" = { type = "HTTP_PROXY", httpMethod = "ANY", uri = "https://shop.example.com/orders", payloadFormatVersion = "1.0" }
        }
      }
    }
  })
}

output "vpc_link_id" {
  value = aws_apigatewayv2_vpc_link.private.id
}

output "authorizer_id" {
  value = aws_apigatewayv2_authorizer.tokens.id
}

output "api_ids" {
  value = merge({ for key, api in aws_apigatewayv2_api.this : key => api.id }, { document = aws_apigatewayv2_api.document.id })
}
