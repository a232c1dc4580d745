output "routing" {
  description = "The `routing` output of the module: the node, the application, and the share of the traffic that goes through the node."
  value       = module.wallarm_routing.routing
}

output "distribution_domain_name" {
  description = "Domain name of the distribution, for the DNS records of its aliases."
  value       = module.wallarm_routing.distribution_domain_name
}

output "distribution_hosted_zone_id" {
  description = "Hosted zone ID of the distribution, for alias records."
  value       = module.wallarm_routing.distribution_hosted_zone_id
}

output "load_balancer_dns_name" {
  description = "DNS name of the load balancer, for the DNS record of the node."
  value       = aws_lb.node.dns_name
}

output "target_group_arn" {
  description = "ARN of the node's target group. Check the health of its targets before you move traffic."
  value       = module.load_balancer_to_node.target_group_arn
}

output "security_group_rule_ids" {
  description = "IDs of the security group rules, by purpose. Keep these when you remove all other rules."
  value       = module.wallarm_routing.security_group_rule_ids
}
