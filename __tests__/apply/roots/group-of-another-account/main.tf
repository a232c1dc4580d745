terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.100.0, < 7.0.0" }
  }
}

provider "aws" { region = "us-east-1" }

variable "vpc_id" {
  type = string
}

variable "node_security_group_id" {
  type = string
}

variable "application_security_group_id" {
  type = string
}

variable "security_group_rules" {
  type = map(bool)
}

module "security_group_rules" {
  source = "../../../../modules/security-group-rules"

  name                 = "peered"
  vpc_id               = var.vpc_id
  node                 = { security_group_id = var.node_security_group_id }
  application          = { security_group_id = var.application_security_group_id, ports = [443] }
  security_group_rules = var.security_group_rules
}
