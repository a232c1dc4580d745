# Two applications by host on one listener, in one security group.

variable "vpc_id" { type = string }
variable "load_balancer_arn" { type = string }
variable "load_balancer_security_group_id" { type = string }
variable "application_security_group_id" { type = string }
variable "instance_ids" { type = list(string) }

variable "closed" {
  type    = bool
  default = false
}

locals {
  # By name: the number of its rule.
  applications = { shop = 10, blog = 20 }
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  security_group_id = var.load_balancer_security_group_id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_vpc_security_group_ingress_rule" "application" {
  security_group_id            = var.application_security_group_id
  referenced_security_group_id = var.load_balancer_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_vpc_security_group_ingress_rule" "inside" {
  count = var.closed ? 0 : 1

  security_group_id = var.application_security_group_id
  cidr_ipv4         = "10.0.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_lb_target_group" "this" {
  for_each = local.applications

  name     = each.key
  vpc_id   = var.vpc_id
  protocol = "HTTP"
  port     = 80
}

resource "aws_lb_target_group_attachment" "this" {
  for_each = { for pair in setproduct(keys(local.applications), [0, 1]) : "${pair[0]}-${pair[1]}" => pair }

  target_group_arn = aws_lb_target_group.this[each.value[0]].arn
  target_id        = var.instance_ids[each.value[1]]
}

resource "aws_lb_listener" "this" {
  load_balancer_arn = var.load_balancer_arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type = "redirect"

    redirect {
      host        = "shop.example.com"
      status_code = "HTTP_302"
    }
  }
}

resource "aws_lb_listener_rule" "this" {
  for_each = local.applications

  listener_arn = aws_lb_listener.this.arn
  priority     = each.value

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this[each.key].arn
  }

  condition {
    host_header {
      values = ["${each.key}.example.com"]
    }
  }
}

output "listener_arn" { value = aws_lb_listener.this.arn }
output "target_group_arns" { value = { for key, group in aws_lb_target_group.this : key => group.arn } }
