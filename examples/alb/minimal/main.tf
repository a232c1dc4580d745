terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.100.0, < 7.0.0" }
  }
}

provider "aws" { region = "us-east-1" }

module "wallarm_routing" {
  source = "../../../modules/alb"

  name                 = "shop-wallarm"
  vpc_id               = "vpc-0123456789abcdef0"
  node_traffic_percent = 0 # then 10 as a canary, then 100

  node = {
    security_group_id       = "sg-0aaaaaaaaaaaaaaaa"
    autoscaling_group_names = { main = "wallarm-node" }
  }
  load_balancer = { security_group_ids = { public = "sg-0cccccccccccccccc" } }
  application   = { security_group_id = "sg-0bbbbbbbbbbbbbbbb", ports = [80] }

  routes = {
    # Takes the requests that no rule takes. Each rule that forwards needs its own route, such as
    # api = { listener_arn = "…", priority = 9, mirrors_priority = 10 }
    rest = {
      listener_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"
      priority     = 50000
      catch_all    = true
    }
  }
}
