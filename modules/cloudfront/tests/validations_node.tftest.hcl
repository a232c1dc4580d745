# Every rule on name, vpc_id, node_traffic_percent and node refuses a value. Each run breaks one rule, and
# __tests__/modules/messages-cloudfront.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "name_that_ends_in_a_hyphen" {
  command = plan

  variables {
    name = "shop-"
  }

  expect_failures = [var.name]
}

run "name_that_aws_reserves" {
  command = plan

  variables {
    name = "internal-shop"
  }

  expect_failures = [var.name]
}

run "vpc_id_of_a_subnet" {
  command = plan

  variables {
    vpc_id = "subnet-0123456789abcdef0"
  }

  expect_failures = [var.vpc_id]
}

run "canary" {
  command = plan

  variables {
    node_traffic_percent = 10
  }

  expect_failures = [var.node_traffic_percent]
}

run "node_in_clear_text_over_the_internet" {
  command = plan

  variables {
    node = merge(var.node, { origin_protocol_policy = "match-viewer" })
  }

  expect_failures = [var.node]
}

run "node_security_group_by_name" {
  command = plan

  variables {
    node = merge(var.node, { security_group_id = "default" })
  }

  expect_failures = [var.node]
}

run "node_subnet_twice" {
  command = plan

  variables {
    node = merge(var.node, { subnet_cidrs = ["10.0.1.0/24", "10.0.1.0/24"] })
  }

  expect_failures = [var.node]
}

run "node_subnet_with_host_bits" {
  command = plan

  variables {
    node = merge(var.node, { subnet_cidrs = ["10.0.1.9/24"] })
  }

  expect_failures = [var.node]
}

run "node_subnet_that_is_the_world" {
  command = plan

  variables {
    node = merge(var.node, { subnet_cidrs = ["0.0.0.0/0"] })
  }

  expect_failures = [var.node]
}

run "node_by_url" {
  command = plan

  variables {
    node = merge(var.node, { domain_name = "https://node.example.com" })
  }

  expect_failures = [var.node]
}

run "node_http_port_0" {
  command = plan

  variables {
    node = merge(var.node, { http_port = 0 })
  }

  expect_failures = [var.node]
}

run "node_https_port_65536" {
  command = plan

  variables {
    node = merge(var.node, { https_port = 65536 })
  }

  expect_failures = [var.node]
}

run "node_protocol_of_a_load_balancer" {
  command = plan

  variables {
    node = merge(var.node, { origin_protocol_policy = "HTTPS", allow_clear_text = true })
  }

  expect_failures = [var.node]
}

run "node_tls_that_cloudfront_does_not_speak" {
  command = plan

  variables {
    node = merge(var.node, { origin_ssl_protocols = ["TLSv1.3"] })
  }

  expect_failures = [var.node]
}

run "node_that_may_take_four_minutes" {
  command = plan

  variables {
    node = merge(var.node, { origin_read_timeout = 240 })
  }

  expect_failures = [var.node]
}

run "node_without_a_kept_connection" {
  command = plan

  variables {
    node = merge(var.node, { origin_keepalive_timeout = 0 })
  }

  expect_failures = [var.node]
}

run "vpc_origin_of_a_gateway" {
  command = plan

  variables {
    node = merge(var.node, { vpc_origin = { endpoint_type = "gateway", endpoint_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/0123456789abcdef", security_group_ids = { node = "sg-00000000000000004" } } })
  }

  expect_failures = [var.node]
}

run "vpc_origin_by_name" {
  command = plan

  variables {
    node = merge(var.node, { vpc_origin = { endpoint_type = "application", endpoint_arn = "node", security_group_ids = { node = "sg-00000000000000004" } } })
  }

  expect_failures = [var.node]
}

run "vpc_origin_without_security_groups" {
  command = plan

  variables {
    node = merge(var.node, { vpc_origin = { endpoint_type = "application", endpoint_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/0123456789abcdef", security_group_ids = {} } })
  }

  expect_failures = [var.node]
}

run "vpc_origin_with_a_security_group_twice" {
  command = plan

  variables {
    node = merge(var.node, { vpc_origin = { endpoint_type = "application", endpoint_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/0123456789abcdef", security_group_ids = { a = "sg-00000000000000004", b = "sg-00000000000000004" } } })
  }

  expect_failures = [var.node]
}

run "vpc_origin_security_group_by_name" {
  command = plan

  variables {
    node = merge(var.node, { vpc_origin = { endpoint_type = "application", endpoint_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/0123456789abcdef", security_group_ids = { a = "default" } } })
  }

  expect_failures = [var.node]
}
