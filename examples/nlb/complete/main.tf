# Puts a Wallarm Node in front of an application behind a Network Load Balancer. The load balancer and its listener are
# not in this state. This configuration refers to them by ARN and imports the listener.

locals {
  listeners = {
    public = {
      listener_arn                 = var.listener_arn
      application_target_group_arn = var.application_target_group_arn
    }
  }
}

import {
  for_each = local.listeners

  to = module.wallarm_routing.aws_lb_listener.adopted[each.key]
  id = each.value.listener_arn
}

module "node_config" {
  source = "../../../modules/node-config"

  backend      = { url = var.application_url }
  entry_points = [var.load_balancer_dns_name]
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
  source = "../../../modules/nlb"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node = module.node_fleet.node

  # The node sees the client addresses, but its security group admits the load balancer's security group, not the
  # clients.
  target_group = { preserve_client_ip = true }
  load_balancer = {
    security_group_ids = { public = var.load_balancer_security_group_id }
  }

  adopted_listeners = local.listeners

  # AWS checks the health of targets only if a listener uses their target group. Before the cutover, this listener does,
  # and you can use it to send test requests to the node.
  rehearsal_listener = {
    load_balancer_arn = var.load_balancer_arn
    port              = 8080
  }

  application = {
    security_group_id = var.application_security_group_id
    ports             = [80]
  }
}

# The last step, after the connections from before the cutover have ended: the network ACL would cut them. It is in force
# only while node_traffic_percent is 100.
module "network_acl" {
  source = "../../../modules/network-acl"
  count  = var.network_acl ? 1 : 0

  name       = var.name
  routing    = module.wallarm_routing.routing
  subnet_ids = var.application_subnet_ids

  # Give the node its own subnets: a network ACL admits everything in them.
  node_subnet_cidrs = var.node_subnet_cidrs
}
