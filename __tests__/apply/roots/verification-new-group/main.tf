# The application's security group is made in this very root, and what the modules depend on too.

resource "aws_security_group" "application" {
  name   = "new-application"
  vpc_id = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "world" {
  security_group_id = aws_security_group.application.id
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_route_table" "application" {
  vpc_id = var.vpc_id
}

resource "aws_route_table_association" "application" {
  route_table_id = aws_route_table.application.id
  subnet_id      = var.subnet_id
}

resource "aws_subnet" "node" {
  vpc_id     = var.vpc_id
  cidr_block = "10.0.9.0/24"
}

resource "aws_lb_target_group" "node" {
  name     = "new-node"
  port     = 80
  protocol = "HTTP"
  vpc_id   = var.vpc_id
}

resource "terraform_data" "before" {
  input = var.before
}

module "audit_of_a_new_group" {
  source = "../../../../modules/security-group-audit"

  security_group_id = aws_security_group.application.id
  node              = { security_group_id = var.node_security_group_id }

  depends_on = [aws_vpc_security_group_ingress_rule.world]
}

module "audit_with_depends_on" {
  source = "../../../../modules/security-group-audit"

  security_group_id = var.security_group_id
  node              = { security_group_id = var.node_security_group_id }

  depends_on = [terraform_data.before]
}

module "verification" {
  source = "../../../../modules/verification"

  name = "new-group"
  routing = {
    schema_version = 1
    vpc_id         = var.vpc_id
    node           = { security_group_id = var.node_security_group_id, target_group_arn = aws_lb_target_group.node.arn }
    application    = { security_group_id = aws_security_group.application.id, ports = [80] }
  }
  application        = { subnet_ids = { a = var.subnet_id } }
  network_interfaces = { node_subnet_ids = [aws_subnet.node.id] }
  notifications      = {}
  api_call_alerts    = {}
  private_subnets    = { route_table_ids = { new = aws_route_table.application.id } }

  depends_on = [aws_vpc_security_group_ingress_rule.world, aws_route_table_association.application]
}
