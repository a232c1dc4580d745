variable "name" {
  description = "Name of the node's resources and of the routing. At most 23 characters."
  type        = string
  default     = "shop-wallarm"
  nullable    = false
}

variable "node_traffic_percent" {
  description = "Percentage of requests that go through the node: 0, then 100."
  type        = number
  nullable    = false
}

variable "vpc_id" {
  description = "ID of the application's VPC."
  type        = string
  nullable    = false
}

variable "node_subnet_ids" {
  description = "IDs of public subnets for the node and its load balancer, one in each Availability Zone. They need a route to the internet, because the node connects to Wallarm Cloud."
  type        = list(string)
  nullable    = false
}

variable "node_ami_id" {
  description = "ID of the AMI of the Wallarm NGINX Node, from AWS Marketplace."
  type        = string
  nullable    = false
}

variable "node_domain_name" {
  description = "Domain name of the node. Only CloudFront uses it. Its DNS record must point at the output load_balancer_dns_name."
  type        = string
  nullable    = false
}

variable "node_certificate_secret_arn" {
  description = "ARN of the Secrets Manager secret with the certificate chain and private key for node_domain_name."
  type        = string
  nullable    = false
}

variable "wallarm_token_secret_arn" {
  description = "ARN of the Secrets Manager secret with the node token."
  type        = string
  nullable    = false
}

variable "secret_header_secret_arns" {
  description = "ARNs of the Secrets Manager secrets with the values of the secret header that the node accepts: blue, green, or both."
  type        = map(string)
  nullable    = false
}

variable "active_secret" {
  description = "The value that CloudFront sends: blue or green."
  type        = string
  default     = "blue"
  nullable    = false
}

variable "aliases" {
  description = "Aliases of the distribution."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "certificate_arn" {
  description = "ARN of the certificate for the aliases, in us-east-1."
  type        = string
  default     = null
}

variable "application_domain_name" {
  description = "Host name of the application today."
  type        = string
  nullable    = false
}

variable "application_url" {
  description = "URL where the node reaches the application: an internal name or address."
  type        = string
  nullable    = false
}

variable "application_security_group_id" {
  description = "ID of the application's security group."
  type        = string
  nullable    = false
}

variable "wait_for_deployment" {
  description = "Whether an apply waits until CloudFront has deployed the change."
  type        = bool
  default     = true
  nullable    = false
}
