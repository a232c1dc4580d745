variable "node_traffic_percent" {
  type = number
}

variable "node_port" {
  type = number
}

variable "vpc_id" {
  type = string
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

variable "load_balancer_security_group_id" {
  type = string
}
