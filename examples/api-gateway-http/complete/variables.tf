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

variable "node_ami_id" {
  description = "ID of the AMI of the Wallarm NGINX Node, from AWS Marketplace."
  type        = string
  nullable    = false
}

variable "node_subnet_ids" {
  description = "IDs of the subnets for the node, its load balancer, and the VPC link, one in each Availability Zone. They need a route to the internet, because the node connects to Wallarm Cloud."
  type        = list(string)
  nullable    = false
}

variable "vpc_id" {
  description = "ID of the node's VPC."
  type        = string
  nullable    = false
}

variable "api_id" {
  description = "ID of the HTTP API."
  type        = string
  nullable    = false
}

variable "stage_name" {
  description = "Name of the stage that clients call. It has automatic deployment."
  type        = string
  nullable    = false
}

variable "shop_route_ids" {
  description = "IDs of the routes of the integration that serves most routes, by route key."
  type        = map(string)
  nullable    = false
}

variable "shop_integration_id" {
  description = "ID of that integration."
  type        = string
  nullable    = false
}

variable "legacy_route_id" {
  description = "ID of the route ANY /legacy/{proxy+}."
  type        = string
  nullable    = false
}

variable "legacy_integration_id" {
  description = "ID of that route's integration."
  type        = string
  nullable    = false
}

variable "all_routes" {
  description = "All routes of the API: route key => integration ID. If null, the module reads them from the API, which moto does not support."
  type        = map(string)
  default     = null
}

variable "backend_url" {
  description = "URL where the node reaches the application: an internal name or address, never the API."
  type        = string
  nullable    = false
}

variable "application_security_group_id" {
  description = "ID of the application's security group."
  type        = string
  nullable    = false
}

variable "wallarm_token_secret_arn" {
  description = "ARN of the Secrets Manager secret with the node token."
  type        = string
  nullable    = false
}
