# Another team's application on the same listener, in a state of its own: the rules of the groups are the first team's.

variable "ids" {
  type = map(string)
}

variable "priority" {
  type = number
}

variable "node_traffic_percent" {
  type = number
}

module "wallarm_routing" {
  source = "../../../../modules/alb"

  name                 = "reports-wallarm"
  vpc_id               = var.ids["vpc"]
  node_traffic_percent = var.node_traffic_percent

  node = {
    security_group_id = var.ids["sg.node"]
    instance_ids      = { a = var.ids["instance.node.a"], b = var.ids["instance.node.b"] }
  }
  application          = { security_group_id = var.ids["sg.application"], ports = [80] }
  load_balancer        = { security_group_ids = { public = var.ids["sg.load-balancer"] } }
  security_group_rules = { application_ingress = false, node_egress = false, node_ingress = false, load_balancer_egress = false }

  routes = {
    reports = {
      listener_arn                 = var.ids["listener.shop"]
      priority                     = var.priority
      application_target_group_arn = var.ids["target-group.shop"]
      conditions                   = [{ path_pattern = { values = ["/reports/*"] } }]
    }
  }
}
