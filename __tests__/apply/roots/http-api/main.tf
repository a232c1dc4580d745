# A node behind an HTTP API, in front of it clients with a certificate.

variable "api_id" {
  type = string
}

variable "route" {
  type = object({ route_key = string, route_id = string, application_integration_id = string })
}

variable "deployment" {
  type = string
}

variable "client_mtls" {
  type    = any
  default = null
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "load_balancer" {
  type = any
}

variable "node_security_group_id" {
  type = string
}

variable "node_traffic_percent" {
  type = number
}

import {
  to = module.wallarm_routing.aws_apigatewayv2_route.adopted["shop"]
  id = "${var.api_id}/${var.route.route_id}"
}

import {
  for_each = toset(var.deployment == "adopted" ? ["live"] : [])

  to = module.wallarm_routing.aws_apigatewayv2_stage.adopted[0]
  id = "${var.api_id}/${each.key}"
}

import {
  for_each = toset(contains(["disabled", "enabled"], try(var.client_mtls.default_endpoint, "owner")) ? ["api"] : [])

  to = module.wallarm_routing.aws_apigatewayv2_api.adopted[0]
  id = var.api_id
}

module "wallarm_routing" {
  source = "../../../../modules/api-gateway-http"

  name                 = "shop-wallarm"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  node                 = { security_group_id = var.node_security_group_id }
  load_balancer        = var.load_balancer
  vpc_link             = { subnet_ids = var.subnet_ids }
  api_id               = var.api_id
  stage                = { name = "live", deployment = var.deployment }
  routes               = { shop = var.route }
  client_mtls          = var.client_mtls
}

output "client_domain" {
  value = module.wallarm_routing.client_domain
}

output "deployment_id" {
  value = module.wallarm_routing.deployment_id
}

output "redeployment_trigger" {
  value = module.wallarm_routing.redeployment_trigger
}
