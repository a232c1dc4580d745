variable "node_traffic_percent" {
  type = number
}

variable "routes" {
  type = any
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
