# A REST API whose integrations and stage the module adopts, and a load balancer that only the node uses.

variable "ids" {
  type = map(string)
}

variable "node_subnet_cidrs" {
  type = map(string)
}

variable "node_traffic_percent" {
  type = number
}

variable "backend_certificate" {
  type    = object({ names = set(string), active = string })
  default = { names = ["first"], active = "first" }
}

locals {
  routes = {
    "GET /orders"         = {}
    "POST /orders"        = {}
    "GET /orders/{id}"    = {}
    "ANY /files/{proxy+}" = { timeout_milliseconds = 20000 }
  }
}

import {
  for_each = local.routes

  to = module.wallarm_routing.aws_api_gateway_integration.adopted[each.key]
  id = module.wallarm_routing.import_ids.integrations[each.key]
}

import {
  to = module.wallarm_routing.aws_api_gateway_stage.adopted[0]
  id = module.wallarm_routing.import_ids.stage
}

# The ARN comes through the listener, so that the load balancer listens before requests move.
module "wallarm_routing" {
  source = "../../../../modules/api-gateway-rest"

  name                 = "shop-wallarm"
  node_traffic_percent = var.node_traffic_percent
  rest_api             = { id = var.ids["rest-api"], endpoint_type = "REGIONAL" }
  stage                = { name = "live", application_deployment_id = var.ids["deployment.shop"] }
  application          = { url = "https://shop.example.com" }
  routes               = local.routes
  vpc_link             = { load_balancer_arns = { node = aws_lb_listener.node.load_balancer_arn } }
  backend_certificate  = var.backend_certificate
  resource_policy      = { source_cidrs = ["203.0.113.0/24"] }

  node = {
    host               = "node.example.com"
    protocol           = "HTTPS"
    request_parameters = { "integration.request.header.X-Source-Ip" = "context.identity.sourceIp" }
  }
}

resource "aws_lb_listener" "node" {
  load_balancer_arn = var.ids["load-balancer.link"]
  protocol          = "TCP"
  port              = 443

  default_action {
    type             = "forward"
    target_group_arn = module.load_balancer_to_node.cutover_target_group_arn
  }
}

module "load_balancer_to_node" {
  source = "../../../../modules/nlb"

  name                 = "shop-wallarm"
  vpc_id               = var.ids["vpc"]
  node_traffic_percent = 100
  target_group         = { preserve_client_ip = false }

  node = {
    security_group_id = var.ids["sg.node"]
    instance_ids      = { a = var.ids["instance.node.a"], b = var.ids["instance.node.b"] }
    port              = 443
  }
  application   = { security_group_id = var.ids["sg.application"], ports = [80] }
  load_balancer = { security_group_ids = { node = var.ids["sg.link"] } }
}
