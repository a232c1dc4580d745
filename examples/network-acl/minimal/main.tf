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
  node_traffic_percent = 0 # at 100, the network ACL is in force
  node                 = { security_group_id = "sg-0aaaaaaaaaaaaaaaa", autoscaling_group_names = { main = "wallarm-node" } }
  load_balancer        = { security_group_ids = { public = "sg-0cccccccccccccccc" } }
  application          = { security_group_id = "sg-0bbbbbbbbbbbbbbbb", ports = [80] }
  routes = {
    rest = {
      listener_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"
      priority     = 50000
      catch_all    = true
    }
  }
}

module "network_acl" {
  source = "../../../modules/network-acl"

  name       = "shop-wallarm"
  routing    = module.wallarm_routing.routing # the reference carries the order of an apply
  subnet_ids = { a = "subnet-0aaaaaaaaaaaaaaaa", b = "subnet-0bbbbbbbbbbbbbbbb" }

  # By rule number.
  node_subnet_cidrs = { 100 = "10.0.2.0/24", 200 = "10.0.3.0/24" }
  outbound          = { 21000 = { cidr = "0.0.0.0/0", ports = [443] }, 21100 = { cidr = "10.0.50.0/24", ports = [5432] } }
}
