output "routing" {
  description = "Who is node, who is application, how much of the traffic passes the node."
  value       = module.wallarm_routing.routing
}

output "distribution_domain_name" {
  description = "Name of the distribution, for the DNS records of its aliases."
  value       = module.wallarm_routing.distribution_domain_name
}

output "distribution_hosted_zone_id" {
  description = "Hosted zone of that name, for alias records."
  value       = module.wallarm_routing.distribution_hosted_zone_id
}

output "node_public_ip" {
  description = "Address for the DNS record of the node."
  value       = aws_eip.node.public_ip
}

output "security_group_rule_ids" {
  description = "Ids of the security group rules, by purpose: those to keep when all others are removed."
  value       = module.wallarm_routing.security_group_rule_ids
}
