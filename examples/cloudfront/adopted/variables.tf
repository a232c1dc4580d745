variable "name" {
  description = "Name of the resources. At most 23 characters."
  type        = string
  default     = "shop-wallarm"
  nullable    = false
}

variable "node_traffic_percent" {
  description = "Percentage of requests that go through the node: 0, then 100."
  type        = number
  nullable    = false
}

variable "distribution_id" {
  description = "ID of the distribution."
  type        = string
  nullable    = false
}

variable "distribution_unsupported_settings" {
  description = "What AWS answers about settings of the distribution that the AWS provider does not know: see \"What adoption can reset\" in the README of the module cloudfront."
  type        = map(list(string))
  nullable    = false
}

variable "application_domain_name" {
  description = "Domain name of the application's origins."
  type        = string
  nullable    = false
}

variable "api_served_by" {
  description = "What serves the API at 100 percent: application, or node after the other origins work."
  type        = string
  default     = "node"
  nullable    = false
}

variable "pictures_domain_name" {
  description = "Domain name of the origin for pictures, which the application does not serve."
  type        = string
  nullable    = false
}

variable "application_url" {
  description = "URL where the node reaches the application: an internal name or address."
  type        = string
  nullable    = false
}

variable "vpc_id" {
  description = "ID of the node's VPC."
  type        = string
  nullable    = false
}

variable "node_security_group_id" {
  description = "ID of the node's security group."
  type        = string
  nullable    = false
}

variable "node_network_interface_ids" {
  description = "IDs of the node's network interfaces, by names that you choose."
  type        = map(string)
  nullable    = false
}

variable "node_domain_name" {
  description = "Domain name of the node. Only CloudFront uses it."
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

variable "secret_header_values" {
  description = "Values of the secret header that the node accepts: blue, green, or both."
  type        = object({ blue = optional(string), green = optional(string) })
  nullable    = false
  sensitive   = true
}

variable "active_secret" {
  description = "The value that CloudFront sends: blue or green."
  type        = string
  default     = "blue"
  nullable    = false
}

variable "wait_for_deployment" {
  description = "Whether an apply waits until CloudFront has deployed the change."
  type        = bool
  default     = true
  nullable    = false
}
