output "routing" {
  description = "The `routing` output of the module: the node, the application, and the share of the traffic that goes through the node."
  value       = module.wallarm_routing.routing
}

output "cache_behaviors" {
  description = "What serves the requests of each cache behavior: the node or the application."
  value       = module.wallarm_routing.cache_behaviors
}

output "security_group_rule_ids" {
  description = "IDs of the security group rules, by purpose."
  value       = module.wallarm_routing.security_group_rule_ids
}

output "node_user_data" {
  description = "User data of the node. It contains the values of the secret header in clear text."
  value       = module.node_config.user_data
  sensitive   = true
}
