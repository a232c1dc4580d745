# Two applications behind one load balancer and one node. Both calls need the rules between the load balancer and the node,
# which AWS accepts only once. The rules between the node and each application are those of its call.

module "security_group_rules" {
  source = "../../../modules/security-group-rules"

  name          = "public"
  vpc_id        = var.vpc_id
  node          = { security_group_id = var.node_security_group_id }
  load_balancer = { security_group_ids = { public = var.load_balancer_security_group_id } }
}

module "orders" {
  source = "../../../modules/alb"

  name                 = "orders"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent.orders
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_id } }
  application          = { security_group_id = var.application_security_group_ids.orders, ports = [80] }
  security_group_rules = { load_balancer_egress = false, node_ingress = false }

  # The output is known when the rules exist.
  node = {
    security_group_id = module.security_group_rules.node_security_group_id
    instance_ids      = var.node_instance_ids
  }

  routes = {
    orders = { listener_arn = var.listener_arn, priority = 9, mirrors_priority = 10 }
  }
}

module "shop" {
  source = "../../../modules/alb"

  name                 = "shop"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent.shop
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_id } }
  application          = { security_group_id = var.application_security_group_ids.shop, ports = [80] }
  security_group_rules = { load_balancer_egress = false, node_ingress = false }

  node = {
    security_group_id = module.security_group_rules.node_security_group_id
    instance_ids      = var.node_instance_ids
  }

  routes = {
    rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true }
  }
}
