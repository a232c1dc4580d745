output "target_group_arns" {
  description = "ARNs of the target groups behind the node. Check the health of their targets before you move traffic."
  value       = module.backend.target_group_arns
}

output "owner_configuration" {
  description = "What the owner of the application adds, if they attach the targets."
  value       = module.backend.owner_configuration
}

output "node_target_group_arn" {
  description = "ARN of the node's target group. Check the health of its targets before you move traffic."
  value       = module.wallarm_routing.target_group_arn
}

output "routing" {
  description = "The `routing` output of the module application-backend, for the modules that check the lockdown."
  value       = module.backend.routing
}
