# The smallest call of the module, for the runs that say nothing else.
name                 = "shop"
vpc_id               = "vpc-0123456789abcdef0"
node_traffic_percent = 100
rest_api             = { id = "a1b2c3d4e5", endpoint_type = "REGIONAL" }
stage                = { name = "live", application_deployment_id = "d1e2f3" }
application          = { url = "https://shop.example.com" }
routes               = { "GET /orders" = {} }
all_routes           = ["GET /orders"]
vpc_link             = { subnet_ids = ["subnet-0000000000000000a", "subnet-0000000000000000b"] }
load_balancer = {
  listener_arn       = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2"
  security_group_ids = { node = "sg-00000000000000001" }
}
node = { host = "node.example.com", protocol = "HTTPS" }
