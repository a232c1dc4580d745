output "routing" {
  description = "The `routing` output of the module: the node, the application, and the share of the traffic that goes through the node."
  value       = module.wallarm_routing.routing
}

output "target_group_arn" {
  description = "ARN of the node's target group. Check the health of its targets before you move traffic."
  value       = module.wallarm_routing.target_group_arn
}

output "autoscaling_group_name" {
  description = "Name of the node's Auto Scaling group, for aws autoscaling describe-instance-refreshes."
  value       = module.node_fleet.autoscaling_group_name
}

output "closing_rule_arns" {
  description = "ARNs of the rules that answer 403 to requests without the header, by route."
  value       = module.wallarm_routing.closing_rule_arns
}

output "load_balancer_security_group_ids" {
  description = "IDs of the security groups that admit CloudFront. The owner of the load balancer adds them in place of the groups that admit everyone."
  value       = values(module.cloudfront.security_group_ids)
}
