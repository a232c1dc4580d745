# What the node in front of the shop must be told. Needs no AWS account: the module renders, and creates nothing.

module "node_config" {
  source = "../../../modules/node-config"

  # The application's own load balancer, not the one that clients reach.
  backend      = { url = "http://internal-shop-1234567890.eu-west-1.elb.amazonaws.com" }
  entry_points = ["shop.example.com", "shop-9876543210.eu-west-1.elb.amazonaws.com"]

  # The load balancer's subnets.
  trusted_proxies = { cidrs = ["10.0.0.0/24", "10.0.1.0/24"] }

  mode  = "monitoring"
  cloud = "EU"
  group = "shop"
  token_secret = {
    arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:wallarm-token-AbCdEf"
  }

  # CloudFront sends it, and nobody else knows it.
  secret_header = {
    name = "X-CloudFront-Secret"
    secrets = [
      { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:cloudfront-header-AbCdEf", json_key = "current" },
      { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:cloudfront-header-AbCdEf", json_key = "previous" },
    ]
  }
}
