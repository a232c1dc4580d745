# For the tests, which cannot import (Terraform mocks no import): what is adopted has its own values after it, here none.
# The tests put this file beside the module's own, where Terraform takes it for an override file.
resource "aws_apigatewayv2_integration" "adopted" {
  description = null
}

resource "aws_apigatewayv2_route" "adopted" {
  operation_name = null
}

resource "aws_apigatewayv2_stage" "adopted" {
  description = null
}

resource "aws_apigatewayv2_api" "adopted" {
  description = null
}
