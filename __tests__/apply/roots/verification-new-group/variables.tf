variable "vpc_id" {
  type = string
}

variable "subnet_id" {
  type = string
}

variable "security_group_id" {
  type = string
}

variable "node_security_group_id" {
  type = string
}

variable "before" {
  type = string
}
