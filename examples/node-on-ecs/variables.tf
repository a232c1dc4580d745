variable "name" {
  description = "Name of the node's resources and of the routing. At most 23 characters."
  type        = string
  default     = "shop-wallarm"
  nullable    = false
}

variable "node_traffic_percent" {
  description = "Percentage of requests that go through the node: 0, then a canary, then 100."
  type        = number
  nullable    = false
}

variable "node_image" {
  description = "Container image of the node."
  type        = string
  default     = "wallarm/node:7.1.0"
  nullable    = false
}

variable "wallarm_token_secret_arn" {
  description = "ARN of the Secrets Manager secret with the node token."
  type        = string
  nullable    = false
}

variable "node_subnet_ids" {
  description = "IDs of the subnets for the node, one in each Availability Zone. They need a route to the internet, because the node connects to Wallarm Cloud."
  type        = list(string)
  nullable    = false
}

variable "vpc_id" {
  description = "ID of the application's VPC."
  type        = string
  nullable    = false
}

variable "listener_arns" {
  description = "ARNs of the application's listeners."
  type        = object({ public = string, admin = string })
  nullable    = false
}

variable "load_balancer_dns_name" {
  description = "DNS name of the load balancer. The node must not send requests back to it."
  type        = string
  nullable    = false
}

variable "load_balancer_subnet_cidrs" {
  description = "CIDR blocks of the load balancer's subnets. The node trusts these addresses to report the client address."
  type        = list(string)
  nullable    = false
}

variable "load_balancer_security_group_id" {
  description = "ID of the load balancer's security group."
  type        = string
  nullable    = false
}

variable "application_url" {
  description = "URL where the node reaches the application: an internal name or address, not the load balancer of the listeners."
  type        = string
  nullable    = false
}

variable "application_security_group_id" {
  description = "ID of the application's security group."
  type        = string
  nullable    = false
}
