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

variable "node_ami_id" {
  description = "Machine image of the Wallarm NGINX Node, from AWS Marketplace."
  type        = string
  nullable    = false
}

variable "node_subnet_ids" {
  description = "Ids of the subnets for the node, its load balancer and the VPC link, one in each availability zone. They need a way to the internet: the node talks to Wallarm Cloud."
  type        = list(string)
  nullable    = false
}

variable "vpc_id" {
  description = "Id of the node's VPC."
  type        = string
  nullable    = false
}

variable "api_id" {
  description = "Id of the HTTP API."
  type        = string
  nullable    = false
}

variable "stage_name" {
  description = "Name of the stage that clients call. It deploys by itself."
  type        = string
  nullable    = false
}

variable "shop_integration_id" {
  description = "Id of the integration that serves most routes."
  type        = string
  nullable    = false
}

variable "legacy_route_id" {
  description = "Id of the route ANY /legacy/{proxy+}."
  type        = string
  nullable    = false
}

variable "legacy_integration_id" {
  description = "Id of that route's integration."
  type        = string
  nullable    = false
}

variable "all_routes" {
  description = "Every route of the API: its key => the id of its integration. Null: the module reads them from the API, which moto has no answer for."
  type        = map(string)
  default     = null
}

variable "backend_url" {
  description = "URL of the application for the node: its internal name or address, never the API's."
  type        = string
  nullable    = false
}

variable "application_url" {
  description = "URL of the application that the integration has today."
  type        = string
  nullable    = false
}

variable "application_security_group_id" {
  description = "Id of the application's security group."
  type        = string
  nullable    = false
}

variable "wallarm_token_secret_arn" {
  description = "ARN of the secret in Secrets Manager with the node's token."
  type        = string
  nullable    = false
}
