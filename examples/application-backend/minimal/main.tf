terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.100.0, < 7.0.0" }
  }
}

provider "aws" { region = "us-east-1" }

module "backend" {
  source = "../../../modules/application-backend"

  name        = "shop-backend"
  vpc_id      = "vpc-0123456789abcdef0"
  subnet_ids  = { a = "subnet-0aaaaaaaaaaaaaaaa", b = "subnet-0bbbbbbbbbbbbbbbb" }
  listener    = { certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef" }
  application = { security_group_id = "sg-0bbbbbbbbbbbbbbbb", ports = [8080] }

  target_groups = {
    shop = {
      existing_arn            = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/shop/73e2d6bc24d8a067"
      autoscaling_group_names = { shop = "shop" }
    }
  }
  routes = {
    rest = { priority = 100, target_group = "shop", catch_all = true }
  }
}
