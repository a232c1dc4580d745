# Puts a Wallarm Node behind an HTTP API. The API is in another state (../../existing-api-http), which ignores changes
# to the targets of its routes, so this configuration imports them. Requests reach the node through a
# VPC link and the load balancer in load_balancer.tf.

locals {
  routes = merge(
    # The application gets the path of the request from these routes, and so does the node.
    { for route_key, route_id in var.shop_route_ids : route_key => {
      route_key                  = route_key
      route_id                   = route_id
      application_integration_id = var.shop_integration_id
      integration                = {} # its method, timeout, and mappings are the defaults
    } },
    # The application of this route has another path, so the node gets that path.
    { legacy = {
      route_key                  = "ANY /legacy/{proxy+}"
      route_id                   = var.legacy_route_id
      application_integration_id = var.legacy_integration_id
      path                       = "/v1/$request.path.proxy"
      integration                = {}
    } },
  )
}

import {
  for_each = local.routes

  to = module.wallarm_routing.aws_apigatewayv2_route.adopted[each.key]
  id = "${var.api_id}/${each.value.route_id}"
}

data "aws_subnet" "load_balancer" {
  for_each = toset(var.node_subnet_ids)

  id = each.key
}

module "node_config" {
  source = "../../../modules/node-config"

  backend      = { url = var.backend_url }
  entry_points = [aws_lb.node.dns_name]

  # The load balancer reports only the VPC link. The client is in the header that API Gateway sets (request_parameters).
  trusted_proxies = {
    cidrs           = [for subnet in data.aws_subnet.load_balancer : subnet.cidr_block]
    client_header   = "X-Source-Ip"
    client_protocol = "https"
  }

  # The timeout of HTTP APIs
  limits = { entry_point_timeout = 30 }

  token_secret = { arn = var.wallarm_token_secret_arn }
  group        = var.name
}

module "node_fleet" {
  source = "../../../modules/node-fleet"

  name           = var.name
  vpc_id         = var.vpc_id
  subnet_ids     = var.node_subnet_ids
  image          = { id = var.node_ami_id }
  instance_type  = "m4.xlarge"
  user_data_gzip = module.node_config.user_data_gzip
  secret_arns    = module.node_config.secret_arns

  # Subnets with a NAT gateway do not need this.
  associate_public_ip_address = true
}

module "wallarm_routing" {
  source = "../../../modules/api-gateway-http"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node = { security_group_id = module.node_fleet.security_group_id }
  load_balancer = {
    listener_arn       = aws_lb_listener.node.arn
    security_group_ids = { node = aws_security_group.load_balancer.id }
  }
  vpc_link = { subnet_ids = var.node_subnet_ids }

  api_id = var.api_id
  stage  = { name = var.stage_name }
  routes = local.routes

  # The client's address. API Gateway overwrites the header, so a client cannot forge it.
  request_parameters = { "overwrite:header.x-source-ip" = "$context.identity.sourceIp" }

  # A Lambda function. A node cannot stand in front of it.
  accepted_routes = ["GET /status"]
  all_routes      = var.all_routes

  application = {
    security_group_id = var.application_security_group_id
    ports             = [80]
  }
}
