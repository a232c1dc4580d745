terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 6.29.0, < 7.0.0" }
  }
}

provider "aws" { region = "us-east-1" }

module "security_group_exclusive" {
  source = "../../../modules/security-group-exclusive"

  mode              = "audit"                # then "enforce", which removes rules
  security_group_id = "sg-0bbbbbbbbbbbbbbbb" # the application's
  node              = { security_group_id = "sg-0aaaaaaaaaaaaaaaa" }

  # The rules to keep.
  ingress_rule_ids = { node = "sgr-0123456789abcdef0" }
}
