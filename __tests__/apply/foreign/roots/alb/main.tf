# What the modules' user applies in front of somebody else's load balancer.

module "wallarm_routing" {
  source = "../../../../../modules/alb"

  name                 = "edge-wallarm"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  node                 = { security_group_id = var.node_security_group_id, instance_ids = var.node_instance_ids }
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_id } }
  application          = { security_group_id = var.application_security_group_id, ports = var.application_ports }
  routes               = var.routes
  security_group_rules = var.security_group_rules
}

module "network_acl" {
  source = "../../../../../modules/network-acl"
  count  = var.network_acl ? 1 : 0

  name                         = "edge-wallarm"
  routing                      = module.wallarm_routing.routing
  subnet_ids                   = var.application_subnet_ids
  node_subnet_cidrs            = var.node_subnet_cidrs
  load_balancer_subnet_cidrs   = var.load_balancer_subnet_cidrs
  accept_failing_health_checks = var.accept_failing_health_checks
}

output "forward_action" {
  value = module.wallarm_routing.forward_action
}

output "node_target_group_arns" {
  value = [module.wallarm_routing.target_group_arn]
}

output "network_acl_rules" {
  value = one(module.network_acl[*].rules)
}
