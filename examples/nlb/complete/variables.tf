variable "name" {
  description = "Name of the node's resources and of the routing. At most 23 characters."
  type        = string
  default     = "shop-wallarm"
  nullable    = false
}

variable "node_traffic_percent" {
  description = "Percentage of connections that go through the node: 0, then 100."
  type        = number
  nullable    = false
}

variable "node_ami_id" {
  description = "ID of the AMI of the Wallarm NGINX Node, from AWS Marketplace."
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

variable "load_balancer_arn" {
  description = "ARN of the Network Load Balancer."
  type        = string
  nullable    = false
}

variable "load_balancer_security_group_id" {
  description = "ID of the load balancer's security group."
  type        = string
  nullable    = false
}

variable "listener_arn" {
  description = "ARN of the listener, which is in no Terraform state."
  type        = string
  nullable    = false
}

variable "application_security_group_id" {
  description = "ID of the application's security group."
  type        = string
  nullable    = false
}

variable "application_target_group_arn" {
  description = "ARN of the application's target group."
  type        = string
  nullable    = false
}

variable "wallarm_token_secret_arn" {
  description = "ARN of the Secrets Manager secret with the node token."
  type        = string
  nullable    = false
}

variable "application_url" {
  description = "URL where the node reaches the application: an internal name or address, never the load balancer that clients use."
  type        = string
  nullable    = false
}

variable "load_balancer_dns_name" {
  description = "Host name that clients use for the load balancer."
  type        = string
  nullable    = false
}

variable "application_subnet_ids" {
  description = "Ids of the application's subnets, each under a name of your own."
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
  description = "Whether the application's subnets get a network ACL that admits nobody but the node."
  type        = bool
  default     = false
  nullable    = false
}
