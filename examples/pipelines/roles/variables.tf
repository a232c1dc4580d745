variable "repository" {
  description = "The repository whose pipeline assumes the roles: \"acme/infrastructure\"."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^/*?:\\s]+(/[^/*?:\\s]+)+$", var.repository))
    error_message = "repository is \"${var.repository}\": write its path, such as acme/infrastructure, without a host and without wildcards."
  }
}

variable "host" {
  description = "Where the repository is: \"github\" or \"gitlab\"."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["github", "gitlab"], var.host)
    error_message = "host is \"${var.host}\": write github or gitlab."
  }
}

variable "branch" {
  description = "The branch that is applied."
  type        = string
  default     = "main"
  nullable    = false
}

variable "openid_connect_provider_arn" {
  description = "ARN of the account's OpenID Connect provider for the host; null creates it. An account has one for each host."
  type        = string
  default     = null
}

variable "actions" {
  description = "IAM actions that the root configuration needs: what the README of each module in it lists under Permissions, and those of your own resources."
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
