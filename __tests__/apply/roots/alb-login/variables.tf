variable "node_traffic_percent" {
  type = number
}

variable "vpc_id" {
  type = string
}

variable "listener_arn" {
  type = string
}

variable "application_target_group_arn" {
  type = string
}

variable "node_security_group_id" {
  type = string
}

variable "node_instance_ids" {
  type = map(string)
}

variable "load_balancer_security_group_id" {
  type = string
}
