output "routing" {
  description = "The `routing` output of the module: the node, the application, and the share of the traffic that goes through the node."
  value       = module.wallarm_routing.routing
}

output "target_group_arn" {
  description = "ARN of the node's target group. Check the health of its targets before you move traffic."
  value       = module.wallarm_routing.target_group_arn
}

output "previous_network_acl_ids" {
  description = "IDs of the network ACLs that the application's subnets had before. Write them down: the output disappears with the network ACL."
  value       = one(module.network_acl[*].previous_network_acl_ids)
}
