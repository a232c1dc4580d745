# A distribution that is in no Terraform state, with any origins.

import {
  to = module.wallarm_routing.aws_cloudfront_distribution.adopted[0]
  id = var.distribution_id
}

module "wallarm_routing" {
  source = "../../../../modules/cloudfront"

  name                                      = "shop-wallarm"
  vpc_id                                    = "vpc-0123456789abcdef0"
  node_traffic_percent                      = var.node_traffic_percent
  node                                      = var.node
  secret_header_values                      = { blue = "00000000000000000000000000000001" }
  adopted_distribution_id                   = var.distribution_id
  adopted_distribution_unsupported_settings = var.unsupported_settings
  wait_for_deployment                       = var.wait_for_deployment
  origins                                   = var.origins
}
