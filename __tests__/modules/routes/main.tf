# A call of the module alb whose routes a test decides.

variable "vpc_id" {
  type = string
}

variable "routes" {
  type = any
}

variable "node_traffic_percent" {
  type = number
}

variable "secret_header" {
  type    = any
  default = null
}

variable "secret_header_values" {
  type    = any
  default = null
}

module "alb" {
  source = "../../../modules/alb"

  name                 = "shop"
  vpc_id               = var.vpc_id
  node                 = { security_group_id = "sg-00000000000000002", autoscaling_group_names = { main = "wallarm-node" } }
  load_balancer        = { security_group_ids = { public = "sg-00000000000000001" } }
  routes               = var.routes
  node_traffic_percent = var.node_traffic_percent
  secret_header        = var.secret_header
  secret_header_values = var.secret_header_values
}
