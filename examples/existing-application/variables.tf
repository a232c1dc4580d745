variable "name" {
  description = "Name of everything created here, and prefix of names that need more than one word."
  type        = string
  default     = "shop"
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9]([a-zA-Z0-9-]{0,18}[a-zA-Z0-9])?$", var.name))
    error_message = "name is \"${var.name}\": use 1 to 20 letters, digits and inner hyphens; load balancers and target groups accept nothing else."
  }
}

variable "ami_id" {
  description = "Machine image of the application: Amazon Linux 2023, x86_64, of the region in use. The README shows how to look it up."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^ami-[0-9a-f]{8,17}$", var.ami_id))
    error_message = "ami_id is \"${var.ami_id}\": expected an image id such as ami-0123456789abcdef0."
  }
}
