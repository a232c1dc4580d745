# An AWS with an HTTP API, and a load balancer with a listener for HTTP. What the module adopts is what terraform.tfvars names:
# an import cannot be mocked.

mock_data "aws_apigatewayv2_api" {
  defaults = {
    name                         = "shop"
    protocol_type                = "HTTP"
    api_endpoint                 = "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"
    disable_execute_api_endpoint = false
  }
}

mock_data "aws_apigatewayv2_export" {
  defaults = {
    body = <<-EOT
      {"openapi": "3.0.1", "paths": {}}
    EOT
  }
}

mock_data "aws_lb_listener" {
  defaults = {
    arn      = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2"
    port     = 80
    protocol = "HTTP"
  }
}

mock_data "aws_region" {
  defaults = { id = "eu-central-1" }
}

mock_resource "aws_apigatewayv2_api" {
  defaults = { id = "a1b2c3d4e5" }
}

mock_resource "aws_apigatewayv2_integration" {
  defaults = { id = "i0000001" }
}

mock_resource "aws_apigatewayv2_route" {
  defaults = { id = "r0000001" }
}

mock_resource "aws_apigatewayv2_vpc_link" {
  defaults = { id = "l0000001" }
}

mock_resource "aws_security_group" {
  defaults = { id = "sg-0000000000000000f" }
}
