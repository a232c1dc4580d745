# The node inside of the VPC. No local API knows VPC origins: what is planned here was never applied.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  node = {
    security_group_id = "sg-00000000000000002"
    domain_name       = "node.example.com"
    vpc_origin = {
      endpoint_type      = "application"
      endpoint_arn       = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/0123456789abcdef"
      security_group_ids = { node = "sg-00000000000000004" }
    }
  }
}

run "first_apply" {
  command = plan

  assert {
    condition = jsonencode({
      arn       = aws_cloudfront_vpc_origin.node[0].vpc_origin_endpoint_config[0].arn
      http      = aws_cloudfront_vpc_origin.node[0].vpc_origin_endpoint_config[0].http_port
      https     = aws_cloudfront_vpc_origin.node[0].vpc_origin_endpoint_config[0].https_port
      policy    = aws_cloudfront_vpc_origin.node[0].vpc_origin_endpoint_config[0].origin_protocol_policy
      protocols = aws_cloudfront_vpc_origin.node[0].vpc_origin_endpoint_config[0].origin_ssl_protocols[0].items
      quantity  = aws_cloudfront_vpc_origin.node[0].vpc_origin_endpoint_config[0].origin_ssl_protocols[0].quantity
      }) == jsonencode({
      arn       = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/0123456789abcdef"
      http      = 80
      https     = 443
      policy    = "https-only"
      protocols = toset(["TLSv1.2"])
      quantity  = 1
    })
    error_message = "The VPC origin is another."
  }

  assert {
    condition     = can(regex("^shop-[0-9a-f]{8}$", aws_cloudfront_vpc_origin.node[0].vpc_origin_endpoint_config[0].name))
    error_message = "The name does not change with what AWS cannot change."
  }

  assert {
    condition = jsonencode(nonsensitive(one([for origin in aws_cloudfront_distribution.new[0].origin : {
      domain_name = origin.domain_name
      custom      = length(origin.custom_origin_config)
      vpc         = [for vpc in origin.vpc_origin_config : [vpc.vpc_origin_id, vpc.origin_read_timeout, vpc.origin_keepalive_timeout]]
      }]))) == jsonencode({
      domain_name = "node.example.com"
      custom      = 0
      vpc         = [["vo_00000000000001", 30, 5]]
    })
    error_message = "The distribution does not reach the node through the VPC origin."
  }

  assert {
    condition     = length(data.aws_security_group.vpc_origins_service) == 0 && length(aws_vpc_security_group_ingress_rule.endpoint_from_vpc_origin) == 0
    error_message = "The group that AWS has yet to make is looked for."
  }

  assert {
    condition     = jsonencode(one(data.aws_internet_gateway.required_by_vpc_origin[0].filter)) == jsonencode({ name = "attachment.vpc-id", values = toset(["vpc-0123456789abcdef0"]) })
    error_message = "No internet gateway is looked for."
  }

  assert {
    condition     = output.vpc_origin_id == "vo_00000000000001" && output.cutover_origin.vpc_origin_config.vpc_origin_id == "vo_00000000000001" && output.cutover_origin.custom_origin_config == null
    error_message = "The outputs tell of another origin."
  }
}

# The VPC origin has ports and a protocol, and each origin of the distribution its timeouts.
run "origins_keep_their_timeouts" {
  command = plan

  variables {
    origins = {
      shop = { domain_name = "shop.example.com", custom_origin_config = { https_port = 8443, origin_protocol_policy = "http-only", origin_read_timeout = 60 } }
      api  = { domain_name = "api.example.com", custom_origin_config = {}, node = { domain_name = "api-node.example.com", origin_read_timeout = 90 } }
    }
  }

  assert {
    condition = jsonencode(nonsensitive({ for origin in aws_cloudfront_distribution.new[0].origin : origin.origin_id => concat(
      [origin.domain_name], [for vpc in origin.vpc_origin_config : [vpc.origin_read_timeout, vpc.origin_keepalive_timeout]]
      ) })) == jsonencode({
      shop = ["node.example.com", [60, 5]]
      api  = ["api-node.example.com", [90, 5]]
    })
    error_message = "An origin lost its timeouts or its node."
  }

  assert {
    condition     = aws_cloudfront_vpc_origin.node[0].vpc_origin_endpoint_config[0].https_port == 443 && terraform_data.routing.input.node.port == 443
    error_message = "The VPC origin has the port of an origin."
  }
}

run "second_apply" {
  command = plan

  variables {
    node = merge(var.node, {
      vpc_origin = merge(var.node.vpc_origin, {
        security_group_ids           = { node = "sg-00000000000000004", other = "sg-00000000000000006" }
        admit_service_security_group = true
      })
    })
  }

  assert {
    condition     = data.aws_security_group.vpc_origins_service[0].name == "CloudFront-VPCOrigins-Service-SG" && data.aws_security_group.vpc_origins_service[0].vpc_id == "vpc-0123456789abcdef0"
    error_message = "Another group is looked for."
  }

  assert {
    condition = jsonencode({ for key, rule in aws_vpc_security_group_ingress_rule.endpoint_from_vpc_origin : key => [rule.security_group_id, rule.referenced_security_group_id, rule.from_port, rule.to_port] }) == jsonencode({
      "node-443"  = ["sg-00000000000000004", "sg-00000000000000009", 443, 443]
      "other-443" = ["sg-00000000000000006", "sg-00000000000000009", 443, 443]
    })
    error_message = "The load balancer does not admit exactly CloudFront's VPC origins."
  }

  assert {
    condition     = jsonencode(keys(output.security_group_rule_ids.vpc_origin_ingress)) == jsonencode(["node-443", "other-443"])
    error_message = "The output names other rules."
  }
}

