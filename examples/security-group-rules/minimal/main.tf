terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.100.0, < 7.0.0" }
  }
}

provider "aws" { region = "us-east-1" }

module "security_group_rules" {
  source = "../../../modules/security-group-rules"

  name          = "public"
  vpc_id        = "vpc-0123456789abcdef0"
  node          = { security_group_id = "sg-0aaaaaaaaaaaaaaaa" }
  load_balancer = { security_group_ids = { public = "sg-0cccccccccccccccc" } }
}

# Pass module.security_group_rules.node_security_group_id to the calls of alb that share the load balancer and the node,
# with security_group_rules = { load_balancer_egress = false, node_ingress = false }.
