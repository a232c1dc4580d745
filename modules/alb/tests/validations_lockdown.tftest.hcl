# Every rule on node.subnet_cidrs, application and network_acl refuses a value. Each run breaks one rule, and
# __tests__/modules/messages.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  node = {
    security_group_id       = "sg-00000000000000002"
    autoscaling_group_names = { main = "wallarm-node" }
    subnet_cidrs            = ["10.0.1.0/24"]
  }
  application = { security_group_id = "sg-00000000000000003", ports = [80] }
}

run "node_subnet_twice" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", autoscaling_group_names = { main = "wallarm-node" }, subnet_cidrs = ["10.0.1.0/24", "10.0.2.0/24", "10.0.1.0/24"] }
  }

  expect_failures = [var.node]
}

run "node_subnet_with_host_bits" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", autoscaling_group_names = { main = "wallarm-node" }, subnet_cidrs = ["10.0.1.0/24", "10.0.2.9/24"] }
  }

  expect_failures = [var.node]
}

run "node_subnet_that_is_the_world" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", autoscaling_group_names = { main = "wallarm-node" }, subnet_cidrs = ["10.0.1.0/24", "0.0.0.0/0"] }
  }

  expect_failures = [var.node]
}

run "application_that_admits_no_subnet" {
  command = plan

  variables {
    node        = { security_group_id = "sg-00000000000000002", autoscaling_group_names = { main = "wallarm-node" } }
    application = { security_group_id = "sg-00000000000000003", source = "subnet_cidrs" }
  }

  expect_failures = [var.application]
}

run "application_port_twice" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [80, 443, 80] }
  }

  expect_failures = [var.application]
}

run "application_source_by_prefix_list" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", source = "prefix_list" }
  }

  expect_failures = [var.application]
}

run "application_subnet_twice" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", subnet_cidrs = ["10.0.11.0/24", "10.0.11.0/24"] }
  }

  expect_failures = [var.application]
}

run "application_subnet_by_address" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", subnet_cidrs = ["10.0.11.5"] }
  }

  expect_failures = [var.application]
}

run "application_subnet_that_is_half_the_world" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", subnet_cidrs = ["128.0.0.0/1"] }
  }

  expect_failures = [var.application]
}

run "network_acl_without_subnets_of_the_node" {
  command = plan

  variables {
    node        = { security_group_id = "sg-00000000000000002", autoscaling_group_names = { main = "wallarm-node" }, subnet_cidrs = [] }
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, }
  }

  expect_failures = [var.network_acl]
}

run "network_acl_without_an_application" {
  command = plan

  variables {
    application = null
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, }
  }

  expect_failures = [var.network_acl]
}

run "network_acl_for_eleven_ports" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = range(8000, 8011) }
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, }
  }

  expect_failures = [var.network_acl]
}

run "network_acl_without_subnets" {
  command = plan

  variables {
    network_acl = { subnet_ids = {} }
  }

  expect_failures = [var.network_acl]
}

run "network_acl_with_a_subnet_twice" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a", b = "subnet-0000000000000000a" } }
  }

  expect_failures = [var.network_acl]
}

run "network_acl_subnet_by_block" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "10.0.11.0/24" } }
  }

  expect_failures = [var.network_acl]
}

run "load_balancer_subnet_twice" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, load_balancer_subnet_cidrs = ["10.0.3.0/24", "10.0.3.0/24"] }
  }

  expect_failures = [var.network_acl]
}

run "load_balancer_subnet_in_capitals" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, load_balancer_subnet_cidrs = ["2001:DB8::/64"] }
  }

  expect_failures = [var.network_acl]
}

run "load_balancer_subnet_that_is_the_world_in_ipv6" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, load_balancer_subnet_cidrs = ["::/0"] }
  }

  expect_failures = [var.network_acl]
}

run "destination_twice" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, outbound = [{ cidr = "0.0.0.0/0", ports = [443] }, { cidr = "0.0.0.0/0", ports = [80] }] }
  }

  expect_failures = [var.network_acl]
}

run "destination_by_name" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, outbound = [{ cidr = "db.example.com", ports = [5432] }] }
  }

  expect_failures = [var.network_acl]
}

run "destination_without_ports" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, outbound = [{ cidr = "0.0.0.0/0", ports = [] }] }
  }

  expect_failures = [var.network_acl]
}

run "destination_with_a_port_twice" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, outbound = [{ cidr = "0.0.0.0/0", ports = [443, 443] }] }
  }

  expect_failures = [var.network_acl]
}

run "destination_with_eleven_ports" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, outbound = [{ cidr = "0.0.0.0/0", ports = range(8000, 8011) }] }
  }

  expect_failures = [var.network_acl]
}

run "destination_port_0" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, outbound = [{ cidr = "0.0.0.0/0", ports = [0] }] }
  }

  expect_failures = [var.network_acl]
}

run "own_rules_with_one_number" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, rules = { a = { rule_number = 10, cidr = "10.0.9.0/24", from_port = 22 }, b = { rule_number = 10, cidr = "10.0.8.0/24", from_port = 22 } } }
  }

  expect_failures = [var.network_acl]
}

run "own_rule_around_the_node" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, rules = { a = { rule_number = 30000, cidr = "10.0.0.0/8", from_port = 79, to_port = 81 } } }
  }

  expect_failures = [var.network_acl]
}

run "own_rule_of_tcp_without_ports" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, rules = { a = { rule_number = 10, cidr = "10.0.9.0/24" } } }
  }

  expect_failures = [var.network_acl]
}

run "own_rule_with_its_ports_reversed" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, rules = { a = { rule_number = 10, cidr = "10.0.9.0/24", from_port = 23, to_port = 22 } } }
  }

  expect_failures = [var.network_acl]
}

run "own_rule_with_a_number_of_the_module" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, rules = { a = { rule_number = 100, cidr = "10.0.9.0/24", from_port = 22 } } }
  }

  expect_failures = [var.network_acl]
}

run "own_rule_for_a_group" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, rules = { a = { rule_number = 10, cidr = "sg-00000000000000009", from_port = 22 } } }
  }

  expect_failures = [var.network_acl]
}

run "own_rule_that_rejects" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, rules = { a = { rule_number = 10, cidr = "10.0.9.0/24", from_port = 22, action = "reject" } } }
  }

  expect_failures = [var.network_acl]
}

run "own_rule_of_another_protocol" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, rules = { a = { rule_number = 10, cidr = "10.0.9.0/24", protocol = "gre" } } }
  }

  expect_failures = [var.network_acl]
}

run "own_rule_from_port_65536" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, rules = { a = { rule_number = 10, cidr = "10.0.9.0/24", from_port = 65536 } } }
  }

  expect_failures = [var.network_acl]
}

run "own_rule_to_port_65536" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, rules = { a = { rule_number = 10, cidr = "10.0.9.0/24", from_port = 65535, to_port = 65536 } } }
  }

  expect_failures = [var.network_acl]
}

run "network_acl_quota_that_aws_does_not_grant" {
  command = plan

  variables {
    network_acl = { subnet_ids = { a = "subnet-0000000000000000a" }, rules_quota = 41 }
  }

  expect_failures = [var.network_acl]
}
