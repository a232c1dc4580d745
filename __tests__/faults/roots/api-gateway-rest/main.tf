# A REST API whose integrations and stage the module adopts, and load balancers that only the node uses.

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

# In front of the node.
variable "load_balancers" {
  type    = set(string)
  default = ["link"]
}

# The one that the API uses.
variable "load_balancer" {
  type    = string
  default = "link"
}

variable "secret_header" {
  type    = any
  default = null
}

variable "secret_header_values" {
  type    = map(string)
  default = null
}

# Null: no domain that needs a certificate.
variable "default_endpoint" {
  type    = string
  default = null
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

import {
  for_each = toset(var.default_endpoint == null ? [] : [var.ids["rest-api"]])

  to = module.wallarm_routing.aws_api_gateway_rest_api.adopted[0]
  id = each.value
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
  vpc_link             = { load_balancer_arns = { node = aws_lb_listener.node[var.load_balancer].load_balancer_arn } }
  backend_certificate  = var.backend_certificate
  secret_header        = var.secret_header
  secret_header_values = var.secret_header_values
  resource_policy      = { source_cidrs = ["203.0.113.0/24"] }

  node = {
    host               = "node.example.com"
    protocol           = "HTTPS"
    request_parameters = { "integration.request.header.X-Source-Ip" = "context.identity.sourceIp" }
  }
  client_mtls = var.default_endpoint == null ? null : {
    domain_name        = "clients.example.com"
    certificate_arn    = var.ids["certificate"]
    truststore_uri     = "s3://shop-truststore/clients.pem"
    truststore_version = var.ids["truststore-version"]
    default_endpoint   = var.default_endpoint
  }
}

resource "aws_lb_listener" "node" {
  for_each = var.load_balancers

  load_balancer_arn = var.ids["load-balancer.${each.key}"]
  protocol          = "TCP"
  port              = 443

  default_action {
    type             = "forward"
    target_group_arn = module.load_balancer_to_node[each.key].cutover_target_group_arn
  }
}

module "load_balancer_to_node" {
  source   = "../../../../modules/nlb"
  for_each = var.load_balancers

  name                 = "${each.key}-wallarm"
  vpc_id               = var.ids["vpc"]
  node_traffic_percent = 100
  target_group         = { preserve_client_ip = false }

  node = {
    security_group_id = var.ids["sg.node"]
    instance_ids      = { a = var.ids["instance.node.a"], b = var.ids["instance.node.b"] }
    port              = 443
  }
  application          = { security_group_id = var.ids["sg.application"], ports = [80] }
  load_balancer        = { security_group_ids = { node = var.ids["sg.${each.key}"] } }
  security_group_rules = { node_egress = each.key == "link", application_ingress = each.key == "link" }
}
