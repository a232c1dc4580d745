# An Auto Scaling group behind a load balancer, as the modules alb and autoscaling of terraform-aws-modules make them, with
# the rules inside of the security groups.

variable "vpc_id" { type = string }
variable "subnet_ids" { type = list(string) }
variable "load_balancer_subnet_ids" { type = list(string) }
variable "load_balancer_arn" { type = string }
variable "load_balancer_security_group_id" { type = string }

# Changes with each release.
variable "release" {
  type    = string
  default = "1"
}

# Adds the rule that the README asks for.
variable "node_security_group_id" {
  type    = string
  default = null
}

# Removes what lets others than the load balancer and the node in.
variable "closed" {
  type    = bool
  default = false
}

# The provider would wait a minute for a new one.
import {
  to = aws_lb.this
  id = var.load_balancer_arn
}

import {
  to = aws_security_group.load_balancer
  id = var.load_balancer_security_group_id
}

resource "aws_lb" "this" {
  name            = "shop"
  internal        = true
  security_groups = [aws_security_group.load_balancer.id]
  subnets         = var.load_balancer_subnet_ids
}

resource "aws_security_group" "load_balancer" {
  name        = "shop-load-balancer"
  description = "shop-load-balancer"
  vpc_id      = var.vpc_id

  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "application" {
  name        = "shop-application"
  description = "shop-application"
  vpc_id      = var.vpc_id

  ingress {
    protocol        = "tcp"
    from_port       = 8080
    to_port         = 8080
    security_groups = compact([aws_security_group.load_balancer.id, var.node_security_group_id])
  }

  dynamic "ingress" {
    for_each = var.closed ? [] : ["10.0.0.0/16"]

    content {
      description = "From inside"
      protocol    = "tcp"
      from_port   = 8080
      to_port     = 8080
      cidr_blocks = [ingress.value]
    }
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb_target_group" "this" {
  name                 = "shop"
  vpc_id               = var.vpc_id
  protocol             = "HTTP"
  port                 = 8080
  deregistration_delay = 10
  tags                 = { release = var.release }

  health_check {
    path = "/health"
  }
}

resource "aws_lb_listener" "this" {
  load_balancer_arn = aws_lb.this.arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}

resource "aws_launch_template" "this" {
  name                   = "shop"
  image_id               = "ami-12c6146b"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [aws_security_group.application.id]
}

resource "aws_autoscaling_group" "this" {
  name                      = "shop"
  min_size                  = 2
  max_size                  = 4
  desired_capacity          = 2
  vpc_zone_identifier       = var.subnet_ids
  health_check_type         = "ELB"
  target_group_arns         = [aws_lb_target_group.this.arn]
  wait_for_capacity_timeout = "0"

  launch_template {
    id      = aws_launch_template.this.id
    version = aws_launch_template.this.latest_version
  }
}

output "listener_arn" { value = aws_lb_listener.this.arn }
output "target_group_arn" { value = aws_lb_target_group.this.arn }
output "application_security_group_id" { value = aws_security_group.application.id }
