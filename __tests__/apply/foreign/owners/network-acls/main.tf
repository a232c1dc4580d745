# Private subnets with a network ACL of their own, as the module vpc of terraform-aws-modules makes them with
# private_dedicated_network_acl, and an application in them.

variable "vpc_id" { type = string }
variable "subnet_ids" { type = list(string) }
variable "load_balancer_arn" { type = string }
variable "load_balancer_security_group_id" { type = string }
variable "application_security_group_id" { type = string }
variable "instance_ids" { type = list(string) }

# The output rules of the module network-acl, once the ACL is to admit only the node.
variable "network_acl_rules" {
  type = map(map(object({
    action    = string
    protocol  = string
    cidr      = string
    from_port = number
    to_port   = number
  })))
  default = null
}

variable "closed" {
  type    = bool
  default = false
}

locals {
  everything = { action = "allow", protocol = "-1", cidr = "0.0.0.0/0", from_port = 0, to_port = 0 }

  rules = coalesce(var.network_acl_rules, { ingress = { 100 = local.everything }, egress = { 100 = local.everything } })
}

resource "aws_network_acl" "private" {
  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids
}

resource "aws_network_acl_rule" "private" {
  for_each = merge([
    for direction, rules in local.rules : {
      for number, rule in rules : "${direction}-${number}" => merge(rule, { number = number, egress = direction == "egress" })
    }
  ]...)

  network_acl_id  = aws_network_acl.private.id
  egress          = each.value.egress
  rule_number     = each.value.number
  rule_action     = each.value.action
  protocol        = each.value.protocol
  cidr_block      = strcontains(each.value.cidr, ":") ? null : each.value.cidr
  ipv6_cidr_block = strcontains(each.value.cidr, ":") ? each.value.cidr : null
  from_port       = each.value.from_port
  to_port         = each.value.to_port
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
  name     = "shop"
  vpc_id   = var.vpc_id
  protocol = "HTTP"
  port     = 80
}

resource "aws_lb_target_group_attachment" "this" {
  count = 2

  target_group_arn = aws_lb_target_group.this.arn
  target_id        = var.instance_ids[count.index]
}

resource "aws_lb_listener" "this" {
  load_balancer_arn = var.load_balancer_arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}

output "listener_arn" { value = aws_lb_listener.this.arn }
output "target_group_arn" { value = aws_lb_target_group.this.arn }
