# What the modules' user applies in front of, and behind, an application that has no address but its load balancer.

module "backend" {
  source = "../../../../../modules/application-backend"

  name             = "edge-backend"
  vpc_id           = var.vpc_id
  subnet_ids       = { for zone, subnet in aws_subnet.backend : zone => subnet.id }
  listener         = { protocol = "HTTP", port = 80, existing = { arn = var.listener_arn } }
  target_groups    = var.target_groups
  routes           = var.backend_routes
  application      = { security_group_id = var.application_security_group_id, ports = var.application_ports }
  ecs_service_arns = var.ecs_service_arns
  routing          = module.wallarm_routing.routing
}

module "wallarm_routing" {
  source = "../../../../../modules/alb"

  name                 = "edge-wallarm"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  node                 = { security_group_id = var.node_security_group_id, instance_ids = var.node_instance_ids }
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_id } }
  application          = module.backend.application
  routes               = var.routes
}

module "network_acl" {
  source = "../../../../../modules/network-acl"
  count  = var.network_acl ? 1 : 0

  name                         = "edge-wallarm"
  routing                      = module.backend.routing
  subnet_ids                   = var.application_subnet_ids
  node_subnet_cidrs            = { 100 = local.backend_subnets.us-east-1a, 200 = local.backend_subnets.us-east-1b }
  load_balancer_subnet_cidrs   = var.load_balancer_subnet_cidrs
  accept_failing_health_checks = var.accept_failing_health_checks
}

locals {
  backend_subnets = { us-east-1a = "10.0.20.0/24", us-east-1b = "10.0.21.0/24" }
}

resource "aws_subnet" "backend" {
  for_each = local.backend_subnets

  vpc_id            = var.vpc_id
  availability_zone = each.key
  cidr_block        = each.value
}

output "node_target_group_arns" {
  value = [module.wallarm_routing.target_group_arn]
}

output "backend_target_group_arns" {
  value = values(module.backend.target_group_arns)
}

output "ecs_load_balancers" {
  value = module.backend.ecs_load_balancers
}
