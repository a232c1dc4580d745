variable "node_traffic_percent" {
  type     = number
  nullable = false
}

variable "distribution_id" {
  type     = string
  nullable = false
}

variable "unsupported_settings" {
  type    = map(list(string))
  default = null
}

variable "node" {
  type = any
  default = {
    security_group_id = "sg-0123456789abcdef0"
    domain_name       = "node.example.com"
  }
}

variable "origins" {
  type     = any
  nullable = false
}

variable "wait_for_deployment" {
  type     = bool
  default  = false # Otherwise the provider looks after half a minute for the first time.
  nullable = false
}
