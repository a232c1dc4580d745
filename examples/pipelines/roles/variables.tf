variable "repository" {
  description = "Path of the repository whose pipeline assumes the roles, such as \"acme/infrastructure\"."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^/*?:\\s]+(/[^/*?:\\s]+)+$", var.repository))
    error_message = "repository must be a path such as acme/infrastructure, without a host and wildcards. Received: \"${var.repository}\"."
  }
}

variable "host" {
  description = "Host of the repository: \"github\" or \"gitlab\"."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["github", "gitlab"], var.host)
    error_message = "host must be github or gitlab. Received: \"${var.host}\"."
  }
}

variable "branch" {
  description = "The branch that the pipeline applies."
  type        = string
  default     = "main"
  nullable    = false
}

variable "openid_connect_provider_arn" {
  description = "ARN of the account's OpenID Connect provider for the host. If null, this configuration creates it. An account can have only one for each host."
  type        = string
  default     = null
}

variable "actions" {
  description = "IAM actions that the root configuration needs: the list under Permissions in the README of each module, and the actions for your own resources."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.actions) > 0 && alltrue([for action in var.actions : can(regex("^[a-z0-9-]+:[A-Z][A-Za-z]+$", action))])
    error_message = "actions must be names such as ec2:DescribeVpcs, without wildcards. Received: ${join(", ", var.actions)}."
  }
}

variable "state" {
  description = "The S3 backend of the root configuration, with use_lockfile."
  type        = object({ bucket = string, key = string })
  nullable    = false
}
