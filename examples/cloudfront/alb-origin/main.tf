# CloudFront in front of ../../existing-application, and a Wallarm Node behind the load balancer that is its origin.
# Other configurations manage the application, so this one refers to it by IDs and ARNs. It imports the distribution.

import {
  to = module.cloudfront.aws_cloudfront_distribution.adopted[0]
  id = var.distribution_id
}

# The load balancer stays the origin. CloudFront sends it a secret header.
module "cloudfront" {
  source = "../../../modules/cloudfront"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.secret_header.sent ? 100 : 0

  node = {
    security_group_id = module.node_fleet.security_group_id
    domain_name       = var.load_balancer_dns_name

    # The stand-in has no certificate. If your load balancer has one, remove both lines.
    origin_protocol_policy = "http-only"
    allow_clear_text       = true
  }

  adopted_distribution_id                   = var.distribution_id
  adopted_distribution_unsupported_settings = var.distribution_unsupported_settings
  wait_for_deployment                       = var.wait_for_deployment
  origins = {
    (var.origin_id) = {
      domain_name          = var.load_balancer_dns_name
      custom_origin_config = { origin_protocol_policy = "http-only" }
    }
  }

  secret_header        = { active = var.secret_header.active }
  secret_header_values = var.secret_header_values

  # For the load balancer: see the output load_balancer_security_group_ids.
  security_groups = { ports = [80] }
}

# Addresses of CloudFront. In X-Forwarded-For, the client address stands before them.
data "aws_ec2_managed_prefix_list" "cloudfront" {
  name = "com.amazonaws.global.cloudfront.origin-facing"
}

module "node_config" {
  source = "../../../modules/node-config"

  backend      = { url = var.application_url }
  entry_points = [var.load_balancer_dns_name]
  trusted_proxies = {
    cidrs            = var.load_balancer_subnet_cidrs
    cloudfront_cidrs = data.aws_ec2_managed_prefix_list.cloudfront.entries[*].cidr
  }
  token_secret = { arn = var.wallarm_token_secret_arn }
  group        = var.name

  # The node also requires the header, and removes it from the request to the application. A change replaces the
  # instances, which takes minutes: see the README.
  secret_header = !var.secret_header.enforced ? null : {
    name    = "X-CloudFront-Secret"
    secrets = [for color in local.secret_header_colors : { arn = aws_secretsmanager_secret.header[color].arn }]
  }
}

module "node_fleet" {
  source = "../../../modules/node-fleet"

  name           = var.name
  vpc_id         = var.vpc_id
  subnet_ids     = var.node_subnet_ids
  image          = { id = var.node_ami_id }
  instance_type  = "m4.xlarge"
  user_data_gzip = module.node_config.user_data_gzip

  # Also before the node requires the header: if AWS rolls an update back, the instances read what they read before.
  secret_arns = concat([var.wallarm_token_secret_arn], values(aws_secretsmanager_secret_version.header)[*].arn)

  # Subnets with a NAT gateway do not need this.
  associate_public_ip_address = true
}

module "wallarm_routing" {
  source = "../../../modules/alb"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node = module.node_fleet.node

  application = {
    security_group_id = var.application_security_group_id
    ports             = [80]
  }

  load_balancer = {
    security_group_ids = { public = var.load_balancer_security_group_id }
  }

  health_check = { path = module.node_config.health_path }

  secret_header        = { enforced = var.secret_header.enforced }
  secret_header_values = var.secret_header_values

  # Each rule needs two priorities in front of it: one forwards requests with the header, and one refuses requests
  # without it. The admin listener is not behind CloudFront. It needs its own module call without secret_header.
  routes = {
    shop    = { listener_arn = var.listener_arns.public, priority = 8, closing_priority = 9, mirrors_priority = 10 }
    api     = { listener_arn = var.listener_arns.public, priority = 18, closing_priority = 19, mirrors_priority = 20 }
    partner = { listener_arn = var.listener_arns.public, priority = 28, closing_priority = 29, mirrors_priority = 30 }
    upload  = { listener_arn = var.listener_arns.public, priority = 38, closing_priority = 39, mirrors_priority = 40 }

    search = {
      listener_arn                 = var.listener_arns.public
      priority                     = 68
      closing_priority             = 69
      conditions                   = [{ path_pattern = { values = ["/search/*"] } }]
      application_target_group_arn = var.application_target_group_arn
    }

    rest = { listener_arn = var.listener_arns.public, priority = 49999, closing_priority = 50000, catch_all = true }
  }
}
