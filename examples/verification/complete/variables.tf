variable "name" {
  description = "Name of what watches; at most 23 characters."
  type        = string
  default     = "shop-verification"
  nullable    = false
}

variable "routing" {
  description = "The output `routing` of ../../alb/complete."
  type        = any
  nullable    = false
}

variable "node_subnet_cidrs" {
  description = "CIDR blocks of the node's own subnets."
  type        = list(string)
  nullable    = false
}

variable "application_subnet_ids" {
  description = "Ids of the application's subnets, each under a name of your own."
  type        = map(string)
  nullable    = false
}

variable "application_instance_ids" {
  description = "Ids of the application's instances, each under a name of your own."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "accepted_rule_ids" {
  description = "Ids of rules that may admit others, each under a name that says why."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "network_acl_ids" {
  description = "Ids of the application's network ACLs; empty: those of the whole account are watched."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "flow_logs" {
  description = "Where flow logs go, and whether somebody is told of what they show: an argument of the module."
  type        = any
  default     = {}
}

variable "config_rules" {
  description = "Rules of AWS Config: an argument of the module. Null where the account has no configuration recorder."
  type        = any
  default     = null
}

variable "trail" {
  description = "A trail, for an account that has none: an argument of the module."
  type        = any
  default     = null
}

variable "email_addresses" {
  description = "Who is told by e-mail."
  type        = list(string)
  default     = []
  nullable    = false
}
