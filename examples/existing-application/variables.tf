variable "name" {
  description = "Name or name prefix of all resources here."
  type        = string
  default     = "shop"
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9]([a-zA-Z0-9-]{0,18}[a-zA-Z0-9])?$", var.name))
    error_message = "name must have 1 to 20 letters, digits, and inner hyphens, as load balancers and target groups require. Received: \"${var.name}\"."
  }
}

variable "ami_id" {
  description = "ID of the AMI of the application: Amazon Linux 2023 (x86_64) in your Region. The README shows how to look it up."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^ami-[0-9a-f]{8,17}$", var.ami_id))
    error_message = "ami_id must be an AMI ID such as ami-0123456789abcdef0. Received: \"${var.ami_id}\"."
  }
}
