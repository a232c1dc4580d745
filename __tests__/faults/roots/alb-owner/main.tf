# A listener rule whose owner moves the requests, in the same state: README of the module, forward_action.

variable "ids" {
  type = map(string)
}

variable "node_subnet_cidrs" {
  type = map(string)
}

variable "node_traffic_percent" {
  type = number
}

variable "node_port" {
  type    = number
  default = 80
}

import {
  to = aws_lb_listener_rule.shop
  id = var.ids["rule.10"]
}

resource "aws_lb_listener_rule" "shop" {
  listener_arn = var.ids["listener.shop"]
  priority     = 10

  condition {
    host_header {
      values = ["shop.example.com"]
    }
  }

  action {
    type = "forward"

    forward {
      target_group {
        arn    = module.wallarm_routing.forward_action.node.arn
        weight = module.wallarm_routing.forward_action.node.weight
      }

      dynamic "target_group" {
        for_each = module.wallarm_routing.forward_action.application.weight > 0 ? [module.wallarm_routing.forward_action.application] : []

        content {
          arn    = var.ids["target-group.shop"]
          weight = target_group.value.weight
        }
      }
    }
  }
}

module "wallarm_routing" {
  source = "../../../../modules/alb"

  name                 = "shop-wallarm"
  vpc_id               = var.ids["vpc"]
  node_traffic_percent = var.node_traffic_percent

  node = {
    security_group_id = var.ids["sg.node"]
    instance_ids      = { a = var.ids["instance.node.a"], b = var.ids["instance.node.b"] }
    port              = var.node_port
  }
  application   = { security_group_id = var.ids["sg.application"], ports = [80] }
  load_balancer = { security_group_ids = { public = var.ids["sg.load-balancer"] } }
  routes        = {}
}
