# All layers around ../existing-application, which is in another state: CloudFront in front of its load balancer, a
# Wallarm Node between load balancer and application, the lockdown of both, and verification.

# 1. CloudFront. The origin is the load balancer. CloudFront sends it a secret header from the start, and has no
# requests until the clients' DNS records point at it.
module "cloudfront" {
  source = "../../modules/cloudfront"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = 100

  node = {
    security_group_id = module.node_fleet.security_group_id
    domain_name       = var.load_balancer_dns_name

    # The stand-in has no certificate. If yours has one, remove both lines here and below, and use port 443 in
    # security_groups.
    origin_protocol_policy = "http-only"
    allow_clear_text       = true
  }

  origins = {
    load_balancer = {
      domain_name          = var.load_balancer_dns_name
      custom_origin_config = { origin_protocol_policy = "http-only" }
    }
  }

  new_distribution = {
    aliases                = var.aliases
    acm_certificate_arn    = var.certificate_arn
    default_cache_behavior = { target_origin_id = "load_balancer" }
  }
  wait_for_deployment = var.wait_for_deployment

  secret_header        = { active = var.secret_header.active }
  secret_header_values = var.secret_header_values

  # For the load balancer: see the output load_balancer_security_group_ids.
  security_groups = { ports = [80] }
}

# 2. The node: its configuration and its instances.

# Addresses of CloudFront. In X-Forwarded-For, the client address stands before them.
data "aws_ec2_managed_prefix_list" "cloudfront" {
  name = "com.amazonaws.global.cloudfront.origin-facing"
}

module "node_config" {
  source = "../../modules/node-config"

  backend      = { url = var.application_url }
  entry_points = [var.load_balancer_dns_name]
  trusted_proxies = {
    cidrs            = var.load_balancer_subnet_cidrs
    cloudfront_cidrs = data.aws_ec2_managed_prefix_list.cloudfront.entries[*].cidr
  }
  token_secret = { arn = var.wallarm_token_secret_arn }
  group        = var.name

  # The node also requires the header from the start, and removes it from the request to the application.
  secret_header = {
    name    = "X-CloudFront-Secret"
    secrets = [for color in local.secret_header_colors : { arn = aws_secretsmanager_secret_version.header[color].arn }]
  }
}

module "node_fleet" {
  source = "../../modules/node-fleet"

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

# 3. The node behind the load balancer, and the security groups of the application behind the node.
module "wallarm_routing" {
  source = "../../modules/alb"

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
  # without it. The redirect at 50 and the fixed response at 60 stay.
  routes = {
    shop    = { listener_arn = var.listener_arns.public, priority = 8, closing_priority = 9, mirrors_priority = 10 }
    api     = { listener_arn = var.listener_arns.public, priority = 18, closing_priority = 19, mirrors_priority = 20 }
    partner = { listener_arn = var.listener_arns.public, priority = 28, closing_priority = 29, mirrors_priority = 30 }
    upload  = { listener_arn = var.listener_arns.public, priority = 38, closing_priority = 39, mirrors_priority = 40 }

    # The rule at 70 splits its requests between two target groups, so the route names the one to put the node in front
    # of.
    search = {
      listener_arn                 = var.listener_arns.public
      priority                     = 68
      closing_priority             = 69
      conditions                   = [{ path_pattern = { values = ["/search/*"] } }]
      application_target_group_arn = var.application_target_group_arn
    }

    # Takes the requests that the default action forwards.
    rest = { listener_arn = var.listener_arns.public, priority = 49999, closing_priority = 50000, catch_all = true }
  }
}

# 4. The lockdown of the subnets. The network ACL is in force only while node_traffic_percent is 100.
module "network_acl" {
  source = "../../modules/network-acl"
  count  = var.network_acl ? 1 : 0

  name       = var.name
  routing    = module.wallarm_routing.routing
  subnet_ids = var.application_subnet_ids

  # In production, give the node its own subnets: a network ACL admits everything in them. Here, the node shares the
  # subnets of the load balancer, so the health checks of the load balancer pass without load_balancer_subnet_cidrs.
  node_subnet_cidrs = var.node_subnet_cidrs
}

# 5. Verification. The first two checks run at every plan. The others run if you enable them.
module "wallarm_verification" {
  source = "../../modules/verification"

  name    = var.name
  routing = module.wallarm_routing.routing

  node        = { subnet_cidrs = values(var.node_subnet_cidrs) }
  application = { subnet_ids = var.application_subnet_ids }

  security_group_audit = { accepted_rules = var.verification.accepted_rules }
  private_subnets      = {}

  notifications = var.verification.alerts ? { email_addresses = var.verification.email_addresses } : null
  api_call_alerts = var.verification.alerts ? {
    network_acl_ids  = module.network_acl[*].network_acl_id
    distribution_ids = [module.cloudfront.distribution_id]

    # Only us-east-1 has the API calls of CloudFront. In another Region, call the module again with a provider for
    # us-east-1.
    distributions = data.aws_region.current.id == "us-east-1"
  } : null

  flow_logs    = var.verification.flow_logs ? { alarm = var.verification.alerts ? {} : null } : null
  config_rules = var.verification.config_recorder == null ? null : { recorder = var.verification.config_recorder }
}

data "aws_region" "current" {}
