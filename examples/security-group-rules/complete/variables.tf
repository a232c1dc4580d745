variable "vpc_id" {
  description = "ID of the VPC."
  type        = string
  nullable    = false
}

variable "node_traffic_percent" {
  description = "Percentage of the requests that goes through the node, by application."
  type        = object({ orders = number, shop = number })
  nullable    = false
}

variable "node_security_group_id" {
  description = "ID of the node's security group."
  type        = string
  nullable    = false
}

variable "node_instance_ids" {
  description = "IDs of the node's instances, by names that you choose."
  type        = map(string)
  nullable    = false
}

variable "application_security_group_ids" {
  description = "IDs of the security groups of the applications."
  type        = object({ orders = string, shop = string })
  nullable    = false
}

variable "load_balancer_security_group_id" {
  description = "ID of the load balancer's security group."
  type        = string
  nullable    = false
}

variable "listener_arn" {
  description = "ARN of the load balancer's listener. Its rule 10 forwards to the application orders, its default action to shop."
  type        = string
  nullable    = false
}
