# The smallest call of the module, for the runs that say nothing else, and two ARNs for the runs that need them.
name                 = "shop"
vpc_id               = "vpc-0123456789abcdef0"
node_traffic_percent = 100
node = {
  security_group_id       = "sg-00000000000000002"
  autoscaling_group_names = { main = "wallarm-node" }
}
load_balancer = {
  security_group_ids = { public = "sg-00000000000000001" }
}

listener_arn                 = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"
application_target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/application/73e2d6bc24d8a067"
