variable "name" {
  description = "Name of what is created; at most 23 characters."
  type        = string
  default     = "shop-wallarm"
  nullable    = false
}

variable "node_traffic_percent" {
  description = "Share of the requests that goes through the node: 0, then 100."
  type        = number
  nullable    = false
}

variable "distribution_id" {
  description = "Id of the distribution."
  type        = string
  nullable    = false
}

variable "application_domain_name" {
  description = "Domain name of the origins that are the application."
  type        = string
  nullable    = false
}

variable "api_served_by" {
  description = "Who answers for the API at 100 percent: application, or node once the rest has proved itself."
  type        = string
  default     = "node"
  nullable    = false
}

variable "pictures_domain_name" {
  description = "Domain name of the origin of the pictures, which are not the application's."
  type        = string
  nullable    = false
}

variable "application_url" {
  description = "Where the node reaches the application: an internal name or address."
  type        = string
  nullable    = false
}

variable "vpc_id" {
  description = "Id of the node's VPC."
  type        = string
  nullable    = false
}

variable "node_security_group_id" {
  description = "Id of the node's own security group."
  type        = string
  nullable    = false
}

variable "node_network_interface_ids" {
  description = "Ids of the node's network interfaces, each under a name of your own."
  type        = map(string)
  nullable    = false
}

variable "node_domain_name" {
  description = "Name of the node, for CloudFront alone."
  type        = string
  nullable    = false
}

variable "node_certificate_secret_arn" {
  description = "ARN of the secret in Secrets Manager with the node's certificate chain and key, for node_domain_name."
  type        = string
  nullable    = false
}

variable "wallarm_token_secret_arn" {
  description = "ARN of the secret in Secrets Manager with the node's token."
  type        = string
  nullable    = false
}

variable "secret_header_values" {
  description = "Values of the secret header that the node accepts: blue, green or both."
  type        = object({ blue = optional(string), green = optional(string) })
  nullable    = false
  sensitive   = true
}

variable "active_secret" {
  description = "Which of them CloudFront sends."
  type        = string
  default     = "blue"
  nullable    = false
}

variable "wait_for_deployment" {
  description = "Whether an apply waits until CloudFront has deployed a change everywhere."
  type        = bool
  default     = true
  nullable    = false
}
