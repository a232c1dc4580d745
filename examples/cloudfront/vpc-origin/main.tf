# A new distribution, and a node without a public address. CloudFront reaches the node through a VPC origin and an
# internal load balancer, which terminates TLS with its own certificate.

module "wallarm_routing" {
  source = "../../../modules/cloudfront"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node = {
    security_group_id = aws_security_group.node.id
    domain_name       = var.node_domain_name
    vpc_origin = {
      endpoint_type      = "application"
      endpoint_arn       = aws_lb.node.arn
      security_group_ids = { node = aws_security_group.load_balancer.id }

      # In the second apply, because AWS creates the group with the VPC origin.
      admit_service_security_group = var.vpc_origin_exists
    }
  }

  secret_header = {
    active  = var.active_secret
    secrets = { for color, arn in var.secret_header_secret_arns : color => { arn = arn } }
  }

  origins = {
    shop = {
      domain_name          = var.application_domain_name
      custom_origin_config = { origin_protocol_policy = "http-only" }
    }
  }

  new_distribution = {
    aliases                = var.aliases
    acm_certificate_arn    = var.certificate_arn
    default_cache_behavior = { target_origin_id = "shop" }
  }

  application = {
    security_group_id = var.application_security_group_id
    ports             = [80]
  }
}
