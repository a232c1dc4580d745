output "others" {
  description = "Rules that admit anybody but the node to the application: empty when the lockdown is complete."
  value       = module.wallarm_verification.others
}

output "public_routes" {
  description = "Routes from the application's subnets to an internet gateway: empty when they are private."
  value       = module.wallarm_verification.public_routes
}

output "topic_arn" {
  description = "ARN of the topic that hears of what could open a way around the node."
  value       = module.wallarm_verification.topic_arn
}

output "flow_query" {
  description = "The query that lists who reached the application around the node."
  value       = module.wallarm_verification.flow_query
}

output "athena_table" {
  description = "With flow logs in S3: the statement that makes Athena's table."
  value       = module.wallarm_verification.athena_table
}

output "athena_query" {
  description = "With flow logs in S3: the query that lists who reached the application around the node."
  value       = module.wallarm_verification.athena_query
}
