output "routing" {
  description = "The `routing` output of the module: the node, the application, and the share of the traffic that goes through the node."
  value       = module.wallarm_routing.routing
}

output "routes_around_the_node" {
  description = "Methods of the API that go around the node."
  value       = module.wallarm_routing.routes_around_the_node
}
