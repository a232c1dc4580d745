variable "name" {
  description = "Name of the API."
  type        = string
  default     = "shop"
  nullable    = false
}

variable "application_url" {
  description = "URL under which API Gateway reaches the application over the internet, without a slash at its end."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^https?://[^/]+$", var.application_url))
    error_message = "application_url is \"${var.application_url}\": expected one such as https://shop.example.com."
  }
}

variable "function_arn" {
  description = "ARN of the Lambda function that answers GET /status."
  type        = string
  nullable    = false
}
