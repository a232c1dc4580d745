# Puts a Wallarm Node in front of ../../existing-application. That application is in another state, so this
# configuration refers to it by IDs and ARNs.

module "node_config" {
  source = "../../../modules/node-config"

  backend         = { url = var.application_url }
  entry_points    = [var.load_balancer_dns_name]
  trusted_proxies = { cidrs = var.load_balancer_subnet_cidrs }
  token_secret    = { arn = var.wallarm_token_secret_arn }
  group           = var.name
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

  # Each route has the priority directly before its rule, so that it takes no requests from other rules.
  routes = {
    shop    = { listener_arn = var.listener_arns.public, priority = 9, mirrors_priority = 10 }
    api     = { listener_arn = var.listener_arns.public, priority = 19, mirrors_priority = 20 }
    partner = { listener_arn = var.listener_arns.public, priority = 29, mirrors_priority = 30 }
    upload  = { listener_arn = var.listener_arns.public, priority = 39, mirrors_priority = 40 }
    admin   = { listener_arn = var.listener_arns.admin, priority = 9, mirrors_priority = 10 }

    # The rule at 70 splits its requests between two target groups, so the route names the one to put the node in front
    # of.
    search = {
      listener_arn                 = var.listener_arns.public
      priority                     = 69
      conditions                   = [{ path_pattern = { values = ["/search/*"] } }]
      application_target_group_arn = var.application_target_group_arn
    }

    # Takes the requests that the default action forwards. The redirect at 50 and the fixed response at 60 stay.
    rest = { listener_arn = var.listener_arns.public, priority = 50000, catch_all = true }
  }
}

# The last step. The ACL is in force while node_traffic_percent is 100, in whichever order the two variables are set.
module "network_acl" {
  source = "../../../modules/network-acl"
  count  = var.network_acl ? 1 : 0

  name       = var.name
  routing    = module.wallarm_routing.routing
  subnet_ids = var.application_subnet_ids

  # Give the node subnets of its own: an ACL admits everything in them. Here they are the load balancer's too, whose health
  # checks of the application's target group need no entry in load_balancer_subnet_cidrs therefore.
  node_subnet_cidrs = var.node_subnet_cidrs
}
