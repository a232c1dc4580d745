terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.100.0, < 7.0.0" }
  }
}

provider "aws" { region = "us-east-1" }

import {
  to = module.wallarm_routing.aws_apigatewayv2_route.adopted["default"]
  id = "a1b2c3d4e5/r1s2t3u"
}

module "wallarm_routing" {
  source = "../../../modules/api-gateway-http"

  name                 = "shop-wallarm"
  vpc_id               = "vpc-0123456789abcdef0"
  node_traffic_percent = 0 # then 100

  # At 0, the route has the integration of the application again.
  api_id = "a1b2c3d4e5"
  routes = {
    default = { route_key = "$default", route_id = "r1s2t3u", application_integration_id = "i1j2k3l" }
  }

  vpc_link = { subnet_ids = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"] }
  load_balancer = {
    listener_arn       = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2"
    security_group_ids = { node = "sg-0cccccccccccccccc" }
  }
  node        = { security_group_id = "sg-0aaaaaaaaaaaaaaaa" }
  application = { security_group_id = "sg-0bbbbbbbbbbbbbbbb", ports = [443] }
}
