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

variable "rest_api_id" {
  description = "Id of the REST API."
  type        = string
  nullable    = false
}

variable "stage_name" {
  description = "Name of the API's stage that clients use."
  type        = string
  nullable    = false
}

variable "application_deployment_id" {
  description = "Id of the deployment that the stage serves before the node comes: `aws apigateway get-stage --query deploymentId`."
  type        = string
  nullable    = false
}

variable "application_public_url" {
  description = "URL under which the API asks the application today, over the internet."
  type        = string
  nullable    = false
}

variable "application_url" {
  description = "URL of the application for the node: its internal name or address."
  type        = string
  nullable    = false
}

variable "application_security_group_id" {
  description = "Id of the application's security group."
  type        = string
  nullable    = false
}

variable "vpc_id" {
  description = "Id of the application's VPC."
  type        = string
  nullable    = false
}

variable "node_ami_id" {
  description = "Machine image of the Wallarm NGINX Node, from AWS Marketplace."
  type        = string
  nullable    = false
}

variable "node_subnet_ids" {
  description = "Ids of the subnets for the node, one in each availability zone. They need a way to the internet: the node talks to Wallarm Cloud."
  type        = list(string)
  nullable    = false
}

variable "node_host_name" {
  description = "Name in the node's certificate, which an authority that API Gateway knows has issued. It need not exist in DNS."
  type        = string
  nullable    = false
}

variable "node_certificate_secret_arn" {
  description = "ARN of the secret in Secrets Manager with the node's certificate chain and private key, in PEM."
  type        = string
  nullable    = false
}

variable "wallarm_token_secret_arn" {
  description = "ARN of the secret in Secrets Manager with the node's token."
  type        = string
  nullable    = false
}

variable "client_cidrs" {
  description = "CIDR blocks of the clients that may call the API. Empty: everybody, and the API's resource policy is left alone."
  type        = list(string)
  default     = []
  nullable    = false
}
