output "routing" {
  description = "Who is node, who is application, how much of the traffic passes the node."
  value       = module.wallarm_routing.routing
}

output "target_group_arn" {
  description = "ARN of the node's target group, to watch its health before any request is moved."
  value       = module.wallarm_routing.target_group_arn
}

output "closing_rule_arns" {
  description = "ARNs of the rules that answer 403 to requests without the header, by route."
  value       = module.wallarm_routing.closing_rule_arns
}

output "load_balancer_security_group_ids" {
  description = "Ids of the security groups that admit CloudFront, for the owner of the load balancer: in place of what admits everybody."
  value       = values(module.cloudfront.security_group_ids)
}
