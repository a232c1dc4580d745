# Puts a Wallarm Node on Amazon ECS in front of ../existing-application, which is in another state.

module "wallarm_routing" {
  source = "../../modules/alb"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  # Tasks have addresses of their own. The ECS service registers them.
  node = {
    security_group_id = aws_security_group.node.id
    target_type       = "ip"
    register_targets  = false
  }
  application   = { security_group_id = var.application_security_group_id, ports = [80] }
  load_balancer = { security_group_ids = { public = var.load_balancer_security_group_id } }
  health_check  = { path = module.node_config.health_path }

  routes = {
    shop = { listener_arn = var.listener_arns.public, priority = 9, mirrors_priority = 10 }
    rest = { listener_arn = var.listener_arns.public, priority = 50000, catch_all = true }
  }
}
