# A route whose owner moves the requests, in the same state: README of the module, cutover_integration.

variable "ids" {
  type = map(string)
}

variable "node_subnet_cidrs" {
  type = map(string)
}

variable "node_traffic_percent" {
  type = number
}

import {
  to = aws_apigatewayv2_route.shop
  id = "${var.ids["api"]}/${var.ids["route.shop"]}"
}

resource "aws_apigatewayv2_route" "shop" {
  api_id    = var.ids["api"]
  route_key = "$default"
  target    = "integrations/${var.node_traffic_percent == 100 ? aws_apigatewayv2_integration.node.id : var.ids["integration.shop"]}"
}

resource "aws_apigatewayv2_integration" "node" {
  api_id                 = var.ids["api"]
  integration_type       = module.wallarm_routing.cutover_integration.integration_type
  integration_method     = module.wallarm_routing.cutover_integration.integration_method
  connection_type        = module.wallarm_routing.cutover_integration.connection_type
  connection_id          = module.wallarm_routing.cutover_integration.connection_id
  integration_uri        = module.wallarm_routing.cutover_integration.integration_uri
  payload_format_version = module.wallarm_routing.cutover_integration.payload_format_version
  request_parameters     = module.wallarm_routing.cutover_integration.request_parameters
  timeout_milliseconds   = module.wallarm_routing.cutover_integration.timeout_milliseconds
}

module "wallarm_routing" {
  source = "../../../../modules/api-gateway-http"

  name                 = "shop-wallarm"
  vpc_id               = var.ids["vpc"]
  node_traffic_percent = var.node_traffic_percent
  node                 = { security_group_id = var.ids["sg.node"] }
  application          = { security_group_id = var.ids["sg.application"], ports = [80] }

  load_balancer = {
    listener_arn       = var.ids["listener.node"]
    security_group_ids = { node = var.ids["sg.node-load-balancer"] }
  }
  vpc_link = { subnet_ids = [var.ids["subnet.node.a"], var.ids["subnet.node.b"]] }
  api_id   = var.ids["api"]
}
