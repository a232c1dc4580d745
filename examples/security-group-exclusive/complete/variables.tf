variable "mode" {
  description = "\"audit\" warns of the rules that would be removed, \"enforce\" removes them."
  type        = string
  default     = "audit"
  nullable    = false
}

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

variable "application_ingress_rule_ids" {
  description = "Ids of the rules that admit the node: the application_ingress of the output security_group_rule_ids of ../../alb/complete."
  type        = map(string)
  nullable    = false
}
