output "security_group_rule_ids" {
  description = "IDs of the shared rules, by purpose."
  value       = module.security_group_rules.security_group_rule_ids
}
