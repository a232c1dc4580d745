# Puts a Wallarm Node between an existing distribution and its origin. The distribution is in no Terraform state, so
# this configuration imports it. The node already runs, and only its ID, name, and network interfaces are known here.

import {
  to = module.wallarm_routing.aws_cloudfront_distribution.adopted[0]
  id = var.distribution_id
}

module "wallarm_routing" {
  source = "../../../modules/cloudfront"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node = {
    security_group_id = var.node_security_group_id
    domain_name       = var.node_domain_name
  }

  secret_header        = { active = var.active_secret }
  secret_header_values = var.secret_header_values

  adopted_distribution_id                   = var.distribution_id
  adopted_distribution_unsupported_settings = var.distribution_unsupported_settings
  wait_for_deployment                       = var.wait_for_deployment

  # All origins of the distribution as they are today: aws cloudfront get-distribution-config --id ID
  origins = {
    shop = {
      domain_name          = var.application_domain_name
      origin_path          = "/shop"
      custom_headers       = { X-Tenant = "shop" }
      custom_origin_config = {}
    }
    api = {
      domain_name          = var.application_domain_name
      served_by            = var.api_served_by
      custom_origin_config = { origin_read_timeout = 60 }
    }
    pictures = {
      domain_name          = var.pictures_domain_name
      served_by            = "other"
      custom_origin_config = { origin_protocol_policy = "match-viewer" }
    }
  }

  security_groups = {
    ports                 = [443]
    network_interface_ids = var.node_network_interface_ids
  }
}

# The configuration for the instances of the node.
module "node_config" {
  source = "../../../modules/node-config"

  backend              = { url = var.application_url }
  entry_points         = [var.node_domain_name, var.application_domain_name]
  listener             = { port = 443, tls_certificate_secret = { arn = var.node_certificate_secret_arn } }
  limits               = { entry_point_timeout = 60 } # the longest origin_read_timeout above
  token_secret         = { arn = var.wallarm_token_secret_arn }
  secret_header        = { name = "X-CloudFront-Secret" }
  secret_header_values = local.accepted_values
}

locals {
  accepted = compact([var.secret_header_values.blue, var.secret_header_values.green])

  # Both values during a rotation.
  accepted_values = { blue = local.accepted[0], green = try(local.accepted[1], null) }
}
