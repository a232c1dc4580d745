# A new distribution for an application that has none. The origin is the Wallarm Node, with its own name and certificate,
# behind the load balancer in load_balancer.tf.

# The node trusts these addresses to report the client address.
data "aws_ec2_managed_prefix_list" "cloudfront" {
  name = "com.amazonaws.global.cloudfront.origin-facing"
}

module "node_config" {
  source = "../../../modules/node-config"

  backend         = { url = var.application_url }
  entry_points    = concat([var.node_domain_name, aws_lb.node.dns_name], var.aliases)
  listener        = { port = 443, tls_certificate_secret = { arn = var.node_certificate_secret_arn } }
  trusted_proxies = { cloudfront_cidrs = data.aws_ec2_managed_prefix_list.cloudfront.entries[*].cidr }
  limits          = { entry_point_timeout = 30 }
  token_secret    = { arn = var.wallarm_token_secret_arn }
  group           = var.name

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

  # Subnets with a NAT gateway do not need this.
  associate_public_ip_address = true
}

module "wallarm_routing" {
  source = "../../../modules/cloudfront"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node = {
    security_group_id = module.node_fleet.security_group_id
    domain_name       = var.node_domain_name

    # The application's origin uses HTTP. Without this line, the node's would too.
    origin_protocol_policy = "https-only"
  }

  secret_header = {
    active  = var.active_secret
    secrets = { for color, arn in var.secret_header_secret_arns : color => { arn = arn } }
  }

  # The application as clients reach it today. At 100 percent, it is no longer an origin.
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
  wait_for_deployment = var.wait_for_deployment

  # For the load balancer.
  security_groups = { ports = [443] }
  application = {
    security_group_id = var.application_security_group_id
    ports             = [80]
  }
}
