# The Network Load Balancer behind the VPC link. Only the node uses it. It passes TLS through, so the node presents its
# own certificate and receives the certificate of API Gateway.

resource "aws_lb" "node" {
  name               = var.name
  load_balancer_type = "network"
  internal           = true
  subnets            = var.node_subnet_ids
  security_groups    = [aws_security_group.load_balancer.id]

  # Connections from the VPC link come from AWS addresses that no rule can name. The group admits nothing else.
  enforce_security_group_inbound_rules_on_private_link_traffic = "off"
}

resource "aws_security_group" "load_balancer" {
  name        = "${var.name}-load-balancer"
  description = "Load balancer in front of the Wallarm Node"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-load-balancer" }
}

resource "aws_lb_listener" "node" {
  load_balancer_arn = aws_lb.node.arn
  protocol          = "TCP"
  port              = 443

  default_action {
    type             = "forward"
    target_group_arn = module.load_balancer_to_node.target_group_arn
  }
}

# The target group, and the path to the node and to the application. The module above controls what API Gateway sends
# here, so this module is at 100 percent from the start.
module "load_balancer_to_node" {
  source = "../../../modules/nlb"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = 100

  node = merge(module.node_fleet.node, { port = 443 })

  # A VPC link preserves no client addresses.
  target_group = { preserve_client_ip = false }
  load_balancer = {
    security_group_ids = { node = aws_security_group.load_balancer.id }
  }
  health_check = {
    protocol = "HTTPS"
    path     = module.node_config.health_path
  }

  application = {
    security_group_id = var.application_security_group_id
    ports             = [80]
  }
}
