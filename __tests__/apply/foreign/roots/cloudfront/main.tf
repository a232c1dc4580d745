# What the modules' user applies for somebody else's distribution, whose owner pastes the outputs.

module "wallarm_routing" {
  source = "../../../../../modules/cloudfront"

  name                 = "edge-wallarm"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  node                 = { security_group_id = var.node_security_group_id, domain_name = "node.example.com" }
  application          = { security_group_id = var.application_security_group_id, ports = var.application_ports }
  origins              = { shop = { domain_name = var.origin_domain_name, custom_origin_config = {} } }
  secret_header        = {}
  secret_header_values = { blue = "0123456789abcdef0123456789abcdef" }

  # Refused: see the suite.
  adopted_distribution_id                   = var.adopted_distribution_id
  adopted_distribution_unsupported_settings = var.unsupported_settings
}

output "cutover_origin" {
  value = module.wallarm_routing.cutover_origin
}

output "secret_header" {
  value     = module.wallarm_routing.secret_header
  sensitive = true
}
