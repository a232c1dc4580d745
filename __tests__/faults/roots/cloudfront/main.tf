# A distribution that the module adopts, or creates, and the header that it sends to the node.

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
  default = 443
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

variable "node_group" {
  type    = string
  default = "sg.node"
}

variable "application_group" {
  type    = string
  default = "sg.application"
}

variable "creates_distribution" {
  type    = bool
  default = false
}

import {
  for_each = var.creates_distribution ? [] : [var.ids["distribution"]]
  to       = module.wallarm_routing.aws_cloudfront_distribution.adopted[0]
  id       = each.value
}

module "wallarm_routing" {
  source = "../../../../modules/cloudfront"

  name                 = var.name
  vpc_id               = var.ids["vpc"]
  node_traffic_percent = var.node_traffic_percent
  application          = { security_group_id = var.ids[var.application_group], ports = [80] }
  secret_header        = var.secret_header
  secret_header_values = var.secret_header_values

  node = {
    security_group_id = var.ids[var.node_group]
    domain_name       = "node.example.com"
    https_port        = var.node_port
  }
  security_groups = {
    ports                 = [var.node_port]
    network_interface_ids = { a = var.ids["interface.node.a"], b = var.ids["interface.node.b"] }
  }

  new_distribution                          = var.creates_distribution ? { default_cache_behavior = { target_origin_id = "shop" } } : null
  adopted_distribution_id                   = var.creates_distribution ? null : var.ids["distribution"]
  adopted_distribution_unsupported_settings = var.unsupported_settings
  wait_for_deployment                       = false

  origins = {
    shop = { domain_name = "origin.example.com", custom_origin_config = {} }
  }
}
