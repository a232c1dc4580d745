output "routing" {
  description = "Who is node, who is application, how much of the traffic passes the node."
  value       = module.wallarm_routing.routing
}

output "target_group_arn" {
  description = "ARN of the node's target group, to watch its health before any request is moved."
  value       = module.load_balancer_to_node.target_group_arn
}

output "resource_policy_json" {
  description = "The API's resource policy, to be read before it is applied."
  value       = module.wallarm_routing.resource_policy_json
}
