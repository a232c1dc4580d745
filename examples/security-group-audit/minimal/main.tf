terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.100.0, < 7.0.0" }
  }
}

provider "aws" { region = "us-east-1" }

module "security_group_audit" {
  source = "../../../modules/security-group-audit"

  security_group_id = "sg-0bbbbbbbbbbbbbbbb" # the application's
  node              = { security_group_id = "sg-0aaaaaaaaaaaaaaaa" }
}
