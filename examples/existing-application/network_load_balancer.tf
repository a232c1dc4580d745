# A Network Load Balancer in front of the same instances. Its listeners are not in this state.

resource "aws_lb" "network" {
  name               = "${var.name}-network"
  load_balancer_type = "network"
  subnets            = [for subnet in aws_subnet.public : subnet.id]
  security_groups    = [aws_security_group.network_load_balancer.id]

  # AWS refuses an internet-facing load balancer in a VPC without an internet gateway.
  depends_on = [aws_route.internet]
}

resource "aws_security_group" "network_load_balancer" {
  name        = "${var.name}-network-load-balancer"
  description = "Network Load Balancer of the application"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-network-load-balancer" }
}

resource "aws_vpc_security_group_ingress_rule" "network_load_balancer" {
  for_each = { public = 80, partner = 8000, rehearsal = 8080 }

  security_group_id = aws_security_group.network_load_balancer.id
  description       = "Anybody, ${each.key} listener"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}

resource "aws_vpc_security_group_egress_rule" "network_load_balancer" {
  security_group_id = aws_security_group.network_load_balancer.id
  description       = "Anywhere"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_lb_target_group" "network" {
  name     = "${var.name}-network"
  vpc_id   = aws_vpc.this.id
  protocol = "TCP"
  port     = 80
}

resource "aws_lb_target_group_attachment" "network" {
  for_each = aws_instance.application

  target_group_arn = aws_lb_target_group.network.arn
  target_id        = each.value.id
}
