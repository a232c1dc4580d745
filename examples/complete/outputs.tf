output "distribution_domain_name" {
  description = "Domain name of the distribution. Point the DNS records of the clients' names at it."
  value       = module.cloudfront.distribution_domain_name
}

output "target_group_arn" {
  description = "ARN of the node's target group. Check the health of its targets before you move traffic."
  value       = module.wallarm_routing.target_group_arn
}

output "load_balancer_security_group_ids" {
  description = "IDs of the security groups that admit CloudFront. The owner of the load balancer adds them in place of the groups that admit everyone."
  value       = values(module.cloudfront.security_group_ids)
}

output "previous_network_acl_ids" {
  description = "IDs of the network ACLs that the application's subnets had before. Write them down: you need them to restore the associations, and the output disappears with the network ACL."
  value       = one(module.network_acl[*].previous_network_acl_ids)
}

output "unexpected_rules" {
  description = "Rules that admit anything other than the node to the application. Empty when the lockdown is complete."
  value       = module.wallarm_verification.unexpected_rules
}

output "public_routes" {
  description = "Routes from the application's subnets to an internet gateway. Empty when the subnets are private."
  value       = module.wallarm_verification.public_routes
}

output "flow_query" {
  description = "The Logs Insights query that lists sources that reached the application around the node."
  value       = module.wallarm_verification.flow_query
}

output "routing" {
  description = "The `routing` output of the module: the node, the application, and the share of the traffic that goes through the node."
  value       = module.wallarm_routing.routing
}

output "cloudfront_routing" {
  description = "The `routing` output of CloudFront's module: `audit` reads what the distribution must send to the node."
  value       = module.cloudfront.routing
}
