# A rule that authenticates clients: its owner forwards to the node behind the login.

module "wallarm_routing" {
  source = "../../../../modules/alb"

  name                 = "staff-wallarm"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  node                 = { security_group_id = var.node_security_group_id, instance_ids = var.node_instance_ids }
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_id } }
}

resource "aws_lb_listener_rule" "staff" {
  listener_arn = var.listener_arn
  priority     = 10

  condition {
    host_header {
      values = ["staff.example.com"]
    }
  }

  action {
    type  = "authenticate-cognito"
    order = 1

    authenticate_cognito {
      user_pool_arn       = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/staff"
      user_pool_client_id = "shop"
      user_pool_domain    = "staff"
    }
  }

  action {
    type  = "forward"
    order = 2

    forward {
      target_group {
        arn    = module.wallarm_routing.forward_action.node.arn
        weight = module.wallarm_routing.forward_action.node.weight
      }

      dynamic "target_group" {
        for_each = module.wallarm_routing.forward_action.application.weight > 0 ? [module.wallarm_routing.forward_action.application] : []

        content {
          arn    = var.application_target_group_arn
          weight = target_group.value.weight
        }
      }

      dynamic "stickiness" {
        for_each = module.wallarm_routing.forward_action.stickiness[*]

        content {
          enabled  = stickiness.value.enabled
          duration = stickiness.value.duration
        }
      }
    }
  }
}
