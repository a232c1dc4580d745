# A new distribution, and a node without a public address. CloudFront reaches the node through a VPC origin and an
# internal load balancer, which terminates TLS with its own certificate.

data "aws_subnet" "node" {
  for_each = toset(var.node_subnet_ids)

  id = each.key
}

# The node trusts CloudFront and the load balancer to report the client address.
data "aws_ec2_managed_prefix_list" "cloudfront" {
  name = "com.amazonaws.global.cloudfront.origin-facing"
}

module "node_config" {
  source = "../../../modules/node-config"

  backend      = { url = var.application_url }
  entry_points = concat([var.node_domain_name, aws_lb.node.dns_name], var.aliases)
  limits       = { entry_point_timeout = 30 }
  token_secret = { arn = var.wallarm_token_secret_arn }
  group        = var.name

  trusted_proxies = {
    cidrs            = [for subnet in data.aws_subnet.node : subnet.cidr_block]
    cloudfront_cidrs = data.aws_ec2_managed_prefix_list.cloudfront.entries[*].cidr
  }

  # The node accepts every value that CloudFront may send.
  secret_header = {
    name    = "X-CloudFront-Secret"
    secrets = [for arn in values(var.secret_header_secret_arns) : { arn = arn }]
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
  secret_arns    = module.node_config.secret_arns
}

module "wallarm_routing" {
  source = "../../../modules/cloudfront"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node = {
    security_group_id = module.node_fleet.security_group_id
    domain_name       = var.node_domain_name
    vpc_origin = {
      endpoint_type      = "application"
      endpoint_arn       = aws_lb.node.arn
      security_group_ids = { node = aws_security_group.load_balancer.id }

      # In the second apply, because AWS creates the group with the VPC origin.
      admit_service_security_group = var.vpc_origin_exists
    }
  }

  secret_header = {
    active  = var.active_secret
    secrets = { for color, arn in var.secret_header_secret_arns : color => { arn = arn } }
  }

  origins = {
    shop = {
      domain_name          = var.application_domain_name
      custom_origin_config = { origin_protocol_policy = "http-only" }
    }
  }

  new_distribution = {
    aliases                = var.aliases
    acm_certificate_arn    = var.certificate_arn
    default_cache_behavior = { target_origin_id = "shop" }
  }

  application = {
    security_group_id = var.application_security_group_id
    ports             = [80]
  }
}
