# Routes whose integration the module replaces.

variable "ids" {
  type = map(string)
}

variable "node_subnet_cidrs" {
  type = map(string)
}

variable "node_traffic_percent" {
  type = number
}

variable "name" {
  type    = string
  default = "shop-wallarm"
}

variable "node_group" {
  type    = string
  default = "sg.node"
}

variable "application_group" {
  type    = string
  default = "sg.application"
}

variable "link_zones" {
  type    = list(string)
  default = ["a", "b"]
}

variable "creates_route" {
  type    = bool
  default = false
}

variable "load_balancer" {
  type    = object({ name = string, port = number })
  default = { name = "node", port = 80 }
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

import {
  to = module.wallarm_routing.aws_apigatewayv2_route.adopted["shop"]
  id = "${var.ids["api"]}/${var.ids["route.shop"]}"
}

import {
  to = module.wallarm_routing.aws_apigatewayv2_route.adopted["legacy"]
  id = "${var.ids["api"]}/${var.ids["route.legacy"]}"
}

import {
  for_each = toset(var.default_endpoint == null ? [] : [var.ids["api"]])

  to = module.wallarm_routing.aws_apigatewayv2_api.adopted[0]
  id = each.value
}

module "wallarm_routing" {
  source = "../../../../modules/api-gateway-http"

  name                 = var.name
  vpc_id               = var.ids["vpc"]
  node_traffic_percent = var.node_traffic_percent
  node                 = { security_group_id = var.ids[var.node_group] }
  application          = { security_group_id = var.ids[var.application_group], ports = [80] }

  load_balancer = {
    listener_arn       = var.ids["listener.${var.load_balancer.name}"]
    port               = var.load_balancer.port
    security_group_ids = { (var.load_balancer.name) = var.ids["sg.${var.load_balancer.name}-load-balancer"] }
  }
  vpc_link = { subnet_ids = [for zone in var.link_zones : var.ids["subnet.node.${zone}"]] }
  api_id   = var.ids["api"]

  secret_header        = var.secret_header
  secret_header_values = var.secret_header_values
  client_mtls = var.default_endpoint == null ? null : {
    domain_name        = "clients.example.com"
    certificate_arn    = var.ids["certificate"]
    truststore_uri     = "s3://shop-truststore/clients.pem"
    truststore_version = var.ids["truststore-version"]
    default_endpoint   = var.default_endpoint
  }

  routes = merge(var.creates_route ? local.new_routes : {}, {
    shop = {
      route_key                  = "$default"
      route_id                   = var.ids["route.shop"]
      application_integration_id = var.ids["integration.shop"]
    }
    legacy = {
      route_key                  = "ANY /legacy/{proxy+}"
      route_id                   = var.ids["route.legacy"]
      application_integration_id = var.ids["integration.legacy"]
      path                       = "/v1/$request.path.proxy"
    }
  })
}

locals {
  new_routes = {
    orders = {
      route_key                  = "POST /orders"
      application_integration_id = var.ids["integration.shop"]
      authorization              = { type = "NONE" }
      integration                = {}
    }
  }
}
