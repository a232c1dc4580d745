variable "mode" {
  description = "\"audit\" warns about rules that are not listed. \"enforce\" removes them."
  type        = string
  default     = "audit"
  nullable    = false
}

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

variable "application_ingress_rule_ids" {
  description = "IDs of the rules that admit the node: application_ingress in the output security_group_rule_ids of ../../alb/complete."
  type        = map(string)
  nullable    = false
}
