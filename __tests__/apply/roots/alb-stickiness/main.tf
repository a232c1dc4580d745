# Routes, and a rule of the owner's own, that share requests out between the node and an application with or without
# stickiness.

module "wallarm_routing" {
  source = "../../../../modules/alb"

  name                    = "shop-wallarm"
  vpc_id                  = var.vpc_id
  node_traffic_percent    = var.node_traffic_percent
  node                    = { security_group_id = var.node_security_group_id, instance_ids = var.node_instance_ids }
  target_group            = { stickiness = var.node_stickiness }
  target_group_stickiness = var.target_group_stickiness
  application_stickiness  = var.application_stickiness
  security_group_rules    = { load_balancer_egress = false, node_ingress = false }
  load_balancer           = { security_group_ids = { public = var.node_security_group_id } }
  routes = merge(var.mirrors, {
    orders = {
      listener_arn                 = var.listener_arn
      priority                     = 100
      conditions                   = [{ path_pattern = { values = ["/orders/*"] } }]
      application_target_group_arn = var.application_target_group_arn
    }
    rest = { listener_arn = var.listener_arn, priority = 200, catch_all = true }
  })
}

# Stands for a module call without routes, which is told what it does not read.
module "for_owner" {
  source = "../../../../modules/alb"

  name                    = "owner-wallarm"
  vpc_id                  = var.vpc_id
  node_traffic_percent    = var.node_traffic_percent
  node                    = { security_group_id = var.node_security_group_id, instance_ids = var.node_instance_ids }
  target_group            = { stickiness = var.node_stickiness }
  target_group_stickiness = var.target_group_stickiness
  application_stickiness  = var.owner_stickiness
  security_group_rules    = { load_balancer_egress = false, node_ingress = false }
  load_balancer           = { security_group_ids = { public = var.node_security_group_id } }
}

resource "aws_lb_listener_rule" "owner" {
  listener_arn = var.listener_arn
  priority     = 300

  condition {
    path_pattern {
      values = ["/owner/*"]
    }
  }

  action {
    type = "forward"

    forward {
      target_group {
        arn    = module.for_owner.forward_action.node.arn
        weight = module.for_owner.forward_action.node.weight
      }

      dynamic "target_group" {
        for_each = module.for_owner.forward_action.application.weight > 0 ? [module.for_owner.forward_action.application] : []

        content {
          arn    = var.application_target_group_arn
          weight = target_group.value.weight
        }
      }

      dynamic "stickiness" {
        for_each = module.for_owner.forward_action.stickiness[*]

        content {
          enabled  = stickiness.value.enabled
          duration = stickiness.value.duration
        }
      }
    }
  }
}
