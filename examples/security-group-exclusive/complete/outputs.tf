output "rules_to_remove" {
  description = "The rules that mode \"enforce\" removes: rule ID => what the rule admits."
  value       = module.security_group_exclusive.rules_to_remove
}
