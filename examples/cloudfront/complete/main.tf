# A new distribution for an application that has none. The Wallarm Node is the origin, with its own name and
# certificate.

module "wallarm_routing" {
  source = "../../../modules/cloudfront"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node = {
    security_group_id = aws_security_group.node.id
    domain_name       = var.node_domain_name

    # The application's origin uses HTTP. Without this line, the node's would too.
    origin_protocol_policy = "https-only"
  }

  secret_header = {
    active  = var.active_secret
    secrets = { for color, arn in var.secret_header_secret_arns : color => { arn = arn } }
  }

  # The application as clients reach it today. At 100 percent, it is no longer an origin.
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
  wait_for_deployment = var.wait_for_deployment

  security_groups = { ports = [443] }
  application = {
    security_group_id = var.application_security_group_id
    ports             = [80]
  }
}
