variable "name" {
  description = "Name of the API."
  type        = string
  default     = "shop"
  nullable    = false
}

variable "application_url" {
  description = "Public URL where API Gateway reaches the application, without a trailing slash."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^https?://[^/]+$", var.application_url))
    error_message = "application_url must be a URL such as https://shop.example.com. Received: \"${var.application_url}\"."
  }
}

variable "function_arn" {
  description = "ARN of the Lambda function that answers GET /status."
  type        = string
  nullable    = false
}
