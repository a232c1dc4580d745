# The smallest call of the module, for the runs that say nothing else.
name                 = "shop"
node_traffic_percent = 100
rest_api             = { id = "a1b2c3d4e5", endpoint_type = "REGIONAL" }
stage                = { name = "live", application_deployment_id = "owner1" }
vpc_link             = { id = "link01" }
node                 = { host = "node.example.com" }
application          = { url = "https://shop.example.com" }
routes = {
  "GET /orders"      = {}
  "GET /orders/{id}" = {}
}
