# Runs the node of ../../existing-application, and puts it behind the load balancer there.

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
  instance_type  = var.instance_type
  user_data_gzip = module.node_config.user_data_gzip
  secret_arns    = module.node_config.secret_arns

  # Subnets with a NAT gateway do not need this.
  associate_public_ip_address = true

  capacity = { min = 2, max = 6 }

  # The references make Terraform attach the target group before it creates the policy.
  scaling = {
    requests_per_target = 1000
    request_count_label = module.wallarm_routing.request_count_label
  }
  alarms = {
    routing     = module.wallarm_routing.routing
    action_arns = var.alarm_action_arns
  }
}

module "wallarm_routing" {
  source = "../../../modules/alb"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node          = module.node_fleet.node
  application   = { security_group_id = var.application_security_group_id, ports = [80] }
  load_balancer = { security_group_ids = { public = var.load_balancer_security_group_id } }
  health_check  = { path = module.node_config.health_path }

  routes = {
    shop = { listener_arn = var.listener_arns.public, priority = 9, mirrors_priority = 10 }
    rest = { listener_arn = var.listener_arns.public, priority = 50000, catch_all = true }
  }
}
