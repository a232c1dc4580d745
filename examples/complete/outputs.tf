output "distribution_domain_name" {
  description = "Where the clients' DNS records lead in the end."
  value       = module.cloudfront.distribution_domain_name
}

output "target_group_arn" {
  description = "ARN of the node's target group, to watch its health before any request is moved."
  value       = module.wallarm_routing.target_group_arn
}

output "load_balancer_security_group_ids" {
  description = "Ids of the security groups that admit CloudFront, for the owner of the load balancer: in place of what admits everybody."
  value       = values(module.cloudfront.security_group_ids)
}

output "previous_network_acl_ids" {
  description = "Ids of the network ACLs that the application's subnets had before. Note them down: with the ACL, the output goes."
  value       = one(module.network_acl[*].previous_network_acl_ids)
}

output "others" {
  description = "Rules that admit anybody but the node to the application: empty when the lockdown is complete."
  value       = module.wallarm_verification.others
}

output "public_routes" {
  description = "Routes from the application's subnets to an internet gateway: empty when they are private."
  value       = module.wallarm_verification.public_routes
}

output "flow_query" {
  description = "The query of Logs Insights that lists who reached the application around the node."
  value       = module.wallarm_verification.flow_query
}

output "routing" {
  description = "Who is node, who is application, how much of the traffic passes the node."
  value       = module.wallarm_routing.routing
}
