terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.100.0, < 7.0.0" }
  }
}

provider "aws" { region = "us-east-1" }

import {
  to = module.wallarm_routing.aws_lb_listener.adopted["public"]
  id = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/net/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"
}

module "wallarm_routing" {
  source = "../../../modules/nlb"

  name                 = "shop-wallarm"
  vpc_id               = "vpc-0123456789abcdef0"
  node_traffic_percent = 0 # then 100

  node = {
    security_group_id       = "sg-0aaaaaaaaaaaaaaaa"
    autoscaling_group_names = { main = "wallarm-node" }
  }
  target_group  = { preserve_client_ip = true }
  load_balancer = { security_group_ids = { public = "sg-0cccccccccccccccc" } }
  application   = { security_group_id = "sg-0bbbbbbbbbbbbbbbb", ports = [80] }

  adopted_listeners = {
    public = {
      listener_arn                 = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/net/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"
      application_target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/shop/6d0ecf831eec9f09"
    }
  }
}
