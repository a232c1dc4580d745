# A node behind a Network Load Balancer, and the network ACL of the application behind it.

locals {
  listeners = var.nlb_listener_arn == null ? {} : {
    public = { listener_arn = var.nlb_listener_arn, application_target_group_arn = var.nlb_target_group_arn }
  }
}

import {
  for_each = local.listeners

  to = module.wallarm_routing.aws_lb_listener.adopted[each.key]
  id = each.value.listener_arn
}

module "wallarm_routing" {
  source = "../../../../modules/nlb"

  name                 = "shop-wallarm"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  node                 = { security_group_id = var.node_security_group_id, instance_ids = var.node_instance_ids, port = var.node_port }
  target_group         = { preserve_client_ip = true }
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_id } }
  adopted_listeners    = local.listeners
  application          = { security_group_id = var.application_security_group_id, ports = [80] }
}

module "network_acl" {
  source = "../../../../modules/network-acl"
  count  = var.network_acl ? 1 : 0

  name              = "shop-wallarm"
  routing           = module.wallarm_routing.routing
  subnet_ids        = var.application_subnet_ids
  node_subnet_cidrs = var.node_subnet_cidrs
}

output "cutover_target_group_arn" {
  value = module.wallarm_routing.cutover_target_group_arn
}
