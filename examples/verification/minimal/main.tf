terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.100.0, < 7.0.0" }
  }
}

provider "aws" { region = "us-east-1" }

module "wallarm_verification" {
  source = "../../../modules/verification"

  name = "shop-verification"

  # With a routing module in the same configuration: module.wallarm_routing.routing
  routing = {
    vpc_id      = "vpc-0123456789abcdef0"
    node        = { security_group_id = "sg-0aaaaaaaaaaaaaaaa" }
    application = { security_group_id = "sg-0bbbbbbbbbbbbbbbb", ports = [80] }
    entry_points = {
      shop = {
        listener_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"
      }
    }
  }

  # Sends an email when an API call could open a path around the node. Needs a trail in the account.
  notifications   = { email_addresses = ["security@example.com"] }
  api_call_alerts = {}
}
