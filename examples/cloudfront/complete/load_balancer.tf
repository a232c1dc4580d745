# The Network Load Balancer in front of the node. Only CloudFront can reach it. It passes TLS through, so the node presents
# its own certificate.

resource "aws_lb" "node" {
  name               = var.name
  load_balancer_type = "network"
  subnets            = var.node_subnet_ids

  # The module cloudfront creates the groups that admit CloudFront.
  security_groups = concat(
    [aws_security_group.load_balancer.id],
    values(module.wallarm_routing.security_group_ids),
  )
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

# The target group, and the path to the node. The module above controls what CloudFront sends here, so this module is at
# 100 percent from the start.
module "load_balancer_to_node" {
  source = "../../../modules/nlb"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = 100

  node = merge(module.node_fleet.node, { port = 443 })

  # The node trusts the addresses of CloudFront, so it has to see them.
  target_group = { preserve_client_ip = true }
  load_balancer = {
    security_group_ids = { node = aws_security_group.load_balancer.id }
  }
  health_check = {
    protocol = "HTTPS"
    path     = module.node_config.health_path
  }
}
