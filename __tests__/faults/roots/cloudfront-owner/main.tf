# A distribution whose owner moves the requests, in the same state: README of the module, cutover_origin.

variable "ids" {
  type = map(string)
}

variable "node_subnet_cidrs" {
  type = map(string)
}

variable "node_traffic_percent" {
  type = number
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

import {
  to = aws_cloudfront_distribution.shop
  id = var.ids["distribution"]
}

resource "aws_cloudfront_distribution" "shop" {
  enabled             = true
  comment             = "shop"
  wait_for_deployment = false

  origin {
    origin_id   = "shop"
    domain_name = try(module.wallarm_routing.cutover_origin.domain_name, "origin.example.com")

    custom_origin_config {
      http_port              = 80
      https_port             = try(module.wallarm_routing.cutover_origin.custom_origin_config.https_port, 443)
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }

    dynamic "custom_header" {
      for_each = module.wallarm_routing.cutover_origin[*]

      content {
        name  = module.wallarm_routing.secret_header.name
        value = module.wallarm_routing.secret_header.value
      }
    }
  }

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "shop"
    viewer_protocol_policy = "https-only"

    forwarded_values {
      query_string = false

      cookies {
        forward = "none"
      }
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

module "wallarm_routing" {
  source = "../../../../modules/cloudfront"

  name                 = "shop-wallarm"
  vpc_id               = var.ids["vpc"]
  node_traffic_percent = var.node_traffic_percent
  application          = { security_group_id = var.ids["sg.application"], ports = [80] }
  secret_header        = var.secret_header
  secret_header_values = var.secret_header_values

  node = {
    security_group_id = var.ids["sg.node"]
    domain_name       = "node.example.com"
    https_port        = var.node_port
  }
  security_groups = {
    ports                 = [var.node_port]
    network_interface_ids = { a = var.ids["interface.node.a"], b = var.ids["interface.node.b"] }
  }
}
