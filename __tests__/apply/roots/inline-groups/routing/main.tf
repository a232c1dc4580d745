# A node with a group of its own between groups whose owner manages their rules inline.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

variable "vpc_id" {
  type = string
}

variable "node_traffic_percent" {
  type = number
}

variable "node_instance_ids" {
  type = map(string)
}

variable "load_balancer_security_group_id" {
  type = string
}

variable "application_security_group_id" {
  type = string
}

variable "listener_arn" {
  type = string
}

# Whether the module creates the rules of the owner's groups.
variable "rules_of_the_owner" {
  type = bool
}

resource "aws_security_group" "node" {
  name   = "inline-node"
  vpc_id = var.vpc_id
}

module "wallarm_routing" {
  source = "../../../../../modules/alb"

  name                 = "shop-wallarm"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  node                 = { security_group_id = aws_security_group.node.id, instance_ids = var.node_instance_ids }
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_id } }
  application          = { security_group_id = var.application_security_group_id, ports = [80] }
  routes               = { rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true } }
  security_group_rules = { load_balancer_egress = var.rules_of_the_owner, application_ingress = var.rules_of_the_owner }
}

output "node" {
  value = aws_security_group.node.id
}
