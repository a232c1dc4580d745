# The way into the VPC: a new link or an existing one, a load balancer with security groups or without, TLS or not.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  routes = { orders = var.orders }
}

run "existing_link" {
  command = plan

  variables {
    vpc_link = { id = "l0000009", security_group_ids = { shared = "sg-00000000000000009" } }
  }

  assert {
    condition     = length(aws_apigatewayv2_vpc_link.node) == 0 && length(aws_security_group.vpc_link) == 0 && output.vpc_link_security_group_id == null
    error_message = "A link is made beside the existing one."
  }

  assert {
    condition     = aws_apigatewayv2_integration.node["orders"].connection_id == "l0000009" && output.vpc_link_id == "l0000009"
    error_message = "The integration does not use the existing link."
  }

  assert {
    condition = jsonencode([
      { for key, rule in aws_vpc_security_group_egress_rule.vpc_link_to_load_balancer : key => [rule.security_group_id, rule.referenced_security_group_id] },
      { for key, rule in aws_vpc_security_group_ingress_rule.load_balancer_from_vpc_link : key => [rule.security_group_id, rule.referenced_security_group_id] },
      ]) == jsonencode([
      { shared-node-80 = ["sg-00000000000000009", "sg-00000000000000001"] },
      { shared-node-80 = ["sg-00000000000000001", "sg-00000000000000009"] },
    ])
    error_message = "The existing link does not reach the load balancer."
  }
}

run "existing_link_whose_way_is_open" {
  command = plan

  variables {
    vpc_link = { id = "l0000009" }
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.vpc_link_to_load_balancer) + length(aws_vpc_security_group_ingress_rule.load_balancer_from_vpc_link) == 0
    error_message = "Rules are made for security groups that nobody named."
  }
}

run "load_balancer_without_security_groups" {
  command = plan

  variables {
    load_balancer = { listener_arn = var.load_balancer.listener_arn, subnet_cidrs = ["10.0.1.0/24", "2001:db8::/64"] }
  }

  assert {
    condition = jsonencode({ for key, rule in aws_vpc_security_group_egress_rule.vpc_link_to_load_balancer : key => [rule.cidr_ipv4, rule.cidr_ipv6, rule.referenced_security_group_id] }) == jsonencode({
      "vpc-link-10.0.1.0/24-80"   = ["10.0.1.0/24", null, null]
      "vpc-link-2001:db8::/64-80" = [null, "2001:db8::/64", null]
    })
    error_message = "The link is not let out to the load balancer's subnets."
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.load_balancer_from_vpc_link) == 0
    error_message = "A load balancer without security groups gets rules."
  }
}

run "rules_that_their_owners_make" {
  command = plan

  variables {
    security_group_rules = { vpc_link_egress = false, load_balancer_ingress = false }
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.vpc_link_to_load_balancer) + length(aws_vpc_security_group_ingress_rule.load_balancer_from_vpc_link) == 0
    error_message = "The module makes rules that it was told to leave."
  }
}

run "tls_to_the_load_balancer" {
  command = plan

  variables {
    adopted_integrations = { shop = merge(var.shop, { application = merge(var.shop.application, { server_name = "shop.example.com" }) }) }
    load_balancer        = merge(var.load_balancer, { server_name = "node.example.com" })
  }

  override_data {
    target = data.aws_lb_listener.load_balancer
    values = { port = 443, protocol = "HTTPS" }
  }

  assert {
    condition     = aws_apigatewayv2_integration.node["orders"].tls_config[*].server_name_to_verify == tolist(["node.example.com"]) && aws_apigatewayv2_integration.adopted["shop"].tls_config[*].server_name_to_verify == tolist(["node.example.com"])
    error_message = "API Gateway does not verify the load balancer's certificate."
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.vpc_link_to_load_balancer["vpc-link-node-443"].from_port == 443
    error_message = "The link is not let out to the listener's port."
  }
}

run "plain_http_to_the_load_balancer" {
  command = plan

  assert {
    condition     = length(aws_apigatewayv2_integration.node["orders"].tls_config) == 0
    error_message = "API Gateway speaks TLS to a listener for HTTP."
  }
}

# A TCP listener passes on what it gets: TLS to the node or none.
run "tls_through_a_listener_for_tcp" {
  command = plan

  variables {
    load_balancer = merge(var.load_balancer, { server_name = "node.example.com" })
  }

  override_data {
    target = data.aws_lb_listener.load_balancer
    values = { port = 443, protocol = "TCP" }
  }

  assert {
    condition     = length(aws_apigatewayv2_integration.node["orders"].tls_config) == 1
    error_message = "API Gateway does not speak TLS."
  }
}

run "plain_http_through_a_listener_for_tcp" {
  command = plan

  override_data {
    target = data.aws_lb_listener.load_balancer
    values = { port = 80, protocol = "TCP" }
  }

  assert {
    condition     = length(aws_apigatewayv2_integration.node["orders"].tls_config) == 0
    error_message = "API Gateway speaks TLS."
  }
}
