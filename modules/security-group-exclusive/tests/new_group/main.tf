# A group whose ID, and whose rules' IDs, Terraform does not know at plan.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

resource "terraform_data" "group" {
}

module "exclusive" {
  source = "../.."

  mode              = "enforce"
  read_rules        = false
  security_group_id = terraform_data.group.id
  node              = { security_group_id = "sg-00000000000000002" }
  ingress_rule_ids  = { node = terraform_data.group.id }
  egress_rule_ids   = {}
  depends_on        = [terraform_data.group]
}
