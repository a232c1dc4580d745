# The smallest call of the module, for the runs that say nothing else, and an output of the module alb for those about it.
name       = "shop"
vpc_id     = "vpc-0123456789abcdef0"
subnet_ids = { a = "subnet-0123456789abcdef0", b = "subnet-0123456789abcdef1" }
listener   = { certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef" }
target_groups = {
  api = { existing_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/api/0123456789abcdef" }
  web = { existing_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/0123456789abcdef" }
}
routes = {
  api  = { priority = 10, target_group = "api", conditions = [{ path_pattern = { values = ["/api/*"] } }] }
  rest = { priority = 20, target_group = "web", catch_all = true }
}
application = { security_group_id = "sg-00000000000000001", ports = [8080] }

routing_of_alb = {
  scenario             = "alb"
  name                 = "edge"
  vpc_id               = "vpc-0123456789abcdef0"
  node                 = { target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/node/0123456789abcdef" }
  application          = { security_group_id = "sg-00000000000000009", accepted = { routes = ["GET /health"] } }
  load_balancer        = { security_group_ids = ["sg-00000000000000005"] }
  secret_header        = { name = "X-Secret", enforced = true }
  node_traffic_percent = 100
  live_after_apply     = true
  entry_points = {
    rest = { listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2", priority = 50000 }
  }
}
