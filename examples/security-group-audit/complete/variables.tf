variable "application_security_group_id" {
  description = "Id of the application's security group."
  type        = string
  nullable    = false
}

variable "node_security_group_id" {
  description = "Id of the node's security group."
  type        = string
  nullable    = false
}

variable "node_subnet_cidrs" {
  description = "CIDR blocks of the node's own subnets, if the application admits these instead of the node's security group."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "accepted_rule_ids" {
  description = "Ids of rules that may admit others, each under a name that says why."
  type        = map(string)
  default     = {}
  nullable    = false
}
