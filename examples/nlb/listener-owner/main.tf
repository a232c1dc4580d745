# For the owner of a listener of a Network Load Balancer. The listener stays in this state. The module creates the
# node's target group, and the listener forwards to it at 100 percent.

module "node_config" {
  source = "../../../modules/node-config"

  backend      = { url = var.application_url }
  entry_points = [var.load_balancer_dns_name]
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
