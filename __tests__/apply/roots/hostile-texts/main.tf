# Calls of the module alb with texts that mean something to Terraform, to HTTP, or to nobody.

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

variable "calls" {
  type = map(object({
    name   = string
    tags   = map(string)
    routes = any
  }))
}

module "wallarm_routing" {
  source   = "../../../../modules/alb"
  for_each = var.calls

  name                 = each.value.name
  tags                 = each.value.tags
  vpc_id               = var.vpc_id
  node_traffic_percent = 0
  node                 = { security_group_id = var.node_security_group_id, instance_ids = var.node_instance_ids }
  application          = { security_group_id = var.application_security_group_id, ports = [80] }
  load_balancer        = { security_group_ids = { public = var.load_balancer_security_group_id } }
  routes               = each.value.routes

  # All calls would add the same rules.
  security_group_rules = {
    load_balancer_egress = false
    node_ingress         = false
    node_egress          = false
    application_ingress  = false
  }
}

output "target_group_arns" {
  value = { for key, call in module.wallarm_routing : key => call.target_group_arn }
}
