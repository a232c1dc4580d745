output "routing" {
  description = "Who is node, who is application, how much of the traffic passes the node."
  value       = module.wallarm_routing.routing
}

output "routes_around_the_node" {
  description = "Methods of the API that would go around the node."
  value       = module.wallarm_routing.routes_around_the_node
}
