output "unexpected_rules" {
  description = "Rules that admit anything other than the node to the application. Empty when the lockdown is complete."
  value       = module.wallarm_verification.unexpected_rules
}

output "public_routes" {
  description = "Routes from the application's subnets to an internet gateway. Empty when the subnets are private."
  value       = module.wallarm_verification.public_routes
}

output "topic_arn" {
  description = "ARN of the topic that receives alerts about changes that can open a path around the node."
  value       = module.wallarm_verification.topic_arn
}

output "flow_query" {
  description = "The query that lists sources that reached the application around the node."
  value       = module.wallarm_verification.flow_query
}

output "athena_table" {
  description = "With flow logs in S3: the statement that creates the Athena table."
  value       = module.wallarm_verification.athena_table
}

output "athena_query" {
  description = "With flow logs in S3: the query that lists sources that reached the application around the node."
  value       = module.wallarm_verification.athena_query
}
