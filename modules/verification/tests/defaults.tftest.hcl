# What the smallest call looks at, and what it makes: nothing.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "nothing_is_made" {
  command = plan

  assert {
    condition = {
      flow_logs      = length(aws_flow_log.application)
      log_groups     = length(aws_cloudwatch_log_group.flow_logs)
      queries        = length(aws_cloudwatch_query_definition.around_the_node)
      machines       = length(aws_sfn_state_machine.flow_alarm)
      schedules      = length(aws_cloudwatch_event_rule.flow_alarm)
      buckets        = length(aws_s3_bucket.logs)
      keys           = length(aws_kms_key.notifications)
      topics         = length(aws_sns_topic.notifications)
      subscriptions  = length(aws_sns_topic_subscription.email)
      event_rules    = length(aws_cloudwatch_event_rule.api_calls)
      trails         = length(aws_cloudtrail.api_calls)
      recorders      = length(aws_config_configuration_recorder.security_groups)
      config_rules   = length(aws_config_config_rule.only_the_node) + length(aws_config_config_rule.restricted_ports) + length(aws_config_config_rule.node_ssh)
      insights_paths = length(aws_ec2_network_insights_path.from_the_internet)
      roles          = length(aws_iam_role.flow_logs) + length(aws_iam_role.flow_alarm) + length(aws_iam_role.flow_alarm_schedule) + length(aws_iam_role.recorder)
      route_tables   = length(data.aws_route_table.application)
      } == {
      flow_logs = 0, log_groups = 0, queries = 0, machines = 0, schedules = 0, buckets = 0, keys = 0, topics = 0, subscriptions = 0, event_rules = 0
      trails    = 0, recorders = 0, config_rules = 0, insights_paths = 0, roles = 0, route_tables = 0
    }
    error_message = "Something was made, or read, that nobody asked for."
  }

  assert {
    condition = jsonencode({
      others            = output.unexpected_rules, public_routes = output.public_routes, reachable = output.reachable_paths, topic_arn = output.topic_arn
      flow_log_ids      = output.flow_log_ids, flow_log_group_name = output.flow_log_group_name, flow_logs_bucket_arn = output.flow_logs_bucket_arn
      flow_query        = output.flow_query, athena_table = output.athena_table, athena_query = output.athena_query
      config_rule_arns  = output.config_rule_arns
      api_call_patterns = output.api_call_patterns
      }) == jsonencode({
      others            = {}, public_routes = {}, reachable = {}, topic_arn = null
      flow_log_ids      = {}, flow_log_group_name = null, flow_logs_bucket_arn = null
      flow_query        = null, athena_table = null, athena_query = null
      config_rule_arns  = {}
      api_call_patterns = {}
    })
    error_message = "The outputs tell of something that is not there."
  }
}

run "the_rules_of_the_application_s_group_are_read" {
  command = plan

  assert {
    condition     = { for key, group in data.aws_cloudcontrolapi_resource.application : key => group.identifier } == { application = "sg-00000000000000003" }
    error_message = "The rules of something else are read."
  }
}

run "the_rules_of_every_group_are_read" {
  command = plan

  variables {
    application = { security_group_ids = { metrics = "sg-00000000000000004" } }
  }

  assert {
    condition = { for key, group in data.aws_cloudcontrolapi_resource.application : key => group.identifier } == {
      application = "sg-00000000000000003"
      metrics     = "sg-00000000000000004"
    }
    error_message = "A group of the application is left out."
  }

  assert {
    condition = { for key, rules in data.aws_vpc_security_group_rules.application : key => one(rules.filter).values } == {
      application = toset(["sg-00000000000000003"])
      metrics     = toset(["sg-00000000000000004"])
    }
    error_message = "The rules of another group are counted."
  }
}

run "nobody_looks" {
  command = plan

  variables {
    security_group_audit = null
  }

  assert {
    condition     = length(data.aws_cloudcontrolapi_resource.application) + length(data.aws_vpc_security_group_rules.application) == 0
    error_message = "The audit is not switched off."
  }

  assert {
    condition     = length(output.unexpected_rules) == 0
    error_message = "What is not read is named."
  }
}

run "somebody_else_is_named" {
  command = plan

  override_data {
    target = data.aws_cloudcontrolapi_resource.application
    values = {
      properties = <<-EOT
        {
          "SecurityGroupIngress": [
            { "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "SourceSecurityGroupId": "sg-00000000000000002" },
            { "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0" },
            { "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "10.0.1.0/24" },
            { "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "10.0.9.9/32" }
          ]
        }
      EOT
    }
  }

  override_data {
    target = data.aws_vpc_security_group_rules.application
    values = { ids = ["sgr-1", "sgr-2", "sgr-3", "sgr-4"] }
  }

  variables {
    node                 = { subnet_cidrs = ["10.0.1.0/24"] }
    application          = { security_group_ids = { metrics = "sg-00000000000000004" } }
    security_group_audit = { accepted_rules = { monitoring = "tcp 22 from 10.0.9.9/32" } }
  }

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition     = output.unexpected_rules == { "tcp 80 from 0.0.0.0/0" = ["sg-00000000000000003", "sg-00000000000000004"] }
    error_message = "Somebody is taken for the node, the node for somebody else, or an accepted rule is not accepted."
  }
}

run "routing_of_a_later_version" {
  command = plan

  variables {
    routing = merge(var.routing, {
      schema_version = 2
      node           = { security_group_id = "sg-00000000000000002", image_id = "ami-00000000000000001" }
    })
  }

  assert {
    condition     = var.routing.schema_version == 2
    error_message = "A contract with fields that the module does not know is refused."
  }
}
