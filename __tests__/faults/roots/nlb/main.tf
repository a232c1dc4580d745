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

variable "node_group" {
  type    = string
  default = "sg.node"
}

variable "application_group" {
  type    = string
  default = "sg.application"
}

variable "by_address" {
  type    = bool
  default = false
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
    security_group_id = var.ids[var.node_group]
    instance_ids      = var.by_address ? {} : { a = var.ids["instance.node.a"], b = var.ids["instance.node.b"] }
    ip_addresses = {
      for zone in var.by_address ? ["a", "b"] : [] : zone => { address = var.ids["address.node.${zone}"] }
    }
    target_type = var.by_address ? "ip" : "instance"
    port        = var.node_port
  }
  application   = { security_group_id = var.ids[var.application_group], ports = [80] }
  load_balancer = { security_group_ids = { public = var.ids["sg.network-load-balancer"] } }

  adopted_listeners = {
    public = { listener_arn = var.ids["listener.stream"], application_target_group_arn = var.ids["target-group.stream"] }
  }
}
