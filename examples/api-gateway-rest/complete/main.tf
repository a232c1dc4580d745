# Puts a Wallarm Node behind a REST API with public integrations. The API is in no Terraform state, so this
# configuration imports its integrations and its stage. Requests reach the node through a VPC link and the load balancer
# in load_balancer.tf.

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
  source = "../../../modules/api-gateway-rest"

  name                 = var.name
  node_traffic_percent = var.node_traffic_percent

  rest_api = { id = var.rest_api_id, endpoint_type = "REGIONAL" }
  stage = {
    name                      = var.stage_name
    application_deployment_id = var.application_deployment_id
  }

  # The current URL of the integrations, each with the path of its route.
  application = { url = var.application_public_url }
  routes      = local.routes

  vpc_link = {
    load_balancer_arns = { node = aws_lb.node.arn }
  }
  node = {
    host     = var.node_host_name
    protocol = "HTTPS"

    # The client's address. API Gateway overwrites the header, so a client cannot forge it.
    request_parameters = { "integration.request.header.X-Source-Ip" = "context.identity.sourceIp" }
  }

  # The node requires it: see node.tf.
  backend_certificate = { names = ["first"], active = "first" }

  resource_policy = length(var.client_cidrs) == 0 ? null : { source_cidrs = var.client_cidrs }
}
