# The configuration of a node in front of the shop. The module creates nothing, so this needs no AWS account.

module "node_config" {
  source = "../../../modules/node-config"

  # The application's internal load balancer, not the one that clients use.
  backend      = { url = "http://internal-shop-1234567890.eu-west-1.elb.amazonaws.com" }
  entry_points = ["shop.example.com", "shop-9876543210.eu-west-1.elb.amazonaws.com"]

  # The load balancer's subnets
  trusted_proxies = { cidrs = ["10.0.0.0/24", "10.0.1.0/24"] }

  mode  = "monitoring"
  cloud = "EU"
  group = "shop"
  token_secret = {
    arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:wallarm-token-AbCdEf"
  }

  # Only CloudFront and the node know the value.
  secret_header = {
    name = "X-CloudFront-Secret"
    secrets = [
      { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:cloudfront-header-AbCdEf", json_key = "current" },
      { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:cloudfront-header-AbCdEf", json_key = "previous" },
    ]
  }
}
