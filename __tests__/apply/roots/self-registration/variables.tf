variable "node_traffic_percent" {
  type = number
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = map(string)
}

variable "network_load_balancer_arn" {
  type = string
}

variable "alb_listener_arn" {
  type = string
}

variable "load_balancer_security_group_id" {
  type = string
}

variable "node_security_group_id" {
  type = string
}

variable "protocol" {
  type = string
}

variable "connection_termination" {
  type    = bool
  default = null
}
