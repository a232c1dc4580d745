output "routing" {
  description = "Who is node, who is application, how much of the traffic passes the node."
  value       = module.wallarm_routing.routing
}

output "cache_behaviors" {
  description = "Who answers the requests of each cache behaviour."
  value       = module.wallarm_routing.cache_behaviors
}

output "security_group_rule_ids" {
  description = "Ids of the security group rules, by purpose."
  value       = module.wallarm_routing.security_group_rule_ids
}

output "node_user_data" {
  description = "User data of the node, with the values of the secret header in clear."
  value       = module.node_config.user_data
  sensitive   = true
}
