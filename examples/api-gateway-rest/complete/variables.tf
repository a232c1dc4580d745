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

variable "rest_api_id" {
  description = "ID of the REST API."
  type        = string
  nullable    = false
}

variable "stage_name" {
  description = "Name of the stage that clients call."
  type        = string
  nullable    = false
}

variable "application_deployment_id" {
  description = "ID of the deployment that the stage serves today: `aws apigateway get-stage --query deploymentId`."
  type        = string
  nullable    = false
}

variable "application_public_url" {
  description = "Public URL where the API reaches the application today."
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

variable "vpc_id" {
  description = "ID of the application's VPC."
  type        = string
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

variable "node_host_name" {
  description = "Domain name in the node's certificate. A certificate authority that API Gateway supports must have issued the certificate. The name does not need a DNS record."
  type        = string
  nullable    = false
}

variable "node_certificate_secret_arn" {
  description = "ARN of the Secrets Manager secret with the certificate chain and private key of the node, in PEM format."
  type        = string
  nullable    = false
}

variable "wallarm_token_secret_arn" {
  description = "ARN of the Secrets Manager secret with the node token."
  type        = string
  nullable    = false
}

variable "client_cidrs" {
  description = "CIDR blocks of the clients that may call the API. If empty, everyone may, and the resource policy of the API does not change."
  type        = list(string)
  default     = []
  nullable    = false
}
