# The load balancer behind the node, with the instances of the application in another target group.

variable "ids" {
  type = map(string)
}

variable "node_subnet_cidrs" {
  type = map(string)
}

variable "node_traffic_percent" {
  type = number
}

variable "backend_name" {
  type    = string
  default = "shop-backend"
}

variable "by_instance" {
  type    = bool
  default = false
}

module "backend" {
  source = "../../../../modules/application-backend"

  name        = var.backend_name
  vpc_id      = var.ids["vpc"]
  subnet_ids  = { a = var.ids["subnet.node.a"], b = var.ids["subnet.node.b"] }
  listener    = { protocol = "HTTP", port = 80, existing = { arn = var.ids["listener.shop"] } }
  application = { security_group_id = var.ids["sg.application"], ports = [80] }
  routing     = module.wallarm_routing.routing

  target_groups = {
    shop = {
      existing_arn            = var.ids["target-group.shop"]
      autoscaling_group_names = var.by_instance ? {} : { shop = "shop" }
      instance_ids            = { for zone in var.by_instance ? ["a", "b"] : [] : zone => var.ids["instance.application.${zone}"] }
    }
  }
  routes = {
    rest = { priority = 100, target_group = "shop", catch_all = true }
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
  }
  application   = module.backend.application
  load_balancer = { security_group_ids = { public = var.ids["sg.load-balancer"] } }

  routes = {
    shop = { listener_arn = var.ids["listener.shop"], priority = 9, mirrors_priority = 10 }
    api  = { listener_arn = var.ids["listener.shop"], priority = 19, mirrors_priority = 20 }
    rest = { listener_arn = var.ids["listener.shop"], priority = 50000, catch_all = true }
  }
}
