terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.100.0, < 7.0.0" }
  }
}

provider "aws" { region = "us-east-1" }

import {
  to = module.wallarm_routing.aws_cloudfront_distribution.adopted[0]
  id = "E1A2B3C4D5E6F7"
}

module "wallarm_routing" {
  source = "../../../modules/cloudfront"

  name                 = "shop-wallarm"
  vpc_id               = "vpc-0123456789abcdef0"
  node_traffic_percent = 0 # then 100

  node        = { security_group_id = "sg-0aaaaaaaaaaaaaaaa", domain_name = "node.example.com" }
  application = { security_group_id = "sg-0bbbbbbbbbbbbbbbb", ports = [443] }

  # All origins of the distribution as they are today
  adopted_distribution_id                   = "E1A2B3C4D5E6F7"
  adopted_distribution_unsupported_settings = jsondecode(file("${path.module}/unsupported-settings.json"))
  origins = {
    shop = { domain_name = "shop.example.com", custom_origin_config = {} }
  }

  secret_header = {
    secrets = { blue = { arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:cloudfront-header-AbCdEf" } }
  }
}
