# Puts a Wallarm Node behind a REST API, through a VPC link to an Application Load Balancer. The load balancer with the
# node already exists; ../../api-gateway-http/complete creates one. The API is in no Terraform state, so this
# configuration imports its integrations and its stage.

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

module "wallarm_routing" {
  source = "../../../modules/api-gateway-rest-alb"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  rest_api = { id = var.rest_api_id, endpoint_type = "REGIONAL" }
  stage = {
    name                      = var.stage_name
    application_deployment_id = var.application_deployment_id
  }

  # The current URL of the integrations, each with the path of its route.
  application = { url = var.application_public_url }
  routes      = local.routes

  vpc_link = { subnet_ids = var.vpc_link_subnet_ids }
  load_balancer = {
    listener_arn       = var.load_balancer_listener_arn
    security_group_ids = { node = var.load_balancer_security_group_id }
  }
  node = {
    host     = var.node_host_name
    protocol = "HTTPS"

    # The client's address. API Gateway overwrites the header, so a client cannot forge it.
    request_parameters = { "integration.request.header.X-Source-Ip" = "context.identity.sourceIp" }
  }
}
