variable "name" {
  description = "Name of the routing. At most 23 characters."
  type        = string
  default     = "shop-wallarm"
  nullable    = false
}

variable "node_traffic_percent" {
  description = "Percentage of requests that go through the node: 0, then a canary, then 100."
  type        = number
  nullable    = false
}

variable "vpc_id" {
  description = "ID of the load balancer's VPC."
  type        = string
  nullable    = false
}

variable "vpc_link_subnet_ids" {
  description = "IDs of the subnets for the VPC link, one in each Availability Zone of the load balancer."
  type        = list(string)
  nullable    = false
}

variable "load_balancer_listener_arn" {
  description = "ARN of the HTTPS listener of the load balancer in front of the node."
  type        = string
  nullable    = false
}

variable "load_balancer_security_group_id" {
  description = "ID of the load balancer's security group."
  type        = string
  nullable    = false
}

variable "node_host_name" {
  description = "Domain name in the listener's certificate."
  type        = string
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
  description = "URL where API Gateway reaches the application today."
  type        = string
  nullable    = false
}
