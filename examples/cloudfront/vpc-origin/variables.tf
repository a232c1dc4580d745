variable "name" {
  description = "Name of the node's resources and of the routing; at most 23 characters."
  type        = string
  default     = "shop-wallarm"
  nullable    = false
}

variable "node_traffic_percent" {
  description = "Share of the requests that goes through the node: 0, then 100."
  type        = number
  nullable    = false
}

variable "vpc_id" {
  description = "Id of the application's VPC."
  type        = string
  nullable    = false
}

variable "node_subnet_ids" {
  description = "Ids of private subnets for the node and its load balancer, one in each availability zone. The node needs a way to Wallarm Cloud."
  type        = list(string)
  nullable    = false
}

variable "node_ami_id" {
  description = "Machine image of the Wallarm NGINX Node, from AWS Marketplace."
  type        = string
  nullable    = false
}

variable "node_domain_name" {
  description = "A name that the load balancer's certificate is for. It needs no DNS record: the VPC origin says where it is."
  type        = string
  nullable    = false
}

variable "node_certificate_arn" {
  description = "ARN of the load balancer's certificate for that name, in the load balancer's Region."
  type        = string
  nullable    = false
}

variable "wallarm_token_secret_arn" {
  description = "ARN of the secret in Secrets Manager with the node's token."
  type        = string
  nullable    = false
}

variable "secret_header_secret_arns" {
  description = "ARNs of the secrets in Secrets Manager with the values of the secret header that the node accepts, by color: blue, green or both."
  type        = map(string)
  nullable    = false
}

variable "active_secret" {
  description = "Which of them CloudFront sends."
  type        = string
  default     = "blue"
  nullable    = false
}

variable "aliases" {
  description = "Names of the distribution, beside its own under cloudfront.net."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "certificate_arn" {
  description = "ARN of the certificate for them, in us-east-1."
  type        = string
  default     = null
}

variable "application_domain_name" {
  description = "Name under which the application is reached today."
  type        = string
  nullable    = false
}

variable "application_url" {
  description = "Where the node reaches the application: an internal name or address."
  type        = string
  nullable    = false
}

variable "application_security_group_id" {
  description = "Id of the application's security group."
  type        = string
  nullable    = false
}

variable "vpc_origin_exists" {
  description = "False in the first apply, true from the second on."
  type        = bool
  default     = false
  nullable    = false
}
