variable "vpc_id" {
  type = string
}

variable "targets" {
  type = map(string)
}

resource "aws_lb_target_group" "this" {
  name     = "new"
  port     = 80
  protocol = "TCP"
  vpc_id   = var.vpc_id
}

module "attachment" {
  source   = "../attachment"
  for_each = var.targets

  target_group_arn = aws_lb_target_group.this.arn
  target_id        = each.value
}

output "arn" {
  value = aws_lb_target_group.this.arn
}
