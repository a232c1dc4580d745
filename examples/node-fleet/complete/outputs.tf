output "autoscaling_group_name" {
  description = "Name of the Auto Scaling group, for aws autoscaling describe-instance-refreshes."
  value       = module.node_fleet.autoscaling_group_name
}

output "target_group_arn" {
  description = "ARN of the node's target group. Check the health of its targets before you move traffic."
  value       = module.wallarm_routing.target_group_arn
}

output "routing" {
  description = "The `routing` output of the module alb."
  value       = module.wallarm_routing.routing
}
