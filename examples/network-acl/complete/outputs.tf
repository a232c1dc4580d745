output "routing" {
  description = "Who is node, who is application, how much of the traffic passes the node."
  value       = module.wallarm_routing.routing
}

output "previous_network_acl_ids" {
  description = "Ids of the network ACLs that the application's subnets had before. Note them down: the output goes with the module."
  value       = module.network_acl.previous_network_acl_ids
}
