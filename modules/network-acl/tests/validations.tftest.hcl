# Each run breaks one rule of a variable. __tests__/modules/messages-network-acl.test.ts proves that it is this one, and what the
# caller reads.

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

run "routing_without_a_version" {
  command = plan

  variables {
    routing = merge(var.routing, { schema_version = 0 })
  }

  expect_failures = [var.routing]
}

run "routing_of_an_account_by_name" {
  command = plan

  variables {
    routing = merge(var.routing, { account_id = "production" })
  }

  expect_failures = [var.routing]
}

run "routing_without_a_vpc" {
  command = plan

  variables {
    routing = merge(var.routing, { vpc_id = null })
  }

  expect_failures = [var.routing]
}

run "routing_of_a_vpc_by_name" {
  command = plan

  variables {
    routing = merge(var.routing, { vpc_id = "main" })
  }

  expect_failures = [var.routing]
}

run "routing_of_101_percent" {
  command = plan

  variables {
    routing = merge(var.routing, { node_traffic_percent = 101 })
  }

  expect_failures = [var.routing]
}

run "routing_without_an_application" {
  command = plan

  variables {
    routing = merge(var.routing, { application = null })
  }

  expect_failures = [var.routing]
}

run "routing_that_does_not_know_the_application" {
  command = plan

  variables {
    routing = merge(var.routing, { application = { ports = null } })
  }

  expect_failures = [var.routing]
}

run "application_with_eleven_ports" {
  command = plan

  variables {
    routing = merge(var.routing, { application = { ports = [for index in range(11) : 8000 + index] } })
  }

  expect_failures = [var.routing]
}

run "application_port_0" {
  command = plan

  variables {
    routing = merge(var.routing, { application = { ports = [0] } })
  }

  expect_failures = [var.routing]
}

run "routing_without_entry_points" {
  command = plan

  variables {
    routing = merge(var.routing, { entry_points = {} })
  }

  expect_failures = [var.routing]
}

run "routing_that_is_not_live_after_the_apply" {
  command = plan

  variables {
    routing = merge(var.routing, { live_after_apply = false })
  }

  expect_failures = [var.routing]
}

run "subnet_twice" {
  command = plan

  variables {
    subnet_ids = { a = "subnet-0000000000000000a", b = "subnet-0000000000000000a" }
  }

  expect_failures = [var.subnet_ids]
}

run "subnet_by_block" {
  command = plan

  variables {
    subnet_ids = { a = "10.0.11.0/24" }
  }

  expect_failures = [var.subnet_ids]
}

run "node_without_subnets" {
  command = plan

  variables {
    node_subnet_cidrs = {}
  }

  expect_failures = [var.node_subnet_cidrs]
}

run "node_subnets_whose_numbers_overlap" {
  command = plan

  variables {
    node_subnet_cidrs = { 100 = "10.0.1.0/24", 150 = "10.0.2.0/24" }
  }

  expect_failures = [var.node_subnet_cidrs]
}

run "node_subnet_twice" {
  command = plan

  variables {
    node_subnet_cidrs = { 100 = "10.0.1.0/24", 200 = "10.0.1.0/24" }
  }

  expect_failures = [var.node_subnet_cidrs]
}

run "node_subnet_with_host_bits" {
  command = plan

  variables {
    node_subnet_cidrs = { 100 = "10.0.2.9/24" }
  }

  expect_failures = [var.node_subnet_cidrs]
}

run "node_subnet_that_is_the_world" {
  command = plan

  variables {
    node_subnet_cidrs = { 100 = "0.0.0.0/0" }
  }

  expect_failures = [var.node_subnet_cidrs]
}

run "load_balancer_subnets_by_numbers_of_the_node" {
  command = plan

  variables {
    load_balancer_subnet_cidrs = { 100 = "10.0.3.0/24" }
  }

  expect_failures = [var.load_balancer_subnet_cidrs]
}

run "load_balancer_subnet_twice" {
  command = plan

  variables {
    load_balancer_subnet_cidrs = { 10000 = "10.0.3.0/24", 10100 = "10.0.3.0/24" }
  }

  expect_failures = [var.load_balancer_subnet_cidrs]
}

run "load_balancer_subnet_in_capitals" {
  command = plan

  variables {
    load_balancer_subnet_cidrs = { 10000 = "2001:DB8::/64" }
  }

  expect_failures = [var.load_balancer_subnet_cidrs]
}

