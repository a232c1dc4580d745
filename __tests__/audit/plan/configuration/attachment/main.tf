variable "target_group_arn" {
  type = string
}

variable "target_id" {
  type = string
}

resource "aws_lb_target_group_attachment" "this" {
  target_group_arn = var.target_group_arn
  target_id        = var.target_id
  port             = 8080
}
