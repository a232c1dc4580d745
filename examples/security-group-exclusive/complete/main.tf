# Keeps only the rules that a routing module created for the node. Start with mode "audit", and read what "enforce"
# would remove.

module "security_group_exclusive" {
  source = "../../../modules/security-group-exclusive"

  mode              = var.mode
  security_group_id = var.application_security_group_id

  node = {
    security_group_id = var.node_security_group_id
  }

  ingress_rule_ids = var.application_ingress_rule_ids
}
