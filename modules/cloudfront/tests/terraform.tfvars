# The smallest call of the module that has a distribution, for the runs that say nothing else.
name                 = "shop"
vpc_id               = "vpc-0123456789abcdef0"
node_traffic_percent = 100
node = {
  security_group_id = "sg-00000000000000002"
  domain_name       = "node.example.com"
}
secret_header_values = { blue = "00000000000000000000000000000001" }
origins = {
  shop = { domain_name = "shop.example.com", custom_origin_config = {} }
}
new_distribution = { default_cache_behavior = { target_origin_id = "shop" } }
