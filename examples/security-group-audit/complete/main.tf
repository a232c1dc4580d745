# Checks at every plan what the security group of an application in another state admits.

module "security_group_audit" {
  source = "../../../modules/security-group-audit"

  security_group_id = var.application_security_group_id

  node = {
    security_group_id = var.node_security_group_id
    subnet_cidrs      = var.node_subnet_cidrs
  }

  accepted_rules = var.accepted_rules
}
