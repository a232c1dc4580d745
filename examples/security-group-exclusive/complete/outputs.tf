output "unlisted" {
  description = "What the mode \"enforce\" removes: rule id => whom it admits."
  value       = module.security_group_exclusive.unlisted
}
