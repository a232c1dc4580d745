# Every rule on name, vpc_id, node_traffic_percent and node refuses a value. Each run breaks one rule, and __tests__/modules/messages.test.ts
# proves that it is this one, and what the caller reads.

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

run "more_than_all_requests" {
  command = plan

  variables {
    node_traffic_percent = 101
  }

  expect_failures = [var.node_traffic_percent]
}

run "node_instances_as_addresses" {
  command = plan

  variables {
    node = merge(var.node, { target_type = "ip" })
  }

  expect_failures = [var.node]
}

run "node_instances_by_ipv6" {
  command = plan

  variables {
    node = merge(var.node, { ip_address_type = "ipv6" })
  }

  expect_failures = [var.node]
}

run "node_targets_twice_registered" {
  command = plan

  variables {
    node = merge(var.node, { register_targets = false })
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

run "node_port_0" {
  command = plan

  variables {
    node = merge(var.node, { port = 0 })
  }

  expect_failures = [var.node]
}

run "node_protocol_of_a_network_load_balancer" {
  command = plan

  variables {
    node = merge(var.node, { protocol = "TCP" })
  }

  expect_failures = [var.node]
}

run "node_protocol_version_of_the_future" {
  command = plan

  variables {
    node = merge(var.node, { protocol_version = "HTTP3" })
  }

  expect_failures = [var.node]
}

run "node_target_type_of_a_function" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", target_type = "lambda" }
  }

  expect_failures = [var.node]
}

run "node_address_family_of_a_load_balancer" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", target_type = "ip", ip_address_type = "dualstack" }
  }

  expect_failures = [var.node]
}

run "node_instance_by_host_name" {
  command = plan

  variables {
    node = merge(var.node, { instance_ids = { a = "ip-10-0-1-10" } })
  }

  expect_failures = [var.node]
}

run "node_address_by_host_name" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", target_type = "ip", ip_addresses = { a = { address = "node.example.com" } } }
  }

  expect_failures = [var.node]
}

run "node_group_without_a_name" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", autoscaling_group_names = { a = "" } }
  }

  expect_failures = [var.node]
}
