output "admitted" {
  description = "What each ingress rule of the application's security group admits, by the rule's id."
  value       = module.security_group_audit.admitted
}

output "others" {
  description = "Those of them that admit anybody but the node: empty when the lockdown is complete."
  value       = module.security_group_audit.others
}
