# Two calls in front of one listener, with the same node: the second one leaves the rules that both need to the first one.

locals {
  applications = { shop = 9, blog = 19 }
}

module "wallarm_routing" {
  source   = "../../../../../modules/alb"
  for_each = local.applications

  name                 = "${each.key}-wallarm"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  node                 = { security_group_id = var.node_security_group_id, instance_ids = var.node_instance_ids }
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_id } }
  application          = { security_group_id = var.application_security_group_id, ports = var.application_ports }
  routes               = { host = { listener_arn = var.listener_arn, priority = each.value, mirrors_priority = each.value + 1 } }

  security_group_rules = {
    load_balancer_egress = each.key == "shop"
    node_ingress         = each.key == "shop"
    node_egress          = each.key == "shop"
    application_ingress  = each.key == "shop"
  }
}

locals {
  routing = values(module.wallarm_routing)[*].routing
}

module "network_acl" {
  source = "../../../../../modules/network-acl"
  count  = var.network_acl ? 1 : 0

  name                       = "edge-wallarm"
  subnet_ids                 = var.application_subnet_ids
  node_subnet_cidrs          = var.node_subnet_cidrs
  load_balancer_subnet_cidrs = var.load_balancer_subnet_cidrs

  routing = merge(local.routing[0], {
    entry_points         = merge([for key, call in module.wallarm_routing : { (key) = call.routing.entry_points.host }]...)
    node_traffic_percent = min(local.routing[*].node_traffic_percent...)
    live_after_apply     = alltrue(local.routing[*].live_after_apply)
  })
}

output "node_target_group_arns" {
  value = values(module.wallarm_routing)[*].target_group_arn
}
