# Keeps checking ../../existing-application after ../../alb/complete has put the node in front of it. This configuration
# has its own state and gets its values from the outputs of the other two.

module "wallarm_verification" {
  source = "../../../modules/verification"

  name    = var.name
  routing = var.routing

  node = { subnet_cidrs = var.node_subnet_cidrs }
  application = {
    subnet_ids   = var.application_subnet_ids
    instance_ids = var.application_instance_ids
  }

  security_group_audit = { accepted_rules = var.accepted_rules }
  network_interfaces   = {}
  private_subnets      = {}
  flow_logs            = var.flow_logs
  config_rules         = var.config_rules

  notifications = { email_addresses = var.email_addresses }
  api_call_alerts = {
    network_acl_ids = var.network_acl_ids
    trail           = var.trail
  }
}
