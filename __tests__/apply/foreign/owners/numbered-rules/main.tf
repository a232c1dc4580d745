# Rules numbered from 1, as a list with its index makes them, of every kind of
# condition, in front of sticky target groups.

variable "vpc_id" { type = string }
variable "load_balancer_arn" { type = string }
variable "load_balancer_security_group_id" { type = string }
variable "application_security_group_id" { type = string }
variable "instance_ids" { type = list(string) }

# How far the numbers of two rules are apart.
variable "step" {
  type    = number
  default = 1
}

variable "closed" {
  type    = bool
  default = false
}

locals {
  target_groups = toset(["shop", "beta"])

  rules = [
    { host = "shop.example.com", groups = { shop = 100 } },
    { path = "/beta/*", groups = { shop = 80, beta = 20 } },
    { header = "beta", query = "on", groups = { beta = 100 } },
  ]
}

resource "aws_security_group_rule" "load_balancer_in" {
  type              = "ingress"
  security_group_id = var.load_balancer_security_group_id
  cidr_blocks       = ["0.0.0.0/0"]
  protocol          = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_security_group_rule" "application_in" {
  type                     = "ingress"
  security_group_id        = var.application_security_group_id
  source_security_group_id = var.load_balancer_security_group_id
  protocol                 = "tcp"
  from_port                = 80
  to_port                  = 80
}

resource "aws_security_group_rule" "inside" {
  count = var.closed ? 0 : 1

  type              = "ingress"
  security_group_id = var.application_security_group_id
  cidr_blocks       = ["10.0.0.0/16"]
  protocol          = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_lb_target_group" "this" {
  for_each = local.target_groups

  name     = each.key
  vpc_id   = var.vpc_id
  protocol = "HTTP"
  port     = 80

  stickiness {
    type            = "lb_cookie"
    cookie_duration = 3600
  }
}

resource "aws_lb_target_group_attachment" "this" {
  for_each = { for pair in setproduct(local.target_groups, [0, 1]) : "${pair[0]}-${pair[1]}" => pair }

  target_group_arn = aws_lb_target_group.this[each.value[0]].arn
  target_id        = var.instance_ids[each.value[1]]
}

resource "aws_lb_listener" "this" {
  load_balancer_arn = var.load_balancer_arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this["shop"].arn
  }
}

resource "aws_lb_listener_rule" "this" {
  count = length(local.rules)

  listener_arn = aws_lb_listener.this.arn
  priority     = (count.index + 1) * var.step

  action {
    type = "forward"

    forward {
      dynamic "target_group" {
        for_each = local.rules[count.index].groups

        content {
          arn    = aws_lb_target_group.this[target_group.key].arn
          weight = target_group.value
        }
      }

      dynamic "stickiness" {
        for_each = length(local.rules[count.index].groups) > 1 ? [600] : []

        content {
          enabled  = true
          duration = stickiness.value
        }
      }
    }
  }

  dynamic "condition" {
    for_each = try([local.rules[count.index].host], [])

    content {
      host_header {
        values = [condition.value]
      }
    }
  }

  dynamic "condition" {
    for_each = try([local.rules[count.index].path], [])

    content {
      path_pattern {
        values = [condition.value]
      }
    }
  }

  dynamic "condition" {
    for_each = try([local.rules[count.index].header], [])

    content {
      http_header {
        http_header_name = "X-Channel"
        values           = [condition.value]
      }
    }
  }

  dynamic "condition" {
    for_each = try([local.rules[count.index].query], [])

    content {
      query_string {
        key   = "beta"
        value = condition.value
      }
    }
  }
}

output "listener_arn" { value = aws_lb_listener.this.arn }
output "target_group_arns" { value = { for key, group in aws_lb_target_group.this : key => group.arn } }
