variable "name" {
  description = "Name of the node's resources and of the routing; at most 23 characters."
  type        = string
  default     = "shop-wallarm"
  nullable    = false
}

variable "node_traffic_percent" {
  description = "Share of the requests that goes through the node: 0, then a canary, then 100."
  type        = number
  nullable    = false
}

variable "distribution_id" {
  description = "Id of the distribution, which no Terraform state has."
  type        = string
  nullable    = false
}

variable "origin_id" {
  description = "Id of the distribution's origin, the load balancer. It has no other: the module cloudfront would have to be told of it."
  type        = string
  nullable    = false
}

variable "wait_for_deployment" {
  description = "Whether an apply waits until CloudFront has deployed a change everywhere. The next step must wait for it in any case."
  type        = bool
  default     = true
  nullable    = false
}

variable "secret_header_values" {
  description = "Values of the header that are accepted, 32 to 128 digits and lower-case letters: one, or two while it is being changed."
  type        = object({ blue = optional(string), green = optional(string) })
  sensitive   = true
  nullable    = false
}

variable "secret_header" {
  description = <<-EOT
    How far it is with the header, a step an apply:

    - `sent`: CloudFront sends the value that is `active`.
    - `enforced`: the load balancer refuses requests without it, and the node from its next boot on.
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
    error_message = "secret_header.enforced needs secret_header.sent, from an apply before: the load balancer would refuse everybody."
  }
}

variable "node_ami_id" {
  description = "Machine image of the Wallarm NGINX Node, from AWS Marketplace."
  type        = string
  nullable    = false
}

variable "wallarm_token_secret_arn" {
  description = "ARN of the secret in Secrets Manager with the node's token."
  type        = string
  nullable    = false
}

variable "node_subnet_ids" {
  description = "Ids of the subnets for the node, one in each availability zone. They need a way to the internet: the node talks to Wallarm Cloud."
  type        = list(string)
  nullable    = false
}

variable "vpc_id" {
  description = "Id of the application's VPC."
  type        = string
  nullable    = false
}

variable "listener_arns" {
  description = "ARNs of the application's listeners. CloudFront sends its requests to the public one."
  type        = object({ public = string })
  nullable    = false
}

variable "load_balancer_dns_name" {
  description = "DNS name of the load balancer, which the node must not send requests back to."
  type        = string
  nullable    = false
}

variable "load_balancer_subnet_cidrs" {
  description = "CIDR blocks of the load balancer's subnets: whoever sends from there is believed about the client."
  type        = list(string)
  nullable    = false
}

variable "load_balancer_security_group_id" {
  description = "Id of the load balancer's security group."
  type        = string
  nullable    = false
}

variable "application_url" {
  description = "Where the node reaches the application: an internal name or address, not the load balancer of the listeners."
  type        = string
  nullable    = false
}

variable "application_security_group_id" {
  description = "Id of the application's security group."
  type        = string
  nullable    = false
}

variable "application_target_group_arn" {
  description = "ARN of the application's target group, for the route that cannot read it."
  type        = string
  nullable    = false
}

