# The module alone, in front of a VPC link that is there, for what needs no load balancer.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

variable "node_traffic_percent" {
  type = number
}

variable "rest_api_id" {
  type = string
}

variable "application_deployment_id" {
  type    = string
  default = null
}

variable "vpc_link_id" {
  type = string
}

variable "application_url" {
  type = string
}

variable "node" {
  type = object({ host = string, port = number })
}

variable "routes" {
  type = map(object({ timeout_milliseconds = optional(number) }))
}

variable "secret_header_value" {
  type      = string
  sensitive = true
}

variable "source_cidrs" {
  type    = set(string)
  default = ["203.0.113.0/24"]
}

import {
  for_each = var.routes

  to = module.wallarm_routing.aws_api_gateway_integration.adopted[each.key]
  id = module.wallarm_routing.import_ids.integrations[each.key]
}

import {
  to = module.wallarm_routing.aws_api_gateway_stage.adopted[0]
  id = module.wallarm_routing.import_ids.stage
}

module "wallarm_routing" {
  source = "../../../modules/api-gateway-rest"

  name                 = "shop-wallarm"
  node_traffic_percent = var.node_traffic_percent
  rest_api             = { id = var.rest_api_id, endpoint_type = "REGIONAL" }
  stage                = { name = "live", application_deployment_id = var.application_deployment_id }
  application          = { url = var.application_url }
  routes               = var.routes
  vpc_link             = { id = var.vpc_link_id }
  node                 = var.node
  secret_header        = { name = "X-Gateway-Secret" }
  secret_header_values = { blue = var.secret_header_value }
  resource_policy      = { source_cidrs = var.source_cidrs }
}

output "routes_around_the_node" {
  value = module.wallarm_routing.routes_around_the_node
}
