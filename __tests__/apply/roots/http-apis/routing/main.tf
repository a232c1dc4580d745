# A node behind several HTTP APIs, one call of the module for each.

variable "apis" {
  description = "Arguments of the module by API: api_id, routes, adopted_integrations, accepted_routes."
  type        = any
}

variable "load_balancer" {
  type = any
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "node_security_group_id" {
  type = string
}

variable "node_traffic_percent" {
  type = number
}

locals {
  routes = merge([
    for api, arguments in var.apis : {
      for key, route in try(arguments.routes, {}) : "${api}/${key}" => merge(route, { api = api, key = key }) if try(route.route_id, null) != null
    }
  ]...)

  integrations = merge([
    for api, arguments in var.apis : {
      for key, integration in try(arguments.adopted_integrations, {}) : "${api}/${key}" => merge(integration, { api = api, key = key })
    }
  ]...)
}

import {
  for_each = local.routes

  to = module.wallarm_routing[each.value.api].aws_apigatewayv2_route.adopted[each.value.key]
  id = "${var.apis[each.value.api].api_id}/${each.value.route_id}"
}

import {
  for_each = local.integrations

  to = module.wallarm_routing[each.value.api].aws_apigatewayv2_integration.adopted[each.value.key]
  id = "${var.apis[each.value.api].api_id}/${each.value.integration_id}"
}

module "wallarm_routing" {
  source   = "../../../../../modules/api-gateway-http"
  for_each = var.apis

  name                 = "shop-${each.key}"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  node                 = { security_group_id = var.node_security_group_id }
  load_balancer        = var.load_balancer
  vpc_link             = { subnet_ids = var.subnet_ids }
  request_parameters   = { "overwrite:header.x-source-ip" = "$context.identity.sourceIp" }

  api_id               = each.value.api_id
  routes               = try(each.value.routes, {})
  adopted_integrations = try(each.value.adopted_integrations, {})
  accepted_routes      = try(each.value.accepted_routes, [])
}
