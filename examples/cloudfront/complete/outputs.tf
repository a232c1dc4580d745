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

output "node_public_ip" {
  description = "IP address for the DNS record of the node."
  value       = aws_eip.node.public_ip
}

output "security_group_rule_ids" {
  description = "IDs of the security group rules, by purpose. Keep these when you remove all other rules."
  value       = module.wallarm_routing.security_group_rule_ids
}
