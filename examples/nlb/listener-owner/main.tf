# For the owner of a listener of a Network Load Balancer. The listener stays in this state. The module creates the
# node's target group, and the listener forwards to it at 100 percent.

module "wallarm_routing" {
  source = "../../../modules/nlb"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node = {
    security_group_id       = aws_security_group.node.id
    autoscaling_group_names = { main = aws_autoscaling_group.node.name }
  }

  target_group = { preserve_client_ip = false }
  load_balancer = {
    security_group_ids = { partner = var.load_balancer_security_group_id }
  }

  application = {
    security_group_id = var.application_security_group_id
    ports             = [80]
  }
}

resource "aws_lb_listener" "partner" {
  load_balancer_arn = var.load_balancer_arn
  protocol          = "TCP"
  port              = 8000

  default_action {
    type             = "forward"
    target_group_arn = coalesce(module.wallarm_routing.cutover_target_group_arn, var.application_target_group_arn)
  }
}
