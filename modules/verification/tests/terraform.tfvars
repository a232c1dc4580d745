# The smallest call of the module, for the runs that say nothing else.
name = "shop"
routing = {
  schema_version = 1
  scenario       = "alb"
  name           = "shop"
  vpc_id         = "vpc-0123456789abcdef0"
  node = {
    security_group_id = "sg-00000000000000002"
    target_group_arn  = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/node/6d0ecf831eec9f09"
    port              = 80
    protocol          = "HTTP"
  }
  application = { security_group_id = "sg-00000000000000003", ports = [80, 443] }
  entry_points = {
    shop = {
      listener_arn                 = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"
      listener_rule_arn            = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee"
      priority                     = 9
      application_target_group_arn = null
    }
  }
  node_traffic_percent = 100
}