run "load_balancer_subnet_that_is_the_world_in_ipv6" {
  command = plan

  variables {
    load_balancer_subnet_cidrs = { 10000 = "::/0" }
  }

  expect_failures = [var.load_balancer_subnet_cidrs]
}

run "destination_by_name_of_its_own" {
  command = plan

  variables {
    outbound = { database = { cidr = "10.0.50.0/24", ports = [5432] } }
  }

  expect_failures = [var.outbound]
}

run "destination_twice" {
  command = plan

  variables {
    outbound = { 21000 = { cidr = "0.0.0.0/0", ports = [443] }, 21100 = { cidr = "0.0.0.0/0", ports = [80] } }
  }

  expect_failures = [var.outbound]
}

run "destination_by_host_name" {
  command = plan

  variables {
    outbound = { 21000 = { cidr = "db.example.com", ports = [5432] } }
  }

  expect_failures = [var.outbound]
}

run "destination_without_ports" {
  command = plan

  variables {
    outbound = { 21000 = { cidr = "0.0.0.0/0", ports = [] } }
  }

  expect_failures = [var.outbound]
}

run "destination_with_a_port_twice" {
  command = plan

  variables {
    outbound = { 21000 = { cidr = "0.0.0.0/0", ports = [443, 443] } }
  }

  expect_failures = [var.outbound]
}

run "destination_with_eleven_ports" {
  command = plan

  variables {
    outbound = { 21000 = { cidr = "0.0.0.0/0", ports = [for index in range(11) : 8000 + index] } }
  }

  expect_failures = [var.outbound]
}

run "destination_port_0" {
  command = plan

  variables {
    outbound = { 21000 = { cidr = "0.0.0.0/0", ports = [0] } }
  }

  expect_failures = [var.outbound]
}

run "own_rules_with_one_number" {
  command = plan

  variables {
    rules = { a = { rule_number = 10, cidr = "10.0.9.0/24", from_port = 22 }, b = { rule_number = 10, cidr = "10.0.8.0/24", from_port = 22 } }
  }

  expect_failures = [var.rules]
}

run "own_rule_around_the_node" {
  command = plan

  variables {
    rules = { a = { rule_number = 30000, cidr = "10.0.0.0/8", from_port = 79, to_port = 81 } }
  }

  expect_failures = [var.rules]
}

run "own_rule_of_tcp_without_ports" {
  command = plan

  variables {
    rules = { a = { rule_number = 10, cidr = "10.0.9.0/24" } }
  }

  expect_failures = [var.rules]
}

run "own_rule_with_its_ports_reversed" {
  command = plan

  variables {
    rules = { a = { rule_number = 10, cidr = "10.0.9.0/24", from_port = 23, to_port = 22 } }
  }

  expect_failures = [var.rules]
}

run "own_rule_with_a_number_of_the_module" {
  command = plan

  variables {
    rules = { a = { rule_number = 100, cidr = "10.0.9.0/24", from_port = 22 } }
  }

  expect_failures = [var.rules]
}

run "own_rule_for_a_group" {
  command = plan

  variables {
    rules = { a = { rule_number = 10, cidr = "sg-00000000000000009", from_port = 22 } }
  }

  expect_failures = [var.rules]
}

run "own_rule_that_rejects" {
  command = plan

  variables {
    rules = { a = { rule_number = 10, cidr = "10.0.9.0/24", from_port = 22, action = "reject" } }
  }

  expect_failures = [var.rules]
}

run "own_rule_of_another_protocol" {
  command = plan

  variables {
    rules = { a = { rule_number = 10, cidr = "10.0.9.0/24", protocol = "gre" } }
  }

  expect_failures = [var.rules]
}

run "own_rule_from_port_65536" {
  command = plan

  variables {
    rules = { a = { rule_number = 10, cidr = "10.0.9.0/24", from_port = 65536 } }
  }

  expect_failures = [var.rules]
}

run "own_rule_to_port_65536" {
  command = plan

  variables {
    rules = { a = { rule_number = 10, cidr = "10.0.9.0/24", from_port = 22, to_port = 65536 } }
  }

  expect_failures = [var.rules]
}

run "quota_that_aws_does_not_grant" {
  command = plan

  variables {
    rules_quota = 41
  }

  expect_failures = [var.rules_quota]
}
