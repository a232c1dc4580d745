output "target_group_arn" {
  description = "ARN of the node's target group. Check the health of its targets before you move traffic."
  value       = module.wallarm_routing.target_group_arn
}

output "routing" {
  description = "The `routing` output of the module alb."
  value       = module.wallarm_routing.routing
}
