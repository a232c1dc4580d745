output "unlisted" {
  description = "The rules that mode \"enforce\" removes: rule ID => what the rule admits."
  value       = module.security_group_exclusive.unlisted
}
