variable "node_traffic_percent" {
  type = number
}

variable "node_port" {
  type    = number
  default = 80
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

# Null: another state manages the listener.
variable "nlb_listener_arn" {
  type    = string
  default = null
}

variable "nlb_target_group_arn" {
  type    = string
  default = null
}
