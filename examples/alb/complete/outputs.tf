output "routing" {
  description = "Who is node, who is application, how much of the traffic passes the node."
  value       = module.wallarm_routing.routing
}

output "target_group_arn" {
  description = "ARN of the node's target group, to watch its health before any request is moved."
  value       = module.wallarm_routing.target_group_arn
}

output "security_group_rule_ids" {
  description = "Ids of the security group rules, by purpose: those to keep when all others are removed."
  value       = module.wallarm_routing.security_group_rule_ids
}

output "previous_network_acl_ids" {
  description = "Ids of the network ACLs that the application's subnets had before. Note them down: with the ACL, the output goes."
  value       = one(module.network_acl[*].previous_network_acl_ids)
}
