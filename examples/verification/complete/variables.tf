variable "name" {
  description = "Name of the verification resources. At most 23 characters."
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
  description = "CIDR blocks of the node's subnets."
  type        = list(string)
  nullable    = false
}

variable "application_subnet_ids" {
  description = "IDs of the application's subnets, by names that you choose."
  type        = map(string)
  nullable    = false
}

variable "application_instance_ids" {
  description = "IDs of the application's instances, by names that you choose."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "accepted_rules" {
  description = "Rules that may admit other sources, as the output unexpected_rules shows them, by names that say why."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "network_acl_ids" {
  description = "IDs of the application's network ACLs. If empty, alerts cover all network ACLs of the account."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "flow_logs" {
  description = "Destination of the flow logs, and an optional alarm: the argument `flow_logs` of the module."
  type        = any
  default     = {}
}

variable "config_rules" {
  description = "AWS Config rules: the argument `config_rules` of the module. Null if the account has no configuration recorder."
  type        = any
  default     = null
}

variable "trail" {
  description = "A trail, if the account has none: the argument `trail` of the module."
  type        = any
  default     = null
}

variable "email_addresses" {
  description = "Email addresses that receive alerts."
  type        = list(string)
  default     = []
  nullable    = false
}
