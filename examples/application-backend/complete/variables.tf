variable "name" {
  description = "Name of the node's resources and of the routing. At most 15 characters."
  type        = string
  default     = "shop-wallarm"
  nullable    = false
}

variable "node_traffic_percent" {
  description = "Percentage of requests that go through the node: 0, then a canary, then 100."
  type        = number
  nullable    = false
}

variable "node_ami_id" {
  description = "ID of the AMI of the Wallarm NGINX Node, from AWS Marketplace."
  type        = string
  nullable    = false
}

variable "instance_type" {
  description = "Type of the node's instances."
  type        = string
  default     = "m4.xlarge"
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

variable "backend_subnets" {
  description = "CIDR blocks of new subnets for the load balancer behind the node, by Availability Zone: those of the application."
  type        = map(string)
  nullable    = false
}

variable "vpc_id" {
  description = "ID of the application's VPC."
  type        = string
  nullable    = false
}

variable "listener_arn" {
  description = "ARN of the application's listener."
  type        = string
  nullable    = false
}

variable "certificate_arn" {
  description = "ARN of the listener's certificate. Null: the listener has the protocol HTTP."
  type        = string
  default     = null
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

variable "target_group_arns" {
  description = "ARNs of the application's target groups."
  type        = object({ api = string, web = string })
  nullable    = false
}

variable "application_instance_ids" {
  description = "IDs of the application's instances, by names that you choose."
  type        = map(string)
  nullable    = false
}

variable "application_security_group_id" {
  description = "ID of the application's security group."
  type        = string
  nullable    = false
}

variable "application_subnet_ids" {
  description = "IDs of the application's subnets, by names that you choose."
  type        = map(string)
  nullable    = false
}
