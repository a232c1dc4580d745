# A node for a listener that another state manages.

module "wallarm_routing" {
  source = "../../../../modules/nlb"

  name                 = "shop-wallarm"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  target_group         = { preserve_client_ip = true }
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_id } }
  application          = { security_group_id = var.application_security_group_id, ports = [80] }

  node = {
    security_group_id = var.node_security_group_id
    instance_ids      = var.node_instance_ids
    port              = var.node_port
  }
}

output "cutover_target_group_arn" {
  value = module.wallarm_routing.cutover_target_group_arn
}
