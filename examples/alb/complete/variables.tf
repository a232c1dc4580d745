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

variable "node_ami_id" {
  description = "ID of the AMI of the Wallarm NGINX Node, from AWS Marketplace."
  type        = string
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

variable "application_target_group_arn" {
  description = "ARN of the application's target group, for the route that cannot read it from its rule."
  type        = string
  nullable    = false
}

variable "application_subnet_ids" {
  description = "IDs of the application's subnets, by names that you choose."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "node_subnet_cidrs" {
  description = "CIDR blocks of the node's subnets, by rule number of the network ACL: 100, 200 and so on."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "network_acl" {
  description = "Whether to put a network ACL around the application's subnets that admits only the node."
  type        = bool
  default     = false
  nullable    = false
}
