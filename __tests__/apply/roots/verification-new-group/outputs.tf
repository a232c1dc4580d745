output "unexpected_rules" {
  value = {
    new_group    = module.audit_of_a_new_group.unexpected_rules
    depends_on   = module.audit_with_depends_on.unexpected_rules
    verification = module.verification.unexpected_rules
  }
}

output "public_routes" {
  value = module.verification.public_routes
}

output "security_group_id" {
  value = aws_security_group.application.id
}

output "unexpected_network_interfaces" {
  value = module.verification.unexpected_network_interfaces
}
