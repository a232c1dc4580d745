# The smallest call of the module, for the runs that say nothing else.
name = "shop"
routing = {
  schema_version       = 1
  account_id           = "123456789012"
  vpc_id               = "vpc-0123456789abcdef0"
  application          = { ports = [80] }
  entry_points         = { shop = {} }
  node_traffic_percent = 100
  live_after_apply     = true
}
subnet_ids              = { a = "subnet-0000000000000000a" }
node_subnet_cidrs       = { 100 = "10.0.1.0/24" }
autoscaling_group_names = { main = "shop" }
