variable "name" {
  description = "Name of all resources here. At most 23 characters."
  type        = string
  default     = "shop-wallarm"
  nullable    = false
}

# The steps: see the README.

variable "node_traffic_percent" {
  description = "Percentage of requests that go through the node: 0, then a canary, then 100."
  type        = number
  nullable    = false

  validation {
    condition     = var.node_traffic_percent == 0 || var.secret_header.enforced
    error_message = "node_traffic_percent is ${var.node_traffic_percent}, but the node refuses requests without the header. First set secret_header.enforced = true, when all clients come through CloudFront."
  }
}

variable "secret_header_values" {
  description = "Accepted values of the header: one, or two during a rotation. Each has 32 to 128 digits and lowercase letters."
  type        = object({ blue = optional(string), green = optional(string) })
  sensitive   = true
  nullable    = false
}

variable "secret_header" {
  description = <<-EOT
    - `active`: the value that CloudFront sends, blue or green.
    - `enforced`: whether the load balancer refuses requests without the header.
  EOT
  type = object({
    active   = optional(string, "blue")
    enforced = optional(bool, false)
  })
  default  = {}
  nullable = false
}

variable "network_acl" {
  description = "Whether to put a network ACL around the application's subnets that admits only the node, and the load balancer for a rollback."
  type        = bool
  default     = false
  nullable    = false
}

variable "verification" {
  description = <<-EOT
    Verification in addition to the checks at every plan:

    - `accepted_rules`: rules of the application's security group that may admit sources other than the node, as `unexpected_rules` shows them, by names that say why.
    - `alerts`: whether a topic receives each API call that can open a path around the node. Needs a trail in the account.
    - `email_addresses`: subscribers of the topic.
    - `flow_logs`: whether to log the traffic of the application's subnets, with a query for traffic around the node. With alerts, the query runs every hour.
    - `config_recorder`: AWS Config rules. "existing" if the account has a configuration recorder in this Region, "create" if it has none, null for no rules.
  EOT
  type = object({
    accepted_rules  = optional(map(string), {})
    alerts          = optional(bool, false)
    email_addresses = optional(list(string), [])
    flow_logs       = optional(bool, false)
    config_recorder = optional(string)
  })
  default  = {}
  nullable = false
}

# CloudFront.

variable "aliases" {
  description = "Domain names of the application. Point their DNS records at the output distribution_domain_name when you are ready."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "certificate_arn" {
  description = "ARN of the certificate for these names, in us-east-1."
  type        = string
  default     = null
}

variable "wait_for_deployment" {
  description = "Whether an apply waits until CloudFront has deployed the change. If not, wait yourself before the next step."
  type        = bool
  default     = true
  nullable    = false
}

# The node.

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

variable "node_subnet_cidrs" {
  description = "CIDR blocks of the node's subnets, by rule number of the network ACL: 100, 200 and so on."
  type        = map(string)
  nullable    = false
}

# The application: the output alb_example_variables of ../existing-application.

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
  description = "DNS name of the load balancer. CloudFront sends requests to it; the node must not."
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

variable "application_subnet_ids" {
  description = "IDs of the application's subnets, by names that you choose."
  type        = map(string)
  nullable    = false
}
