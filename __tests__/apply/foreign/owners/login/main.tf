# An application of which one part is behind a login of the load balancer: authenticate-oidc, then forward.

variable "vpc_id" { type = string }
variable "load_balancer_arn" { type = string }
variable "load_balancer_security_group_id" { type = string }
variable "application_security_group_id" { type = string }
variable "instance_ids" { type = list(string) }

# The output forward_action of the module alb, behind the login.
variable "forward_action" {
  type = object({
    node        = object({ arn = string, weight = number })
    application = object({ weight = number })
  })
  default = null
}

variable "closed" {
  type    = bool
  default = false
}

locals {
  node               = var.forward_action == null ? [] : [var.forward_action.node]
  application_weight = try(var.forward_action.application.weight, 100)
  application        = [for weight in [local.application_weight] : { arn = aws_lb_target_group.this.arn, weight = weight } if weight > 0]
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  security_group_id = var.load_balancer_security_group_id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
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
  name     = "admin"
  vpc_id   = var.vpc_id
  protocol = "HTTP"
  port     = 80
}

resource "aws_lb_target_group_attachment" "this" {
  count = 2

  target_group_arn = aws_lb_target_group.this.arn
  target_id        = var.instance_ids[count.index]
}

resource "aws_acm_certificate" "this" {
  domain_name       = "admin.example.com"
  validation_method = "DNS"
}

resource "aws_lb_listener" "this" {
  load_balancer_arn = var.load_balancer_arn
  protocol          = "HTTPS"
  port              = 443
  certificate_arn   = aws_acm_certificate.this.arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}

resource "aws_lb_listener_rule" "admin" {
  listener_arn = aws_lb_listener.this.arn
  priority     = 100

  action {
    type = "authenticate-oidc"

    authenticate_oidc {
      authorization_endpoint = "https://login.example.com/authorize"
      client_id              = "admin"
      client_secret          = "not-a-secret"
      issuer                 = "https://login.example.com"
      token_endpoint         = "https://login.example.com/token"
      user_info_endpoint     = "https://login.example.com/userinfo"
    }
  }

  action {
    type = "forward"

    forward {
      dynamic "target_group" {
        for_each = concat(local.node, local.application)

        content {
          arn    = target_group.value.arn
          weight = target_group.value.weight
        }
      }
    }
  }

  condition {
    path_pattern {
      values = ["/admin/*"]
    }
  }
}

output "listener_arn" { value = aws_lb_listener.this.arn }
output "target_group_arn" { value = aws_lb_target_group.this.arn }
