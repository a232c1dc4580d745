terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.100.0, < 7.0.0" }
  }
}

provider "aws" { region = "us-east-1" }

import {
  to = module.wallarm_routing.aws_api_gateway_integration.adopted["ANY /{proxy+}"]
  id = module.wallarm_routing.import_ids.integrations["ANY /{proxy+}"]
}

import {
  to = module.wallarm_routing.aws_api_gateway_stage.adopted[0]
  id = module.wallarm_routing.import_ids.stage
}

module "wallarm_routing" {
  source = "../../../modules/api-gateway-rest"

  name                 = "shop-wallarm"
  node_traffic_percent = 0 # then 10 as a canary, then 100

  # The API as it is today: aws apigateway get-stage --rest-api-id a1b2c3d4e5 --stage-name live
  rest_api    = { id = "a1b2c3d4e5", endpoint_type = "REGIONAL" }
  stage       = { name = "live", application_deployment_id = "d1e2f3" }
  application = { url = "https://shop.example.com" }
  routes      = { "ANY /{proxy+}" = {} }

  node = { host = "node.example.com" }
  vpc_link = {
    load_balancer_arns = { node = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188" }
  }
}
