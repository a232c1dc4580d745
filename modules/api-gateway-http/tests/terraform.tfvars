# The smallest call of the module, for the runs that say nothing else, and what the runs need that say more.
name                 = "shop"
vpc_id               = "vpc-0123456789abcdef0"
node_traffic_percent = 100
node                 = { security_group_id = "sg-00000000000000002" }
load_balancer = {
  listener_arn       = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2"
  security_group_ids = { node = "sg-00000000000000001" }
}
vpc_link   = { subnet_ids = ["subnet-0000000000000000a", "subnet-0000000000000000b"] }
api_id     = "a1b2c3d4e5"
all_routes = {}

shop = {
  integration_id = "i0000001"
  application = {
    uri           = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/0000000000000001"
    connection_id = "l0000002"
  }
}
orders = {
  route_key                  = "GET /orders/{id}"
  route_id                   = "r0000001"
  application_integration_id = "i0000002"
  integration                = {}
}
truststore = {
  domain_name        = "api.example.com"
  certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
  truststore_uri     = "s3://shop-truststore/clients.pem"
  truststore_version = "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY"
}
