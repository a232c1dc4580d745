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

data "aws_subnet" "load_balancer" {
  for_each = toset(var.node_subnet_ids)

  id = each.value
}

module "node_config" {
  source = "../../../modules/node-config"

  backend      = { url = var.application_url }
  entry_points = [aws_lb.node.dns_name, var.node_host_name]
  listener = {
    port                   = 443
    tls_certificate_secret = { arn = var.node_certificate_secret_arn }
  }

  # The load balancer reports only itself. The client is in the header that API Gateway sets (request_parameters).
  trusted_proxies = {
    cidrs           = [for subnet in data.aws_subnet.load_balancer : subnet.cidr_block]
    client_header   = "X-Source-Ip"
    client_protocol = "https"
  }

  # The timeout of REST APIs. The node answers only this API.
  limits             = { entry_point_timeout = 29 }
  client_certificate = module.wallarm_routing.backend_certificate_pem

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

  # The node requires it: see client_certificate above.
  backend_certificate = { names = ["first"], active = "first" }

  resource_policy = length(var.client_cidrs) == 0 ? null : { source_cidrs = var.client_cidrs }
}
