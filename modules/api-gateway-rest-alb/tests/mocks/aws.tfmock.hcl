# An AWS with a REST API, and a load balancer with a listener for HTTPS.

mock_data "aws_api_gateway_resource" {
  defaults = { id = "abc123" }
}

mock_data "aws_api_gateway_export" {
  defaults = { body = "{\"paths\":{\"/orders\":{\"get\":{}},\"/orders/{id}\":{\"get\":{}}}}" }
}

mock_data "aws_lb_listener" {
  defaults = {
    arn               = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2"
    load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/50dc6c495c0c9188"
    port              = 443
    protocol          = "HTTPS"
  }
}

mock_resource "aws_apigatewayv2_vpc_link" {
  defaults = { id = "l0000001" }
}

mock_resource "aws_api_gateway_deployment" {
  defaults = { id = "d0000001" }
}

mock_resource "aws_security_group" {
  defaults = { id = "sg-0000000000000000f" }
}
