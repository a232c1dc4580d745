# Routes of all kinds on a load balancer, and the network ACL of the application behind the node.

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
  default = "shop-wallarm"
}

variable "node_port" {
  type    = number
  default = 80
}

variable "node_group" {
  type    = string
  default = "sg.node"
}

variable "secret_header" {
  type    = object({ enforced = bool })
  default = null
}

variable "secret_header_values" {
  type    = map(string)
  default = null
}

variable "network_acl" {
  type    = bool
  default = false
}

variable "application_group" {
  type    = string
  default = "sg.application"
}

variable "by_address" {
  type    = bool
  default = false
}

module "wallarm_routing" {
  source = "../../../../modules/alb"

  name                 = var.name
  vpc_id               = var.ids["vpc"]
  node_traffic_percent = var.node_traffic_percent

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
  load_balancer = { security_group_ids = { public = var.ids["sg.load-balancer"] } }

  routes = {
    shop = { listener_arn = var.ids["listener.shop"], priority = 8, closing_priority = 9, mirrors_priority = 10 }
    api  = { listener_arn = var.ids["listener.shop"], priority = 18, closing_priority = 19, mirrors_priority = 20 }
    rest = { listener_arn = var.ids["listener.shop"], priority = 49999, closing_priority = 50000, catch_all = true }
  }
  secret_header        = var.secret_header
  secret_header_values = var.secret_header_values
}

module "network_acl" {
  source = "../../../../modules/network-acl"
  count  = var.network_acl ? 1 : 0

  name              = var.name
  routing           = module.wallarm_routing.routing
  subnet_ids        = { a = var.ids["subnet.application.a"], b = var.ids["subnet.application.b"] }
  node_subnet_cidrs = var.node_subnet_cidrs

  # The instances of the application would be replaced. No time passes here.
  accept_failing_health_checks = true
}
