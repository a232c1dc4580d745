# Puts a Wallarm Node behind an HTTP API. The API is in another state (../../existing-api-http), which ignores changes
# to the targets of its routes and integrations, so this configuration imports them. Requests reach the node through a
# VPC link and the load balancer in load_balancer.tf.

locals {
  # This integration serves several routes, including $default. They all move together.
  integrations = {
    shop = {
      integration_id = var.shop_integration_id
      application = {
        uri                = var.application_url
        request_parameters = { "overwrite:path" = "$request.path" }
      }
    }
  }

  # The application of this route has another path, so the node gets that path.
  routes = {
    legacy = {
      route_key                  = "ANY /legacy/{proxy+}"
      route_id                   = var.legacy_route_id
      application_integration_id = var.legacy_integration_id
      path                       = "/v1/$request.path.proxy"
    }
  }
}

import {
  for_each = local.integrations

  to = module.wallarm_routing.aws_apigatewayv2_integration.adopted[each.key]
  id = "${var.api_id}/${each.value.integration_id}"
}

import {
  for_each = local.routes

  to = module.wallarm_routing.aws_apigatewayv2_route.adopted[each.key]
  id = "${var.api_id}/${each.value.route_id}"
}

module "wallarm_routing" {
  source = "../../../modules/api-gateway-http"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node = { security_group_id = aws_security_group.node.id }
  load_balancer = {
    listener_arn       = aws_lb_listener.node.arn
    security_group_ids = { node = aws_security_group.load_balancer.id }
  }
  vpc_link = { subnet_ids = var.node_subnet_ids }

  api_id               = var.api_id
  stage                = { name = var.stage_name }
  adopted_integrations = local.integrations
  routes               = local.routes

  # A Lambda function. A node cannot stand in front of it.
  accepted_routes = ["GET /status"]
  all_routes      = var.all_routes

  application = {
    security_group_id = var.application_security_group_id
    ports             = [80]
  }
}
