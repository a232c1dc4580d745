# A new distribution, which reaches the node's load balancer by a VPC origin.

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

variable "vpc_origin_exists" {
  type    = bool
  default = false
}

variable "secret_header" {
  type = any
}

variable "secret_header_values" {
  type = map(string)
}

variable "unsupported_settings" {
  type = map(list(string))
}

module "wallarm_routing" {
  source = "../../../../modules/cloudfront"

  name                 = var.name
  vpc_id               = var.ids["vpc"]
  node_traffic_percent = var.node_traffic_percent
  application          = { security_group_id = var.ids["sg.application"], ports = [80] }
  secret_header        = var.secret_header
  secret_header_values = var.secret_header_values
  new_distribution     = { default_cache_behavior = { target_origin_id = "shop" } }
  wait_for_deployment  = false

  node = {
    security_group_id      = var.ids["sg.node"]
    domain_name            = "node.example.com"
    origin_protocol_policy = "http-only"

    vpc_origin = {
      endpoint_type                = "application"
      endpoint_arn                 = var.ids["load-balancer.node"]
      security_group_ids           = { node = var.ids["sg.node-load-balancer"] }
      admit_service_security_group = var.vpc_origin_exists
    }
  }

  origins = {
    shop = { domain_name = "origin.example.com", custom_origin_config = {} }
  }
}
