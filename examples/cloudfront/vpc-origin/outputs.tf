output "routing" {
  description = "Who is node, who is application, how much of the traffic passes the node."
  value       = module.wallarm_routing.routing
}

output "distribution_domain_name" {
  description = "Name of the distribution, for the DNS records of its aliases."
  value       = module.wallarm_routing.distribution_domain_name
}

output "vpc_origin_id" {
  description = "Id of the VPC origin."
  value       = module.wallarm_routing.vpc_origin_id
}
