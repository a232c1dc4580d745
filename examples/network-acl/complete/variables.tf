variable "name" {
  description = "Name of the routing and of the network ACL; at most 23 characters."
  type        = string
  default     = "shop-wallarm"
  nullable    = false
}

variable "node_traffic_percent" {
  description = "Share of the requests that goes through the node. At 100 the network ACL is in force."
  type        = number
  nullable    = false
}

variable "vpc_id" {
  description = "Id of the application's VPC."
  type        = string
  nullable    = false
}

variable "node_security_group_id" {
  description = "Id of the node's security group."
  type        = string
  nullable    = false
}

variable "node_instance_ids" {
  description = "Ids of the node's instances, each under a name of your own."
  type        = map(string)
  nullable    = false
}

variable "node_subnet_cidrs" {
  description = "CIDR blocks of the node's subnets, by rule number."
  type        = map(string)
  nullable    = false
}

variable "application_security_group_id" {
  description = "Id of the application's security group."
  type        = string
  nullable    = false
}

variable "application_subnet_ids" {
  description = "Ids of the application's subnets, each under a name of your own."
  type        = map(string)
  nullable    = false
}

variable "load_balancer_security_group_id" {
  description = "Id of the load balancer's security group."
  type        = string
  nullable    = false
}

variable "listener_arn" {
  description = "ARN of the load balancer's listener."
  type        = string
  nullable    = false
}
