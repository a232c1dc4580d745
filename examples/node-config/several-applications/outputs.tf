output "user_data" {
  description = "User data for the launch template of the node."
  value       = module.node_config.user_data
}

output "ecs_container" {
  description = "The same node as an ECS container definition."
  value       = module.node_config.ecs_container
}

output "nginx_server_snippet" {
  description = "The nginx configuration, to read before you launch the node."
  value       = module.node_config.nginx_server_snippet
}
