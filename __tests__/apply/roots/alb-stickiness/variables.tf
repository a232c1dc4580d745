variable "node_traffic_percent" {
  type = number
}

variable "vpc_id" {
  type = string
}

variable "listener_arn" {
  type = string
}

variable "application_target_group_arn" {
  type = string
}

variable "node_security_group_id" {
  type = string
}

variable "node_instance_ids" {
  type = map(string)
}

variable "node_stickiness" {
  type    = object({})
  default = null
}

variable "target_group_stickiness" {
  type    = object({ duration = number })
  default = null
}

variable "application_stickiness" {
  type    = bool
  default = null
}

variable "mirrors" {
  type = map(object({
    listener_arn     = string
    priority         = number
    mirrors_priority = number
  }))
  default = {}
}

variable "owner_stickiness" {
  type    = bool
  default = null
}
