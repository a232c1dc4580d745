# The module alb with many routes.

variable "vpc_id" {
  type = string
}

variable "node_security_group_id" {
  type = string
}

variable "node_instance_ids" {
  type = map(string)
}

variable "application_security_group_id" {
  type = string
}

variable "load_balancer_security_group_id" {
  type = string
}

variable "node_traffic_percent" {
  type = number
}

variable "routes" {
  type = any
}

module "alb" {
  source = "../../../modules/alb"

  name                 = "shop"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  node                 = { security_group_id = var.node_security_group_id, instance_ids = var.node_instance_ids }
  application          = { security_group_id = var.application_security_group_id, ports = [80] }
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_id } }
  routes               = var.routes
}
