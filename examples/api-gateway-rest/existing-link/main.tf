# Puts a Wallarm Node behind a REST API whose integrations use a VPC link already. The API, its integrations and the link stay
# as they are: of the Network Load Balancer that the link leads to, the listener moves from the application's target group to
# the node's. The listener was made by hand, or by anything but Terraform, and is imported.

locals {
  listeners = {
    api = {
      listener_arn                 = var.listener_arn
      application_target_group_arn = var.application_target_group_arn
    }
  }
}

import {
  for_each = local.listeners

  to = module.wallarm_routing.aws_lb_listener.adopted[each.key]
  id = each.value.listener_arn
}

module "wallarm_routing" {
  source = "../../../modules/nlb"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node = {
    security_group_id       = aws_security_group.node.id
    autoscaling_group_names = { main = aws_autoscaling_group.node.name }
  }

  # Over a VPC link no client's address is preserved: connections come from the load balancer.
  target_group = { preserve_client_ip = false }
  load_balancer = {
    security_group_ids = { api = var.load_balancer_security_group_id }
  }
  health_check = {
    protocol = "HTTP"
    path     = module.node_config.health_path
  }

  listeners = local.listeners

  application = {
    security_group_id = var.application_security_group_id
    ports             = [80]
  }
}

# The way of the API's requests begins here. If the link led elsewhere, the listener would be the wrong one.
data "aws_api_gateway_vpc_link" "api" {
  name = var.vpc_link_name

  lifecycle {
    postcondition {
      condition     = contains(self.target_arns, var.load_balancer_arn)
      error_message = "The VPC link ${var.vpc_link_name} leads to ${join(", ", self.target_arns)}, not to ${var.load_balancer_arn}: move a listener of that load balancer."
    }
  }
}

# Until the cutover no other listener forwards to the node's target group, and AWS checks no target that no listener uses.
# This one lets it check the targets.
resource "aws_lb_listener" "rehearsal" {
  load_balancer_arn = var.load_balancer_arn
  protocol          = "TCP"
  port              = 8080

  default_action {
    type             = "forward"
    target_group_arn = module.wallarm_routing.target_group_arn
  }
}
