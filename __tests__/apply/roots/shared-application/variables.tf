terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

variable "vpc_id" {
  type = string
}

variable "node_traffic_percent" {
  type = object({ public = number, partners = number })
}

variable "node_security_group_id" {
  type = string
}

variable "node_instance_ids" {
  type = map(string)
}

variable "application_security_group_id" {
  type = string
}

variable "load_balancer_security_group_ids" {
  type = object({ public = string, partners = string })
}

variable "listener_arns" {
  type = object({ public = string, partners = string })
}
