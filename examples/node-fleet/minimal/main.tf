terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.100.0, < 7.0.0" }
  }
}

provider "aws" { region = "us-east-1" }

module "node_config" {
  source = "../../../modules/node-config"

  backend         = { url = "http://shop.internal.example.com" }
  entry_points    = ["shop-1234567890.us-east-1.elb.amazonaws.com"]
  trusted_proxies = { cidrs = ["10.0.1.0/24", "10.0.2.0/24"] }
  token_secret    = { arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:wallarm/token-AbCdEf" }
  group           = "shop"
}

module "node_fleet" {
  source = "../../../modules/node-fleet"

  name           = "shop-wallarm"
  vpc_id         = "vpc-0123456789abcdef0"
  subnet_ids     = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
  image          = { id = "ami-0123456789abcdef0" }
  instance_type  = "m4.xlarge"
  user_data_gzip = module.node_config.user_data_gzip
  secret_arns    = module.node_config.secret_arns
}
