# A node behind several REST APIs, one call of the module for each.

variable "apis" {
  description = "Arguments of the module by API: rest_api, stage, application, routes, adopted. And the ID of the resource of the route."
  type        = any
}

variable "vpc_link_id" {
  type = string
}

variable "node_traffic_percent" {
  type = number
}

locals {
  adopted = { for api, arguments in var.apis : api => arguments if arguments.adopted }
}

# With for_each on the module, an import ID from an output of the module is a cycle.
import {
  for_each = local.adopted

  to = module.wallarm_routing[each.key].aws_api_gateway_integration.adopted["ANY /{proxy+}"]
  id = "${each.value.rest_api.id}/${each.value.resource_id}/ANY"
}

import {
  for_each = local.adopted

  to = module.wallarm_routing[each.key].aws_api_gateway_stage.adopted[0]
  id = "${each.value.rest_api.id}/${each.value.stage.name}"
}

import {
  for_each = { for api, arguments in local.adopted : api => arguments if try(arguments.client_mtls.default_endpoint, "owner") != "owner" }

  to = module.wallarm_routing[each.key].aws_api_gateway_rest_api.adopted[0]
  id = each.value.rest_api.id
}

module "wallarm_routing" {
  source   = "../../../../modules/api-gateway-rest"
  for_each = var.apis

  name                 = "shop-${each.key}"
  node_traffic_percent = var.node_traffic_percent
  rest_api             = each.value.rest_api
  stage                = each.value.stage
  application          = each.value.application
  routes               = each.value.routes
  vpc_link             = { id = var.vpc_link_id }
  adopted_integrations = each.value.adopted
  adopted_stage        = each.value.adopted
  client_mtls          = try(each.value.client_mtls, null)

  node = {
    host               = "node.example.com"
    request_parameters = { "integration.request.header.X-Source-Ip" = "context.identity.sourceIp" }
  }
}

output "openapi_integrations" {
  value = { for api, call in module.wallarm_routing : api => call.openapi_integrations }
}
