# An Auto Scaling group that serves two ports, with a target group for each, which two rules select by path. Its owner attaches
# the target groups in one of the ways that the provider has.

variable "vpc_id" { type = string }
variable "subnet_ids" { type = list(string) }
variable "load_balancer_arn" { type = string }
variable "load_balancer_security_group_id" { type = string }

# "attachment", "traffic_source_attachment", "target_group_arns", or "ignored"
variable "attached_by" { type = string }

# With one, the listener is for HTTPS.
variable "certificate_arn" {
  type    = string
  default = null
}

# Adds the target groups that the module asks for.
variable "more_target_group_arns" {
  type    = list(string)
  default = []
}

# Changes with each release.
variable "release" {
  type    = string
  default = "1"
}

# Removes what lets others than the load balancer and the node in.
variable "closed" {
  type    = bool
  default = false
}

locals {
  listener_port     = var.certificate_arn == null ? 80 : 443
  ports             = { api = 8081, web = 8080 }
  target_group_arns = concat(values(aws_lb_target_group.this)[*].arn, var.more_target_group_arns)
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  security_group_id = var.load_balancer_security_group_id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = local.listener_port
  to_port           = local.listener_port
}

resource "aws_security_group" "application" {
  name        = "shop-application"
  description = "shop-application"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "application" {
  for_each = local.ports

  security_group_id            = aws_security_group.application.id
  referenced_security_group_id = var.load_balancer_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value
}

resource "aws_vpc_security_group_ingress_rule" "inside" {
  count = var.closed ? 0 : 1

  security_group_id = aws_security_group.application.id
  cidr_ipv4         = "10.0.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 8080
  to_port           = 8081
}

resource "aws_vpc_security_group_egress_rule" "application" {
  security_group_id = aws_security_group.application.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_lb_target_group" "this" {
  for_each = local.ports

  name                 = "shop-${each.key}"
  vpc_id               = var.vpc_id
  protocol             = "HTTP"
  port                 = each.value
  deregistration_delay = 10

  health_check {
    path     = "/${each.key}/health"
    interval = 10
  }

  stickiness {
    type            = "lb_cookie"
    cookie_duration = 3600
    enabled         = each.key == "web"
  }
}

resource "aws_lb_listener" "this" {
  load_balancer_arn = var.load_balancer_arn
  protocol          = var.certificate_arn == null ? "HTTP" : "HTTPS"
  port              = local.listener_port
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this["web"].arn
  }
}

resource "aws_lb_listener_rule" "api" {
  listener_arn = aws_lb_listener.this.arn
  priority     = 10

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this["api"].arn
  }

  condition {
    path_pattern {
      values = ["/api/*"]
    }
  }
}

resource "aws_launch_template" "this" {
  name                   = "shop"
  image_id               = "ami-12c6146b"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [aws_security_group.application.id]
}

resource "aws_autoscaling_group" "this" {
  count = var.attached_by == "ignored" ? 0 : 1

  name                      = "shop"
  min_size                  = 2
  max_size                  = 4
  desired_capacity          = 2
  vpc_zone_identifier       = var.subnet_ids
  health_check_type         = "ELB"
  target_group_arns         = var.attached_by == "target_group_arns" ? local.target_group_arns : null
  wait_for_capacity_timeout = "0"

  launch_template {
    id      = aws_launch_template.this.id
    version = aws_launch_template.this.latest_version
  }

  tag {
    key                 = "release"
    value               = var.release
    propagate_at_launch = false
  }
}

# The same, with what the output owner_configuration has.
resource "aws_autoscaling_group" "ignored" {
  count = var.attached_by == "ignored" ? 1 : 0

  name                      = "shop"
  min_size                  = 2
  max_size                  = 4
  desired_capacity          = 2
  vpc_zone_identifier       = var.subnet_ids
  health_check_type         = "ELB"
  target_group_arns         = local.target_group_arns
  wait_for_capacity_timeout = "0"

  launch_template {
    id      = aws_launch_template.this.id
    version = aws_launch_template.this.latest_version
  }

  tag {
    key                 = "release"
    value               = var.release
    propagate_at_launch = false
  }

  lifecycle {
    ignore_changes = [target_group_arns, traffic_source]
  }
}

resource "aws_autoscaling_attachment" "this" {
  for_each = { for key, group in aws_lb_target_group.this : key => group.arn if var.attached_by == "attachment" }

  autoscaling_group_name = aws_autoscaling_group.this[0].name
  lb_target_group_arn    = each.value
}

resource "aws_autoscaling_traffic_source_attachment" "this" {
  for_each = { for key, group in aws_lb_target_group.this : key => group.arn if var.attached_by == "traffic_source_attachment" }

  autoscaling_group_name = aws_autoscaling_group.this[0].name

  traffic_source {
    identifier = each.value
    type       = "elbv2"
  }
}

output "listener_arn" { value = aws_lb_listener.this.arn }
output "target_group_arns" { value = { for key, group in aws_lb_target_group.this : key => group.arn } }
output "application_security_group_id" { value = aws_security_group.application.id }
