terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.100.0, < 7.0.0" }
  }
}

provider "aws" { region = "us-east-1" }

module "node_config" {
  source = "../../../modules/node-config"

  backend         = { url = "http://internal-shop-1234567890.us-east-1.elb.amazonaws.com" }
  entry_points    = ["shop.example.com", "shop-9876543210.us-east-1.elb.amazonaws.com"]
  trusted_proxies = { cidrs = ["10.0.0.0/24", "10.0.1.0/24"] } # the load balancer's subnets
  cloud           = "US"
  group           = "shop"
  token_secret    = { arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:wallarm-token-AbCdEf" }
}

resource "aws_launch_template" "node" {
  name                   = "wallarm-node"
  image_id               = "ami-0123456789abcdef0" # the Wallarm Node, from AWS Marketplace
  instance_type          = "t3.medium"
  vpc_security_group_ids = ["sg-0aaaaaaaaaaaaaaaa"]
  user_data              = base64encode(module.node_config.user_data)

  # The role of the profile must be able to read the secret of the token.
  iam_instance_profile { name = "wallarm-node" }
  metadata_options { http_tokens = "required" }
}
