# The configuration of a node in front of a load balancer that has several applications. The module creates nothing, so
# this needs no AWS account.

module "node_config" {
  source = "../../../modules/node-config"

  # In the order of the load balancer's rules. A request that matches none gets 421.
  backends = [
    {
      hosts            = ["shop.example.com"]
      paths            = ["/api/*"]
      url              = "http://internal-api-1234567890.eu-west-1.elb.amazonaws.com"
      response_timeout = 20
    },
    {
      # Its certificate is for the names of the site.
      hosts                        = ["shop.example.com", "*.shop.example.com"]
      url                          = "https://internal-shop-1234567890.eu-west-1.elb.amazonaws.com"
      tls_server_name_from_request = true
    },
  ]
  entry_points = ["shop.example.com", "shop-9876543210.eu-west-1.elb.amazonaws.com"]

  # The load balancer's subnets
  trusted_proxies = { cidrs = ["10.0.0.0/24", "10.0.1.0/24"] }

  cloud        = "EU"
  group        = "shop"
  token_secret = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:wallarm-token-AbCdEf" }
}
