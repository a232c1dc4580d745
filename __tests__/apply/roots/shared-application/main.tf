# One application behind two load balancers, with one node: the rules between the node and the application are those of a
# module of their own.

module "security_group_rules" {
  source = "../../../../modules/security-group-rules"

  name        = "shop"
  vpc_id      = var.vpc_id
  node        = { security_group_id = var.node_security_group_id }
  application = { security_group_id = var.application_security_group_id, ports = [80] }
}

module "public" {
  source = "../../../../modules/alb"

  name                 = "public"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent.public
  node                 = { security_group_id = module.security_group_rules.node_security_group_id, instance_ids = var.node_instance_ids }
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_ids.public } }
  application          = { security_group_id = var.application_security_group_id, ports = [80] }
  security_group_rules = { node_egress = false, application_ingress = false }
  routes               = { rest = { listener_arn = var.listener_arns.public, priority = 50000, catch_all = true } }
}

module "partners" {
  source = "../../../../modules/alb"

  name                 = "partners"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent.partners
  node                 = { security_group_id = module.security_group_rules.node_security_group_id, instance_ids = var.node_instance_ids }
  load_balancer        = { security_group_ids = { partners = var.load_balancer_security_group_ids.partners } }
  application          = { security_group_id = var.application_security_group_id, ports = [80] }
  security_group_rules = { node_egress = false, application_ingress = false }
  routes               = { rest = { listener_arn = var.listener_arns.partners, priority = 50000, catch_all = true } }
}
