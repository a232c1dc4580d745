# A Wallarm Node behind a load balancer, and a network ACL around the application behind the node. Both are in one root
# module: the ACL takes effect in the apply that sets node_traffic_percent to 100, after everything else.

module "wallarm_routing" {
  source = "../../../modules/alb"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node = {
    security_group_id = var.node_security_group_id
    instance_ids      = var.node_instance_ids
  }

  application = {
    security_group_id = var.application_security_group_id
    ports             = [80]
  }

  load_balancer = {
    security_group_ids = { public = var.load_balancer_security_group_id }
  }

  routes = {
    rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true }
  }
}

module "network_acl" {
  source = "../../../modules/network-acl"

  name       = var.name
  routing    = module.wallarm_routing.routing
  subnet_ids = var.application_subnet_ids

  # The keys are rule numbers: they stay what they are when an entry comes or goes.
  node_subnet_cidrs = var.node_subnet_cidrs
  outbound = {
    21000 = { cidr = "0.0.0.0/0", ports = [443] }
    21100 = { cidr = "10.0.50.0/24", ports = [5432] }
  }
}
