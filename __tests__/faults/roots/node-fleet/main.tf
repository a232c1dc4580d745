# The instances of the node, in the apply that puts them behind the load balancer.

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

module "node_fleet" {
  source = "../../../../modules/node-fleet"

  name           = var.name
  vpc_id         = var.ids["vpc"]
  subnet_ids     = [var.ids["subnet.node.a"], var.ids["subnet.node.b"]]
  image          = { id = "ami-12c6146b" }
  instance_type  = "m4.xlarge"
  user_data_gzip = "H4sIAAAAAAAAA1NW1E/KzNNPSixOBQBGXQYaCwAAAA=="
  secret_arns    = ["arn:aws:secretsmanager:us-east-1:123456789012:secret:wallarm-token-AbCdEf"]
  alarms         = { routing = module.wallarm_routing.routing }
}

module "wallarm_routing" {
  source = "../../../../modules/alb"

  name                 = var.name
  vpc_id               = var.ids["vpc"]
  node_traffic_percent = var.node_traffic_percent
  node                 = merge(module.node_fleet.node, { port = var.node_port })
  application          = { security_group_id = var.ids["sg.application"], ports = [80] }
  load_balancer        = { security_group_ids = { public = var.ids["sg.load-balancer"] } }

  routes = {
    shop = { listener_arn = var.ids["listener.shop"], priority = 9, mirrors_priority = 10 }
    api  = { listener_arn = var.ids["listener.shop"], priority = 19, mirrors_priority = 20 }
    rest = { listener_arn = var.ids["listener.shop"], priority = 50000, catch_all = true }
  }
}
