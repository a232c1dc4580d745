# A service that a deployer switches between two target groups, outside of Terraform, as CodeDeploy and ECS do.

variable "vpc_id" { type = string }
variable "load_balancer_arn" { type = string }
variable "load_balancer_security_group_id" { type = string }

variable "closed" {
  type    = bool
  default = false
}

resource "aws_security_group" "service" {
  name        = "orders-service"
  description = "orders-service"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "service" {
  security_group_id            = aws_security_group.service.id
  referenced_security_group_id = var.load_balancer_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 3000
  to_port                      = 3000
}

resource "aws_vpc_security_group_ingress_rule" "inside" {
  count = var.closed ? 0 : 1

  security_group_id = aws_security_group.service.id
  cidr_ipv4         = "10.0.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 3000
  to_port           = 3000
}

resource "aws_lb_target_group" "this" {
  for_each = toset(["blue", "green"])

  name        = "orders-${each.key}"
  vpc_id      = var.vpc_id
  protocol    = "HTTP"
  port        = 3000
  target_type = "ip"
}

resource "aws_lb_listener" "this" {
  load_balancer_arn = var.load_balancer_arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener_rule" "production" {
  listener_arn = aws_lb_listener.this.arn
  priority     = 10

  action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.this["blue"].arn
        weight = 100
      }

      target_group {
        arn    = aws_lb_target_group.this["green"].arn
        weight = 0
      }
    }
  }

  condition {
    path_pattern {
      values = ["/*"]
    }
  }

  lifecycle {
    # The deployer's.
    ignore_changes = [action]
  }
}

output "listener_arn" { value = aws_lb_listener.this.arn }
output "rule_arn" { value = aws_lb_listener_rule.production.arn }
output "target_group_arns" { value = { for key, group in aws_lb_target_group.this : key => group.arn } }
output "application_security_group_id" { value = aws_security_group.service.id }
