variable "name" {
  description = "Name of everything created here; at most 23 characters."
  type        = string
  default     = "shop-wallarm"
  nullable    = false
}

# What moves, step by step: see the README.

variable "node_traffic_percent" {
  description = "Share of the requests that goes through the node: 0, then a canary, then 100."
  type        = number
  nullable    = false

  validation {
    condition     = var.node_traffic_percent == 0 || var.secret_header.enforced
    error_message = "node_traffic_percent is ${var.node_traffic_percent}, and the node refuses requests without the header. Set secret_header.enforced = true before, when all clients come through CloudFront."
  }
}

variable "secret_header_values" {
  description = "Values of the header that are accepted, 32 to 128 digits and lower-case letters: one, or two while it is being changed."
  type        = object({ blue = optional(string), green = optional(string) })
  sensitive   = true
  nullable    = false
}

variable "secret_header" {
  description = <<-EOT
    - `active`: which of its values CloudFront sends.
    - `enforced`: whether the load balancer refuses requests without it.
  EOT
  type = object({
    active   = optional(string, "blue")
    enforced = optional(bool, false)
  })
  default  = {}
  nullable = false
}

variable "network_acl" {
  description = "Whether the application's subnets get a network ACL that admits nobody but the node, and the load balancer for the way back."
  type        = bool
  default     = false
  nullable    = false
}

variable "verification" {
  description = <<-EOT
    What watches, beside the checks that each plan makes:

    - `accepted_rule_ids`: ids of rules of the application's security group that may admit others than the node, each under a name that says why.
    - `alerts`: whether a topic hears of each API call that can open a way around the node. There has to be a trail.
    - `email_addresses`: who is told by the topic.
    - `flow_logs`: whether the traffic of the application's subnets is logged, with a query for what came around the node; with alerts, the query runs each hour.
    - `config_recorder`: rules of AWS Config. "existing" where the account has a configuration recorder in this Region, "create" where it has none; null: no rules.
  EOT
  type = object({
    accepted_rule_ids = optional(map(string), {})
    alerts            = optional(bool, false)
    email_addresses   = optional(list(string), [])
    flow_logs         = optional(bool, false)
    config_recorder   = optional(string)
  })
  default  = {}
  nullable = false
}

# CloudFront.

variable "aliases" {
  description = "Names by which clients call the application. Their DNS records, which are yours to change, lead to the output distribution_domain_name in the end."
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
  description = "Whether an apply waits until CloudFront has deployed a change everywhere. The next step must wait for it in any case."
  type        = bool
  default     = true
  nullable    = false
}

# The node.

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

variable "node_subnet_cidrs" {
  description = "CIDR blocks of the node's subnets, by rule number of the network ACL: 100, 200 and so on."
  type        = map(string)
  nullable    = false
}

# The application, as it is: what the output alb_example_variables of ../existing-application says.

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
  description = "DNS name of the load balancer: where CloudFront sends requests, and the node must not."
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

variable "application_subnet_ids" {
  description = "Ids of the application's subnets, each under a name of your own."
  type        = map(string)
  nullable    = false
}
