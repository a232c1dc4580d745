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

variable "distribution_id" {
  description = "ID of the distribution, which is in no Terraform state."
  type        = string
  nullable    = false
}

variable "distribution_unsupported_settings" {
  description = "What AWS answers about settings of the distribution that the AWS provider does not know: see \"What adoption can reset\" in the README of the module cloudfront."
  type        = map(list(string))
  nullable    = false
}

variable "origin_id" {
  description = "ID of the distribution's only origin, the load balancer. If there are more, list them in `origins` of the module cloudfront."
  type        = string
  nullable    = false
}

variable "wait_for_deployment" {
  description = "Whether an apply waits until CloudFront has deployed the change. If not, wait yourself before the next step."
  type        = bool
  default     = true
  nullable    = false
}

variable "secret_header_values" {
  description = "Accepted values of the header: one, or two during a rotation. Each has 32 to 128 digits and lowercase letters."
  type        = object({ blue = optional(string), green = optional(string) })
  sensitive   = true
  nullable    = false
}

variable "secret_header" {
  description = <<-EOT
    The secret header. Change one field in each apply:

    - `active`: the value that CloudFront sends, blue or green.
    - `sent`: whether CloudFront sends the header.
    - `enforced`: whether the load balancer refuses requests without the header. The node does so when its instances have been replaced.
  EOT
  type = object({
    active   = optional(string, "blue")
    sent     = optional(bool, false)
    enforced = optional(bool, false)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.secret_header.sent || !var.secret_header.enforced
    error_message = "secret_header.enforced needs secret_header.sent from an earlier apply. Otherwise, the load balancer refuses all requests."
  }
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
  description = "ARNs of the application's listeners. CloudFront sends its requests to the public one."
  type        = object({ public = string })
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

