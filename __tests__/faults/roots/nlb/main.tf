# A listener that the module adopts.

variable "ids" {
  type = map(string)
}

variable "node_subnet_cidrs" {
  type = map(string)
}

variable "node_traffic_percent" {
  type = number
}

variable "name" {
  type    = string
  default = "stream-wallarm"
}

variable "node_port" {
  type    = number
  default = 80
}

import {
  to = module.wallarm_routing.aws_lb_listener.adopted["public"]
  id = var.ids["listener.stream"]
}

module "wallarm_routing" {
  source = "../../../../modules/nlb"

  name                 = var.name
  vpc_id               = var.ids["vpc"]
  node_traffic_percent = var.node_traffic_percent
  target_group         = { preserve_client_ip = false }

  node = {
    security_group_id = var.ids["sg.node"]
    instance_ids      = { a = var.ids["instance.node.a"], b = var.ids["instance.node.b"] }
    port              = var.node_port
  }
  application   = { security_group_id = var.ids["sg.application"], ports = [80] }
  load_balancer = { security_group_ids = { public = var.ids["sg.network-load-balancer"] } }

  adopted_listeners = {
    public = { listener_arn = var.ids["listener.stream"], application_target_group_arn = var.ids["target-group.stream"] }
  }
}
