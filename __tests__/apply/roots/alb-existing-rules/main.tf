# Routes beside rules of the application that its owner, a deployer, or somebody else changes.

module "wallarm_routing" {
  source = "../../../../modules/alb"

  name                 = "shop-wallarm"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  node                 = { security_group_id = var.node_security_group_id, instance_ids = var.node_instance_ids }
  application          = { security_group_id = var.application_security_group_id, ports = [80] }
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_id } }
  routes               = var.routes
}
