# One application behind two load balancers, with a node in front of it at each: the network ACL waits for both.

locals {
  listeners = {
    public = { listener_arn = var.nlb_listener_arn, application_target_group_arn = var.nlb_target_group_arn }
  }

  scenarios = [module.alb.routing, module.nlb.routing]
}

import {
  for_each = local.listeners

  to = module.nlb.aws_lb_listener.adopted[each.key]
  id = each.value.listener_arn
}

module "alb" {
  source = "../../../../modules/alb"

  name                 = "shop-alb"
  vpc_id               = var.vpc_id
  node_traffic_percent = coalesce(var.alb_traffic_percent, var.node_traffic_percent)
  node                 = { security_group_id = var.node_security_group_id, instance_ids = var.node_instance_ids }
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_id } }
  application          = { security_group_id = var.application_security_group_id, ports = [80] }
  routes               = { rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true } }
}

module "nlb" {
  source = "../../../../modules/nlb"

  name                 = "shop-nlb"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  node                 = { security_group_id = var.node_security_group_id, instance_ids = var.node_instance_ids }
  target_group         = { preserve_client_ip = true }
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_id } }
  adopted_listeners    = local.listeners

  # The rules are those of the other call.
  security_group_rules = { load_balancer_egress = false, node_ingress = false }
}

module "network_acl" {
  source = "../../../../modules/network-acl"
  count  = var.network_acl ? 1 : 0

  name = "shop-wallarm"
  routing = merge(module.alb.routing, {
    entry_points         = merge(local.scenarios[*].entry_points...)
    node_traffic_percent = min(local.scenarios[*].node_traffic_percent...)
    live_after_apply     = alltrue(local.scenarios[*].live_after_apply)
  })
  subnet_ids        = var.application_subnet_ids
  node_subnet_cidrs = var.node_subnet_cidrs
}
