output "routing" {
  description = "The `routing` output of the module: the node, the application, and the share of the traffic that goes through the node."
  value       = module.wallarm_routing.routing
}

output "distribution_domain_name" {
  description = "Domain name of the distribution, for the DNS records of its aliases."
  value       = module.wallarm_routing.distribution_domain_name
}

output "vpc_origin_id" {
  description = "ID of the VPC origin."
  value       = module.wallarm_routing.vpc_origin_id
}
