# An application with two target groups behind one listener, and a node in front of it: the load balancer of the listener
# sends requests to the node, and the node sends them to a load balancer of its own.

module "backend" {
  source = "../../../modules/application-backend"

  name       = "${var.name}-backend"
  vpc_id     = var.vpc_id
  subnet_ids = { for zone, subnet in aws_subnet.backend : zone => subnet.id }

  # As in front of the node, so that the application sees the same X-Forwarded-Proto and X-Forwarded-Port.
  listener = {
    protocol        = var.certificate_arn == null ? "HTTP" : "HTTPS"
    port            = var.certificate_arn == null ? 80 : 443
    certificate_arn = var.certificate_arn
    existing        = { arn = var.listener_arn }
  }

  target_groups = {
    api = { existing_arn = var.target_group_arns.api, instance_ids = var.application_instance_ids }
    web = { existing_arn = var.target_group_arns.web, instance_ids = var.application_instance_ids }
  }

  # The rules of the listener that forward, in the same order.
  routes = {
    shop = {
      priority     = 10
      target_group = "web"
      conditions   = [{ host_header = { values = ["shop.example.com"] } }]
    }
    api = {
      priority     = 20
      target_group = "api"
      conditions = [
        { path_pattern = { values = ["/api/*"] } },
        { http_header = { http_header_name = "X-Api-Version", values = ["1", "1.*"] } },
      ]
    }
    rest = { priority = 50000, target_group = "web", catch_all = true }
  }

  application = { security_group_id = var.application_security_group_id, ports = [80] }
  routing     = module.wallarm_routing.routing
}

module "node_config" {
  source = "../../../modules/node-config"

  backend         = module.backend.backend
  entry_points    = [var.load_balancer_dns_name]
  trusted_proxies = { cidrs = var.load_balancer_subnet_cidrs }
  token_secret    = { arn = var.wallarm_token_secret_arn }
  group           = var.name
}

module "node_fleet" {
  source = "../../../modules/node-fleet"

  name           = var.name
  vpc_id         = var.vpc_id
  subnet_ids     = var.node_subnet_ids
  image          = { id = var.node_ami_id }
  instance_type  = var.instance_type
  user_data_gzip = module.node_config.user_data_gzip
  secret_arns    = [var.wallarm_token_secret_arn]

  # Subnets with a NAT gateway do not need this.
  associate_public_ip_address = true
}

module "wallarm_routing" {
  source = "../../../modules/alb"

  name                 = var.name
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent

  node          = module.node_fleet.node
  application   = module.backend.application
  load_balancer = { security_group_ids = { public = var.load_balancer_security_group_id } }
  health_check  = { path = module.node_config.health_path }

  routes = {
    shop = { listener_arn = var.listener_arn, priority = 9, mirrors_priority = 10 }
    api  = { listener_arn = var.listener_arn, priority = 19, mirrors_priority = 20 }
    rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true }
  }
}

# In force at 100 percent: the application's subnets admit the load balancer behind the node, and nothing else.
module "network_acl" {
  source = "../../../modules/network-acl"

  name              = var.name
  routing           = module.backend.routing
  subnet_ids        = var.application_subnet_ids
  node_subnet_cidrs = { for index, zone in sort(keys(var.backend_subnets)) : 100 + 100 * index => var.backend_subnets[zone] }
}

# The load balancer behind the node has subnets of its own, because the network ACL admits everything in them.
resource "aws_subnet" "backend" {
  for_each = var.backend_subnets

  vpc_id            = var.vpc_id
  availability_zone = each.key
  cidr_block        = each.value

  tags = { Name = "${var.name}-backend-${each.key}" }
}
