# For the tests, which cannot import (Terraform mocks no import): what is adopted has its own values after it, here none.
# The tests put this file beside the module's own, where Terraform takes it for an override file.
resource "aws_api_gateway_integration" "adopted" {
  credentials = null
}

resource "aws_api_gateway_stage" "adopted" {
  description = null
}

resource "aws_api_gateway_rest_api" "adopted" {
  description = null
}
