# Puts a Wallarm Node behind a REST API that already uses a VPC link. The API, its integrations, and the link stay as
# they are. The listener of the Network Load Balancer behind the link moves from the application's target group to the
# node's. The listener is in no Terraform state, so this configuration imports it.

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

module "node_config" {
  source = "../../../modules/node-config"

  backend      = { url = var.application_url }
  entry_points = [var.load_balancer_dns_name]

  # The timeout of REST APIs.
  limits = { entry_point_timeout = 29 }

  token_secret = { arn = var.wallarm_token_secret_arn }
  group        = var.name
}

module "node_fleet" {
  source = "../../../modules/node-fleet"

  name           = var.name
  vpc_id         = var.vpc_id
  subnet_ids     = var.node_subnet_ids
  image          = { id = var.node_ami_id }
  instance_type  = "m4.xlarge"
  user_data_gzip = module.node_config.user_data_gzip
  secret_arns    = module.node_config.secret_arns

  # Subnets with a NAT gateway do not need this.
  associate_public_ip_address = true
}

module "wallarm_routing" {
  source = "../../../modules/nlb"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node = module.node_fleet.node

  # A VPC link preserves no client addresses. Connections come from the load balancer.
  target_group = { preserve_client_ip = false }
  load_balancer = {
    security_group_ids = { api = var.load_balancer_security_group_id }
  }
  health_check = {
    protocol = "HTTP"
    path     = module.node_config.health_path
  }

  adopted_listeners = local.listeners

  application = {
    security_group_id = var.application_security_group_id
    ports             = [80]
  }
}

# Checks that the VPC link leads to the load balancer of this listener.
data "aws_api_gateway_vpc_link" "api" {
  name = var.vpc_link_name

  lifecycle {
    postcondition {
      condition     = contains(self.target_arns, var.load_balancer_arn)
      error_message = "The target of the VPC link ${var.vpc_link_name} is ${join(", ", self.target_arns)}, not ${var.load_balancer_arn}. Move a listener of the target."
    }
  }
}

# AWS checks the health of targets only if a listener uses their target group. Before the cutover, this listener does.
resource "aws_lb_listener" "rehearsal" {
  load_balancer_arn = var.load_balancer_arn
  protocol          = "TCP"
  port              = 8080

  default_action {
    type             = "forward"
    target_group_arn = module.wallarm_routing.target_group_arn
  }
}
