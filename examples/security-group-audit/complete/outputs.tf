output "current_rules" {
  description = "The ingress rules of the application's security group, with the group."
  value       = module.security_group_audit.current_rules
}

output "unexpected_rules" {
  description = "The rules that admit anything other than the node. Empty when the lockdown is complete."
  value       = module.security_group_audit.unexpected_rules
}
