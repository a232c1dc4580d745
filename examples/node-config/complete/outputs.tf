output "user_data" {
  description = "What the node's instances are launched with."
  value       = module.node_config.user_data
}

output "ecs_container" {
  description = "The same node as a container definition."
  value       = module.node_config.ecs_container
}

output "nginx_server_snippet" {
  description = "To read before anything is launched."
  value       = module.node_config.nginx_server_snippet
}
