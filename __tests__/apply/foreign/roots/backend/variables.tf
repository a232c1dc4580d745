variable "node_traffic_percent" {
  type = number
}

variable "network_acl" {
  type    = bool
  default = false
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

variable "load_balancer_security_group_id" {
  type = string
}

variable "load_balancer_subnet_cidrs" {
  type = map(string)
}

variable "application_security_group_id" {
  type = string
}

variable "application_subnet_ids" {
  type = map(string)
}

variable "application_ports" {
  type = list(number)
}

variable "routes" {
  type = any
}

variable "listener_arn" {
  type = string
}

variable "target_groups" {
  type = any
}

variable "backend_routes" {
  type = any
}

variable "ecs_service_arns" {
  type    = map(string)
  default = {}
}

variable "accept_failing_health_checks" {
  type    = bool
  default = false
}
