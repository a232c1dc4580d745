# The Network Load Balancer that the VPC link leads to. It is the node's alone, and passes TLS through: the node shows its
# certificate, and sees that of API Gateway.

resource "aws_lb" "node" {
  name               = var.name
  load_balancer_type = "network"
  internal           = true
  subnets            = var.node_subnet_ids
  security_groups    = [aws_security_group.load_balancer.id]

  # The link's connections come from addresses of AWS that no rule can name. Nobody else is admitted.
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

# Target group, and the way to the node and on to the application. What API Gateway sends here is decided by the module
# above, so this one is at its end from the beginning.
module "load_balancer_to_node" {
  source = "../../../modules/nlb"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = 100

  node = {
    security_group_id       = aws_security_group.node.id
    port                    = 443
    autoscaling_group_names = { main = aws_autoscaling_group.node.name }
  }

  # Over a VPC link no client's address is preserved.
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
