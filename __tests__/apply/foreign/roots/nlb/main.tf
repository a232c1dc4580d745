# What the modules' user applies in front of somebody else's Network Load Balancer, whose listeners nobody manages.

import {
  for_each = var.adopted_listeners

  to = module.wallarm_routing.aws_lb_listener.adopted[each.key]
  id = each.value.listener_arn
}

module "wallarm_routing" {
  source = "../../../../../modules/nlb"

  name                 = "edge-wallarm"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  node                 = { security_group_id = var.node_security_group_id, instance_ids = var.node_instance_ids }
  target_group         = { preserve_client_ip = false }
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_id } }
  application          = { security_group_id = var.application_security_group_id, ports = var.application_ports }
  adopted_listeners    = var.adopted_listeners
}

module "network_acl" {
  source = "../../../../../modules/network-acl"
  count  = var.network_acl ? 1 : 0

  name                       = "edge-wallarm"
  routing                    = module.wallarm_routing.routing
  subnet_ids                 = var.application_subnet_ids
  node_subnet_cidrs          = var.node_subnet_cidrs
  load_balancer_subnet_cidrs = var.load_balancer_subnet_cidrs
}

output "node_target_group_arns" {
  value = [module.wallarm_routing.target_group_arn]
}
