variable "application_security_group_id" {
  description = "ID of the application's security group."
  type        = string
  nullable    = false
}

variable "node_security_group_id" {
  description = "ID of the node's security group."
  type        = string
  nullable    = false
}

variable "node_subnet_cidrs" {
  description = "CIDR blocks of the node's subnets, if the application admits them instead of the node's security group."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "accepted_rules" {
  description = "Rules that may admit other sources, as the output unexpected_rules shows them, by names that say why."
  type        = map(string)
  default     = {}
  nullable    = false
}