run "both_protocols" {
  command = plan

  variables {
    node = merge(var.node, {
      origin_protocol_policy = "match-viewer"
      http_port              = 8080
      vpc_origin             = merge(var.node.vpc_origin, { admit_service_security_group = true })
    })
  }

  assert {
    condition     = jsonencode(keys(aws_vpc_security_group_ingress_rule.endpoint_from_vpc_origin)) == jsonencode(["node-443", "node-8080"])
    error_message = "Not both ports are open."
  }
}

run "clear_text_inside_of_the_vpc" {
  command = plan

  variables {
    node = merge(var.node, {
      origin_protocol_policy = "http-only"
      vpc_origin             = merge(var.node.vpc_origin, { admit_service_security_group = true })
    })
  }

  assert {
    condition     = jsonencode(keys(aws_vpc_security_group_ingress_rule.endpoint_from_vpc_origin)) == jsonencode(["node-80"])
    error_message = "Another port is open."
  }
}

run "network_load_balancer" {
  command = plan

  variables {
    node = merge(var.node, {
      vpc_origin = {
        endpoint_type      = "network"
        endpoint_arn       = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/0123456789abcdef"
        security_group_ids = { node = "sg-00000000000000004" }
      }
    })
  }

  override_data {
    target = data.aws_lb.endpoint[0]
    values = { load_balancer_type = "network", internal = true, ip_address_type = "ipv4", security_groups = ["sg-00000000000000004"] }
  }

  assert {
    condition     = jsonencode({ for key, listener in data.aws_lb_listener.endpoint_listener : key => listener.port }) == jsonencode({ "443" = 443 })
    error_message = "Another listener was looked at."
  }
}

run "instance" {
  command = plan

  variables {
    node = merge(var.node, {
      vpc_origin = {
        endpoint_type      = "instance"
        endpoint_arn       = "arn:aws:ec2:eu-central-1:123456789012:instance/i-0123456789abcdef0"
        security_group_ids = { node = "sg-00000000000000002" }
      }
    })
  }

  assert {
    condition     = length(data.aws_lb.endpoint) + length(data.aws_lb_listener.endpoint_listener) == 0 && length(aws_cloudfront_vpc_origin.node) == 1
    error_message = "A load balancer was looked for."
  }
}

run "other_kind_of_load_balancer" {
  command = plan

  override_data {
    target = data.aws_lb.endpoint[0]
    values = { load_balancer_type = "network", internal = true, ip_address_type = "ipv4", security_groups = ["sg-00000000000000004"] }
  }

  expect_failures = [aws_cloudfront_vpc_origin.node]
}

run "load_balancer_of_the_internet" {
  command = plan

  override_data {
    target = data.aws_lb.endpoint[0]
    values = { load_balancer_type = "application", internal = false, ip_address_type = "ipv4", security_groups = ["sg-00000000000000004"] }
  }

  expect_failures = [aws_cloudfront_vpc_origin.node]
}

run "network_load_balancer_without_security_groups" {
  command = plan

  variables {
    node = {
      security_group_id = "sg-00000000000000002"
      domain_name       = "node.example.com"
      vpc_origin = {
        endpoint_type      = "network"
        endpoint_arn       = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/0123456789abcdef"
        security_group_ids = { node = "sg-00000000000000004" }
      }
    }
  }

  override_data {
    target = data.aws_lb.endpoint[0]
    values = { load_balancer_type = "network", internal = true, ip_address_type = "ipv4", security_groups = [] }
  }

  expect_failures = [aws_cloudfront_vpc_origin.node]
}

run "dual_stack_network_load_balancer" {
  command = plan

  variables {
    node = {
      security_group_id = "sg-00000000000000002"
      domain_name       = "node.example.com"
      vpc_origin = {
        endpoint_type      = "network"
        endpoint_arn       = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/0123456789abcdef"
        security_group_ids = { node = "sg-00000000000000004" }
      }
    }
  }

  override_data {
    target = data.aws_lb.endpoint[0]
    values = { load_balancer_type = "network", internal = true, ip_address_type = "dualstack", security_groups = ["sg-00000000000000004"] }
  }

  expect_failures = [aws_cloudfront_vpc_origin.node]
}

run "network_load_balancer_that_ends_tls" {
  command = plan

  variables {
    node = {
      security_group_id = "sg-00000000000000002"
      domain_name       = "node.example.com"
      vpc_origin = {
        endpoint_type      = "network"
        endpoint_arn       = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/0123456789abcdef"
        security_group_ids = { node = "sg-00000000000000004" }
      }
    }
  }

  override_data {
    target = data.aws_lb.endpoint[0]
    values = { load_balancer_type = "network", internal = true, ip_address_type = "ipv4", security_groups = ["sg-00000000000000004"] }
  }

  override_data {
    target = data.aws_lb_listener.endpoint_listener["443"]
    values = { protocol = "TLS" }
  }

  expect_failures = [aws_cloudfront_vpc_origin.node]
}
