# Every rule refuses a value. Each run breaks one of them, and __tests__/modules/messages-verification.test.ts proves that it
# is this one, and what the caller reads.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "name_too_long" {
  command = plan

  variables {
    name = "twenty-four-characters-x"
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

run "contract_without_a_version" {
  command = plan

  variables {
    routing = merge(var.routing, { schema_version = 0 })
  }

  expect_failures = [var.routing]
}

run "vpc_by_name" {
  command = plan

  variables {
    routing = merge(var.routing, { vpc_id = "main" })
  }

  expect_failures = [var.routing]
}

run "node_by_name" {
  command = plan

  variables {
    routing = merge(var.routing, { node = { security_group_id = "default" } })
  }

  expect_failures = [var.routing]
}

run "target_group_by_name" {
  command = plan

  variables {
    routing = merge(var.routing, { node = { security_group_id = "sg-00000000000000002", target_group_arn = "node" } })
  }

  expect_failures = [var.routing]
}

run "application_that_routing_does_not_know" {
  command = plan

  variables {
    routing = merge(var.routing, { application = null })
  }

  expect_failures = [var.routing]
}

run "application_by_name" {
  command = plan

  variables {
    routing = merge(var.routing, { application = { security_group_id = "default", ports = [80] } })
  }

  expect_failures = [var.routing]
}

run "application_without_ports" {
  command = plan

  variables {
    routing = merge(var.routing, { application = { security_group_id = "sg-00000000000000003", ports = [] } })
  }

  expect_failures = [var.routing]
}

run "port_that_tcp_does_not_have" {
  command = plan

  variables {
    routing = merge(var.routing, { application = { security_group_id = "sg-00000000000000003", ports = [0] } })
  }

  expect_failures = [var.routing]
}

run "listener_by_name" {
  command = plan

  variables {
    routing = merge(var.routing, { entry_points = { shop = { listener_arn = "shop" } } })
  }

  expect_failures = [var.routing]
}

run "node_subnet_that_is_the_world" {
  command = plan

  variables {
    node = { subnet_cidrs = ["0.0.0.0/0"] }
  }

  expect_failures = [var.node]
}

run "node_subnet_with_host_bits" {
  command = plan

  variables {
    node = { subnet_cidrs = ["10.0.1.9/24"] }
  }

  expect_failures = [var.node]
}

run "node_subnet_twice" {
  command = plan

  variables {
    node = { subnet_cidrs = ["10.0.1.0/24", "10.0.1.0/24"] }
  }

  expect_failures = [var.node]
}

run "security_group_of_the_application_by_name" {
  command = plan

  variables {
    application = { security_group_ids = { a = "web" } }
  }

  expect_failures = [var.application]
}

run "security_group_of_the_application_twice" {
  command = plan

  variables {
    application = { security_group_ids = { a = "sg-00000000000000004", b = "sg-00000000000000004" } }
  }

  expect_failures = [var.application]
}

run "subnet_of_the_application_by_name" {
  command = plan

  variables {
    application = { subnet_ids = { a = "web" } }
  }

  expect_failures = [var.application]
}

run "subnet_of_the_application_twice" {
  command = plan

  variables {
    application = { subnet_ids = { a = "subnet-0000000000000000a", b = "subnet-0000000000000000a" } }
  }

  expect_failures = [var.application]
}

run "network_interface_of_the_application_by_name" {
  command = plan

  variables {
    application = { network_interface_ids = { a = "web" } }
  }

  expect_failures = [var.application]
}

run "network_interface_of_the_application_twice" {
  command = plan

  variables {
    application = { network_interface_ids = { a = "eni-0000000000000000a", b = "eni-0000000000000000a" } }
  }

  expect_failures = [var.application]
}

run "instance_of_the_application_by_name" {
  command = plan

  variables {
    application = { instance_ids = { a = "web" } }
  }

  expect_failures = [var.application]
}

run "instance_of_the_application_twice" {
  command = plan

  variables {
    application = { instance_ids = { a = "i-0000000000000000a", b = "i-0000000000000000a" } }
  }

  expect_failures = [var.application]
}

run "address_of_the_application_with_host_bits" {
  command = plan

  variables {
    application = { cidrs = ["10.0.11.17/28"] }
  }

  expect_failures = [var.application]
}

run "address_of_the_application_twice" {
  command = plan

  variables {
    application = { cidrs = ["10.0.11.16/28", "10.0.11.16/28"] }
  }

  expect_failures = [var.application]
}

run "accepted_group" {
  command = plan

  variables {
    security_group_audit = { accepted_rule_ids = { bastion = "sg-00000000000000009" } }
  }

  expect_failures = [var.security_group_audit]
}

run "route_table_by_name" {
  command = plan

  variables {
    private_subnets = { route_table_ids = { edge = "main" } }
  }

  expect_failures = [var.private_subnets]
}

run "routes_of_nothing" {
  command = plan

  variables {
    private_subnets = {}
  }

  expect_failures = [var.private_subnets]
}

run "gateway_by_name" {
  command = plan

  variables {
    application  = { network_interface_ids = { web = "eni-0000000000000000a" } }
    reachability = { internet_gateway_id = "main" }
  }

  expect_failures = [var.reachability]
}

run "ways_to_nothing" {
  command = plan

  variables {
    reachability = { internet_gateway_id = "igw-0123456789abcdef0" }
  }

  expect_failures = [var.reachability]
}

run "address_that_is_none" {
  command = plan

  variables {
    notifications = { email_addresses = ["security"] }
  }

  expect_failures = [var.notifications]
}

run "address_twice" {
  command = plan

  variables {
    notifications = { email_addresses = ["security@example.com", "security@example.com"] }
  }

  expect_failures = [var.notifications]
}

run "topic_by_name" {
  command = plan

  variables {
    notifications = { topic_arn = "alerts" }
  }

  expect_failures = [var.notifications]
}

run "topic_with_a_key_by_alias" {
  command = plan

  variables {
    notifications = { kms_key_arn = "alias/aws/sns" }
  }

  expect_failures = [var.notifications]
}

run "subscribers_of_somebody_else_s_topic" {
  command = plan

  variables {
    notifications = { topic_arn = "arn:aws:sns:eu-central-1:123456789012:alerts", email_addresses = ["security@example.com"] }
  }

  expect_failures = [var.notifications]
}

run "logs_of_nothing" {
  command = plan

  variables {
    node        = { subnet_cidrs = ["10.0.1.0/24"] }
    application = { subnet_ids = { a = "subnet-0000000000000000a" } }
    flow_logs   = { of = "network_interface_ids" }
  }

  expect_failures = [var.flow_logs]
}

run "logs_without_the_node_s_subnets" {
  command = plan

  variables {
    application = { subnet_ids = { a = "subnet-0000000000000000a" } }
    flow_logs   = {}
  }

  expect_failures = [var.flow_logs]
}

run "logs_of_the_vpc" {
  command = plan

  variables {
    node        = { subnet_cidrs = ["10.0.1.0/24"] }
    application = { subnet_ids = { a = "subnet-0000000000000000a" }, network_interface_ids = { web = "eni-0000000000000000a" } }
    flow_logs   = { of = "vpc_id" }
  }

  expect_failures = [var.flow_logs]
}

run "logs_to_a_stream" {
  command = plan

  variables {
    node        = { subnet_cidrs = ["10.0.1.0/24"] }
    application = { subnet_ids = { a = "subnet-0000000000000000a" } }
    flow_logs   = { destination = "kinesis-data-firehose" }
  }

  expect_failures = [var.flow_logs]
}

run "logs_of_what_is_refused" {
  command = plan

  variables {
    node        = { subnet_cidrs = ["10.0.1.0/24"] }
    application = { subnet_ids = { a = "subnet-0000000000000000a" } }
    flow_logs   = { traffic_type = "REJECT" }
  }

  expect_failures = [var.flow_logs]
}

run "records_of_five_minutes" {
  command = plan

  variables {
    node        = { subnet_cidrs = ["10.0.1.0/24"] }
    application = { subnet_ids = { a = "subnet-0000000000000000a" } }
    flow_logs   = { max_aggregation_interval = 300 }
  }

  expect_failures = [var.flow_logs]
}

run "retention_that_cloudwatch_does_not_know" {
  command = plan

  variables {
    node        = { subnet_cidrs = ["10.0.1.0/24"] }
    application = { subnet_ids = { a = "subnet-0000000000000000a" } }
    flow_logs   = { retention_in_days = 100 }
  }

  expect_failures = [var.flow_logs]
}

run "log_group_with_a_key_by_alias" {
  command = plan

  variables {
    node        = { subnet_cidrs = ["10.0.1.0/24"] }
    application = { subnet_ids = { a = "subnet-0000000000000000a" } }
    flow_logs   = { kms_key_arn = "alias/logs" }
  }

  expect_failures = [var.flow_logs]
}

run "bucket_by_name" {
  command = plan

  variables {
    node        = { subnet_cidrs = ["10.0.1.0/24"] }
    application = { subnet_ids = { a = "subnet-0000000000000000a" } }
    flow_logs   = { destination = "s3", bucket_arn = "logs" }
  }

  expect_failures = [var.flow_logs]
}

run "bucket_for_a_log_group" {
  command = plan

  variables {
    node        = { subnet_cidrs = ["10.0.1.0/24"] }
    application = { subnet_ids = { a = "subnet-0000000000000000a" } }
    flow_logs   = { bucket_arn = "arn:aws:s3:::logs" }
  }

  expect_failures = [var.flow_logs]
}

run "key_for_somebody_else_s_bucket" {
  command = plan

  variables {
    node        = { subnet_cidrs = ["10.0.1.0/24"] }
    application = { subnet_ids = { a = "subnet-0000000000000000a" } }
    flow_logs   = { destination = "s3", bucket_arn = "arn:aws:s3:::logs", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-3333-4444-555555555555" }
  }

  expect_failures = [var.flow_logs]
}

run "accepted_address_with_host_bits" {
  command = plan

  variables {
    node        = { subnet_cidrs = ["10.0.1.0/24"] }
    application = { subnet_ids = { a = "subnet-0000000000000000a" } }
    flow_logs   = { accepted_cidrs = ["10.0.9.9/24"] }
  }

  expect_failures = [var.flow_logs]
}

run "accepted_address_twice" {
  command = plan

  variables {
    node        = { subnet_cidrs = ["10.0.1.0/24"] }
    application = { subnet_ids = { a = "subnet-0000000000000000a" } }
    flow_logs   = { accepted_cidrs = ["10.0.9.9/32", "10.0.9.9/32"] }
  }

  expect_failures = [var.flow_logs]
}

run "alarm_on_a_bucket" {
  command = plan

  variables {
    node          = { subnet_cidrs = ["10.0.1.0/24"] }
    application   = { subnet_ids = { a = "subnet-0000000000000000a" } }
    notifications = {}
    flow_logs     = { destination = "s3", alarm = {} }
  }

  expect_failures = [var.flow_logs]
}

run "alarm_that_nobody_hears" {
  command = plan

  variables {
    node        = { subnet_cidrs = ["10.0.1.0/24"] }
    application = { subnet_ids = { a = "subnet-0000000000000000a" } }
    flow_logs   = { alarm = {} }
  }

  expect_failures = [var.flow_logs]
}

run "alarm_every_minute" {
  command = plan

  variables {
    node          = { subnet_cidrs = ["10.0.1.0/24"] }
    application   = { subnet_ids = { a = "subnet-0000000000000000a" } }
    notifications = {}
    flow_logs     = { alarm = { interval = 1 } }
  }

  expect_failures = [var.flow_logs]
}

run "alarm_before_the_records" {
  command = plan

  variables {
    node          = { subnet_cidrs = ["10.0.1.0/24"] }
    application   = { subnet_ids = { a = "subnet-0000000000000000a" } }
    notifications = {}
    flow_logs     = { alarm = { delay = 0 } }
  }

  expect_failures = [var.flow_logs]
}

run "recorder_of_somebody" {
  command = plan

  variables {
    config_rules = { recorder = "none" }
  }

  expect_failures = [var.config_rules]
}

run "bucket_of_the_recorder_by_arn" {
  command = plan

  variables {
    config_rules = { recorder = "create", recorder_bucket_name = "arn:aws:s3:::logs" }
  }

  expect_failures = [var.config_rules]
}

run "recorder_that_forgets_at_once" {
  command = plan

  variables {
    config_rules = { recorder = "create", recorder_retention_in_days = 0 }
  }

  expect_failures = [var.config_rules]
}

run "calls_that_nobody_hears_of" {
  command = plan

  variables {
    api_call_alerts = {}
  }

  expect_failures = [var.api_call_alerts]
}

run "watched_listener_by_name" {
  command = plan

  variables {
    notifications   = {}
    api_call_alerts = { listener_arns = ["shop"] }
  }

  expect_failures = [var.api_call_alerts]
}

run "watched_listener_twice" {
  command = plan

  variables {
    notifications   = {}
    api_call_alerts = { listener_arns = [var.routing.entry_points.shop.listener_arn, var.routing.entry_points.shop.listener_arn] }
  }

  expect_failures = [var.api_call_alerts]
}

run "watched_target_group_by_name" {
  command = plan

  variables {
    notifications   = {}
    api_call_alerts = { target_group_arns = ["node"] }
  }

  expect_failures = [var.api_call_alerts]
}

run "watched_target_group_twice" {
  command = plan

  variables {
    notifications   = {}
    api_call_alerts = { target_group_arns = [var.routing.node.target_group_arn, var.routing.node.target_group_arn] }
  }

  expect_failures = [var.api_call_alerts]
}

run "watched_network_acl_by_name" {
  command = plan

  variables {
    notifications   = {}
    api_call_alerts = { network_acl_ids = ["main"] }
  }

  expect_failures = [var.api_call_alerts]
}

run "watched_network_acl_twice" {
  command = plan

  variables {
    notifications   = {}
    api_call_alerts = { network_acl_ids = ["acl-0000000000000000a", "acl-0000000000000000a"] }
  }

  expect_failures = [var.api_call_alerts]
}

run "watched_route_table_by_name" {
  command = plan

  variables {
    notifications   = {}
    api_call_alerts = { route_table_ids = ["main"] }
  }

  expect_failures = [var.api_call_alerts]
}

run "watched_route_table_twice" {
  command = plan

  variables {
    notifications   = {}
    api_call_alerts = { route_table_ids = ["rtb-0000000000000000a", "rtb-0000000000000000a"] }
  }

  expect_failures = [var.api_call_alerts]
}

run "watched_distribution_twice" {
  command = plan

  variables {
    notifications   = {}
    api_call_alerts = { distribution_ids = ["a1", "a1"] }
  }

  expect_failures = [var.api_call_alerts]
}

run "watched_rest_api_twice" {
  command = plan

  variables {
    notifications   = {}
    api_call_alerts = { rest_api_ids = ["a1", "a1"] }
  }

  expect_failures = [var.api_call_alerts]
}

run "watched_http_api_twice" {
  command = plan

  variables {
    notifications   = {}
    api_call_alerts = { http_api_ids = ["a1", "a1"] }
  }

  expect_failures = [var.api_call_alerts]
}

run "watched_vpc_link_twice" {
  command = plan

  variables {
    notifications   = {}
    api_call_alerts = { vpc_link_ids = ["a1", "a1"] }
  }

  expect_failures = [var.api_call_alerts]
}

run "bucket_of_the_trail_by_arn" {
  command = plan

  variables {
    notifications   = {}
    api_call_alerts = { trail = { bucket_name = "arn:aws:s3:::logs" } }
  }

  expect_failures = [var.api_call_alerts]
}

run "trail_with_a_key_by_alias" {
  command = plan

  variables {
    notifications   = {}
    api_call_alerts = { trail = { kms_key_arn = "alias/trail" } }
  }

  expect_failures = [var.api_call_alerts]
}

run "trail_that_forgets_at_once" {
  command = plan

  variables {
    notifications   = {}
    api_call_alerts = { trail = { retention_in_days = 0 } }
  }

  expect_failures = [var.api_call_alerts]
}
