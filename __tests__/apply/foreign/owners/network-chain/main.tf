# A Network Load Balancer with fixed addresses, whose target is an Application Load Balancer.

variable "vpc_id" { type = string }
variable "network_load_balancer_arn" { type = string }
variable "load_balancer_arn" { type = string }
variable "network_load_balancer_security_group_id" { type = string }
variable "load_balancer_security_group_id" { type = string }
variable "application_security_group_id" { type = string }
variable "instance_ids" { type = list(string) }

variable "closed" {
  type    = bool
  default = false
}

resource "aws_vpc_security_group_ingress_rule" "network_load_balancer" {
  security_group_id = var.network_load_balancer_security_group_id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  security_group_id            = var.load_balancer_security_group_id
  referenced_security_group_id = var.network_load_balancer_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
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

resource "aws_lb_target_group" "application" {
  name     = "shop"
  vpc_id   = var.vpc_id
  protocol = "HTTP"
  port     = 80
}

resource "aws_lb_target_group_attachment" "application" {
  count = 2

  target_group_arn = aws_lb_target_group.application.arn
  target_id        = var.instance_ids[count.index]
}

resource "aws_lb_listener" "application" {
  load_balancer_arn = var.load_balancer_arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.application.arn
  }
}

resource "aws_lb_target_group" "load_balancer" {
  name        = "shop-load-balancer"
  vpc_id      = var.vpc_id
  protocol    = "TCP"
  port        = 80
  target_type = "alb"
}

resource "aws_lb_target_group_attachment" "load_balancer" {
  target_group_arn = aws_lb_target_group.load_balancer.arn
  target_id        = var.load_balancer_arn

  # The listener on the target's port has to be there first.
  depends_on = [aws_lb_listener.application]
}

resource "aws_lb_listener" "network" {
  load_balancer_arn = var.network_load_balancer_arn
  protocol          = "TCP"
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.load_balancer.arn
  }
}

output "listener_arn" { value = aws_lb_listener.application.arn }
output "network_listener_arn" { value = aws_lb_listener.network.arn }
output "target_group_arns" { value = [aws_lb_target_group.application.arn, aws_lb_target_group.load_balancer.arn] }
