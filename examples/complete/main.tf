# Everything around ../existing-application, which is in another state: CloudFront in front of its load balancer, a Wallarm
# Node between load balancer and application, the ways around both closed, and somebody who watches that they stay closed.

# 1. CloudFront. Its origin is the load balancer, to which it sends a header that nobody else knows. It does from the first
# day on: nobody asks it before the clients' DNS records lead to it.
module "cloudfront" {
  source = "../../modules/cloudfront"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = 100

  node = {
    security_group_id = aws_security_group.node.id
    domain_name       = var.load_balancer_dns_name

    # The stand-in has no certificate. Yours has: leave both out, here and below, and let security_groups have port 443.
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

# 2. The node behind the load balancer, and the security groups of the application behind the node.
module "wallarm_routing" {
  source = "../../modules/alb"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node = {
    security_group_id       = aws_security_group.node.id
    autoscaling_group_names = { main = aws_autoscaling_group.node.name }
  }

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

  # Two numbers in front of each rule whose requests are taken: for those with the header, and to refuse those without. The
  # redirect at 50 and the answer at 60 stay.
  routes = {
    shop    = { listener_arn = var.listener_arns.public, priority = 8, closing_priority = 9, mirrors_priority = 10 }
    api     = { listener_arn = var.listener_arns.public, priority = 18, closing_priority = 19, mirrors_priority = 20 }
    partner = { listener_arn = var.listener_arns.public, priority = 28, closing_priority = 29, mirrors_priority = 30 }
    upload  = { listener_arn = var.listener_arns.public, priority = 38, closing_priority = 39, mirrors_priority = 40 }

    # The rule at 70 splits its requests between two target groups, so the route says which one it stands in front of.
    search = {
      listener_arn                 = var.listener_arns.public
      priority                     = 68
      closing_priority             = 69
      conditions                   = [{ path_pattern = { values = ["/search/*"] } }]
      application_target_group_arn = var.application_target_group_arn
    }

    # What no rule takes and the listener's default action forwards.
    rest = { listener_arn = var.listener_arns.public, priority = 49999, closing_priority = 50000, catch_all = true }
  }
}

# 3. The lockdown of the subnets. The ACL is in force while node_traffic_percent is 100, in whichever order the two variables
# are set.
module "network_acl" {
  source = "../../modules/network-acl"
  count  = var.network_acl ? 1 : 0

  name       = var.name
  routing    = module.wallarm_routing.routing
  subnet_ids = var.application_subnet_ids

  # Give the node subnets of its own: an ACL admits everything in them. Here they are the load balancer's too, whose health
  # checks of the application's target group need no entry in load_balancer_subnet_cidrs therefore.
  node_subnet_cidrs = var.node_subnet_cidrs
}

# 4. Who watches. The first two look at every plan, the others when they are switched on.
module "wallarm_verification" {
  source = "../../modules/verification"

  name    = var.name
  routing = module.wallarm_routing.routing

  node        = { subnet_cidrs = values(var.node_subnet_cidrs) }
  application = { subnet_ids = var.application_subnet_ids }

  security_group_audit = { accepted_rule_ids = var.verification.accepted_rule_ids }
  private_subnets      = {}

  notifications = var.verification.alerts ? { email_addresses = var.verification.email_addresses } : null
  api_call_alerts = var.verification.alerts ? {
    network_acl_ids  = module.network_acl[*].network_acl_id
    distribution_ids = [module.cloudfront.distribution_id]

    # Calls of CloudFront are seen there alone. Elsewhere call the module there too, with a provider of that Region.
    distributions = data.aws_region.current.id == "us-east-1"
  } : null

  flow_logs    = var.verification.flow_logs ? { alarm = var.verification.alerts ? {} : null } : null
  config_rules = var.verification.config_recorder == null ? null : { recorder = var.verification.config_recorder }
}

data "aws_region" "current" {}
