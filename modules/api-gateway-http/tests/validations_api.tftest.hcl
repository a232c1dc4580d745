# Every rule on name, vpc_id, node_traffic_percent, node, load_balancer, vpc_link, api_id and stage refuses a value. Each run breaks one rule, and
# __tests__/modules/messages-api-gateway-http.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "name_with_an_underscore" {
  command = plan

  variables {
    name = "shop_wallarm"
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

run "node_security_group_by_name" {
  command = plan

  variables {
    node = { security_group_id = "default" }
  }

  expect_failures = [var.node]
}

run "listener_arn_of_a_load_balancer" {
  command = plan

  variables {
    load_balancer = merge(var.load_balancer, { listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/50dc6c495c0c9188" })
  }

  expect_failures = [var.load_balancer]
}

run "load_balancer_that_nothing_reaches" {
  command = plan

  variables {
    load_balancer = { listener_arn = var.load_balancer.listener_arn }
  }

  expect_failures = [var.load_balancer]
}

run "load_balancer_with_security_groups_and_subnets" {
  command = plan

  variables {
    load_balancer = merge(var.load_balancer, { subnet_cidrs = ["10.0.1.0/24"] })
  }

  expect_failures = [var.load_balancer]
}

run "load_balancer_with_a_security_group_twice" {
  command = plan

  variables {
    load_balancer = { listener_arn = var.load_balancer.listener_arn, security_group_ids = { a = "sg-00000000000000001", b = "sg-00000000000000001" } }
  }

  expect_failures = [var.load_balancer]
}

run "load_balancer_security_group_by_name" {
  command = plan

  variables {
    load_balancer = { listener_arn = var.load_balancer.listener_arn, security_group_ids = { node = "default" } }
  }

  expect_failures = [var.load_balancer]
}

run "load_balancer_subnet_twice" {
  command = plan

  variables {
    load_balancer = { listener_arn = var.load_balancer.listener_arn, subnet_cidrs = ["10.0.1.0/24", "10.0.1.0/24"] }
  }

  expect_failures = [var.load_balancer]
}

run "load_balancer_subnet_by_address" {
  command = plan

  variables {
    load_balancer = { listener_arn = var.load_balancer.listener_arn, subnet_cidrs = ["10.0.1.5"] }
  }

  expect_failures = [var.load_balancer]
}

run "server_name_with_a_scheme" {
  command = plan

  variables {
    load_balancer = merge(var.load_balancer, { server_name = "https://node.internal" })
  }

  expect_failures = [var.load_balancer]
}

run "no_link" {
  command = plan

  variables {
    vpc_link = {}
  }

  expect_failures = [var.vpc_link]
}

run "new_link_and_an_existing_one" {
  command = plan

  variables {
    vpc_link = merge(var.vpc_link, { id = "l0000009" })
  }

  expect_failures = [var.vpc_link]
}

run "new_link_with_a_security_group" {
  command = plan

  variables {
    vpc_link = merge(var.vpc_link, { security_group_ids = { a = "sg-00000000000000009" } })
  }

  expect_failures = [var.vpc_link]
}

run "link_with_a_subnet_twice" {
  command = plan

  variables {
    vpc_link = { subnet_ids = ["subnet-0000000000000000a", "subnet-0000000000000000a"] }
  }

  expect_failures = [var.vpc_link]
}

run "link_subnet_by_block" {
  command = plan

  variables {
    vpc_link = { subnet_ids = ["10.0.1.0/24"] }
  }

  expect_failures = [var.vpc_link]
}

run "link_by_arn" {
  command = plan

  variables {
    vpc_link = { id = "arn:aws:apigateway:eu-central-1::/vpclinks/l0000009" }
  }

  expect_failures = [var.vpc_link]
}

run "link_with_a_security_group_twice" {
  command = plan

  variables {
    vpc_link = { id = "l0000009", security_group_ids = { a = "sg-00000000000000009", b = "sg-00000000000000009" } }
  }

  expect_failures = [var.vpc_link]
}

run "link_security_group_by_name" {
  command = plan

  variables {
    vpc_link = { id = "l0000009", security_group_ids = { a = "default" } }
  }

  expect_failures = [var.vpc_link]
}

run "api_by_arn" {
  command = plan

  variables {
    api_id = "arn:aws:apigateway:eu-central-1::/apis/a1b2c3d4e5"
  }

  expect_failures = [var.api_id]
}

run "stage_with_a_slash" {
  command = plan

  variables {
    stage = { name = "live/v1" }
  }

  expect_failures = [var.stage]
}

run "stage_deployed_by_hand" {
  command = plan

  variables {
    stage = { deployment = "manual" }
  }

  expect_failures = [var.stage]
}
