variable "node_traffic_percent" {
  type = number
}

variable "network_acl" {
  type    = bool
  default = true
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

variable "node_subnet_cidrs" {
  type = map(string)
}

variable "application_security_group_id" {
  type = string
}

variable "application_subnet_ids" {
  type = map(string)
}

variable "load_balancer_security_group_id" {
  type = string
}

variable "nlb_listener_arn" {
  type = string
}

variable "nlb_target_group_arn" {
  type = string
}

variable "alb_traffic_percent" {
  type    = number
  default = null
}

variable "listener_arn" {
  type = string
}
