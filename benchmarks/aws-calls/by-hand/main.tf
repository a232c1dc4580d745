# The resources of the module alb, written by hand, without data sources.

variable "vpc_id" {
  type = string
}

variable "node_security_group_id" {
  type = string
}

variable "node_instance_ids" {
  type = map(string)
}

variable "application_security_group_id" {
  type = string
}

variable "load_balancer_security_group_id" {
  type = string
}

variable "routes" {
  type = any
}

resource "aws_lb_target_group" "node" {
  name     = "shop-by-hand"
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"
}

resource "aws_lb_target_group_attachment" "node" {
  for_each = var.node_instance_ids

  target_group_arn = aws_lb_target_group.node.arn
  target_id        = each.value
}

resource "aws_vpc_security_group_egress_rule" "load_balancer_to_node" {
  security_group_id            = var.load_balancer_security_group_id
  referenced_security_group_id = var.node_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_vpc_security_group_ingress_rule" "node_from_load_balancer" {
  security_group_id            = var.node_security_group_id
  referenced_security_group_id = var.load_balancer_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_vpc_security_group_egress_rule" "node_to_application" {
  security_group_id            = var.node_security_group_id
  referenced_security_group_id = var.application_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_vpc_security_group_ingress_rule" "application_from_node" {
  security_group_id            = var.application_security_group_id
  referenced_security_group_id = var.node_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_lb_listener_rule" "node" {
  for_each = var.routes

  listener_arn = each.value.listener_arn
  priority     = each.value.priority

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.node.arn
  }

  condition {
    path_pattern {
      values = each.value.conditions[0].path_pattern.values
    }
  }
}
