# The topic, and what it is told of.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  notifications   = { email_addresses = ["security@example.com"] }
  api_call_alerts = {}
}

run "a_topic_that_EventBridge_can_use" {
  command = plan

  assert {
    condition     = aws_sns_topic.notifications[0].name == "shop-notifications" && aws_sns_topic.notifications[0].kms_master_key_id == "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555" && aws_kms_key.notifications[0].enable_key_rotation && aws_kms_alias.notifications[0].name == "alias/shop-notifications"
    error_message = "The topic is not encrypted with the module's key."
  }

  # Without conditions: with one, EventBridge cannot publish.
  assert {
    condition = jsondecode(aws_sns_topic_policy.notifications[0].policy).Statement == [{
      Sid = "EventBridge", Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sns:Publish", Resource = "arn:aws:sns:eu-central-1:123456789012:shop-notifications"
    }]
    error_message = "Somebody else may publish, or EventBridge cannot."
  }

  assert {
    condition = jsondecode(aws_kms_key.notifications[0].policy).Statement == [
      { Sid = "Account", Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "kms:*", Resource = "*" },
      { Sid = "EventBridge", Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = ["kms:Decrypt", "kms:GenerateDataKey*"], Resource = "*" },
    ]
    error_message = "Somebody else may use the key, or EventBridge cannot."
  }

  assert {
    condition     = { for key, subscription in aws_sns_topic_subscription.email : key => [subscription.protocol, subscription.endpoint, subscription.topic_arn] } == { "security@example.com" = ["email", "security@example.com", "arn:aws:sns:eu-central-1:123456789012:shop-notifications"] }
    error_message = "Somebody is not told."
  }
}

run "each_call_is_told_to_the_topic" {
  command = plan

  assert {
    condition     = keys(aws_cloudwatch_event_target.api_calls) == keys(aws_cloudwatch_event_rule.api_calls) && alltrue([for kind, target in aws_cloudwatch_event_target.api_calls : target.arn == output.topic_arn && target.rule == "shop-${replace(kind, "_", "-")}" && target.rule == aws_cloudwatch_event_rule.api_calls[kind].name && target.target_id == "topic"])
    error_message = "A rule tells nobody, or somebody else."
  }

  # The variables of the message are those that are read from the event, and no others. One that is not declared fails the call.
  assert {
    condition     = toset(flatten(regexall("<([^>]+)>", one(aws_cloudwatch_event_target.api_calls["security_groups"].input_transformer).input_template))) == toset(keys(one(aws_cloudwatch_event_target.api_calls["security_groups"].input_transformer).input_paths))
    error_message = "The message has variables that are not read, or leaves some out."
  }

  # Each line is a text of its own in quotes.
  assert {
    condition     = alltrue([for line in split("\n", one(aws_cloudwatch_event_target.api_calls["security_groups"].input_transformer).input_template) : can(jsondecode(line))]) && startswith(one(aws_cloudwatch_event_target.api_calls["security_groups"].input_transformer).input_template, "\"shop: <call> can open a path around the Wallarm Node.\"\n")
    error_message = "The message is not what EventBridge takes for a text."
  }

  assert {
    condition     = length(aws_cloudtrail.api_calls) == 0 && length(aws_s3_bucket.logs) == 0
    error_message = "The module created an unexpected trail."
  }
}

# All of them, whatever the contract names: the kinds must be known at plan.
run "kinds_of_calls" {
  command = plan

  assert {
    condition = tolist(keys(output.api_call_patterns)) == sort([
      "security_groups", "prefix_lists", "network_interfaces", "instances", "node_group_interfaces", "node_group_tasks",
      "node_group_launch_configurations", "subnets", "network_acls", "network_acl_associations", "routes",
      "route_table_associations", "vpc_connections", "endpoint_services", "lattice", "listeners", "new_load_balancers",
      "other_listeners", "targets", "autoscaling_targets", "ecs_targets", "distributions", "other_distributions",
      "cloudfront_functions", "accelerators", "rest_apis", "http_apis", "new_apis", "vpc_links", "api_domains", "trails",
      "flow_logs", "config",
    ])
    error_message = "Other calls are watched: ${join(", ", keys(output.api_call_patterns))}"
  }
}

run "targets_of_named_instances" {
  command = plan

  variables {
    application = { instance_ids = { a = "i-0123456789abcdef0" } }
  }

  assert {
    condition     = length(setintersection(keys(output.api_call_patterns), ["application_targets", "classic_targets"])) == 2
    error_message = "It is not told that the application becomes a target elsewhere."
  }
}

run "excluded_kinds" {
  command = plan

  variables {
    api_call_alerts = { excluded_kinds = ["new_apis", "api_domains"] }
  }

  assert {
    condition     = length(setintersection(keys(output.api_call_patterns), ["new_apis", "api_domains"])) == 0 && contains(keys(output.api_call_patterns), "rest_apis")
    error_message = "Excluded kinds are watched, or others are not."
  }
}

# EventBridge accepts no empty list.
run "nothing_is_named" {
  command = plan

  variables {
    routing = {
      vpc_id      = "vpc-0123456789abcdef0"
      node        = { security_group_id = "sg-00000000000000002" }
      application = { security_group_id = "sg-00000000000000003", ports = [80] }
    }
  }

  assert {
    condition     = alltrue([for kind, pattern in output.api_call_patterns : !strcontains(pattern, "[]") && !strcontains(pattern, "{}")])
    error_message = "A pattern has an empty list or object."
  }
}

run "distributions_of_this_region" {
  command = plan

  override_data {
    target = data.aws_region.current
    values = { id = "us-east-1" }
  }

  variables {
    api_call_alerts = { distribution_ids = ["E1EXAMPLE"] }
  }

  assert {
    condition     = strcontains(output.api_call_patterns.distributions, "E1EXAMPLE")
    error_message = "The distribution is not watched."
  }
}

run "distributions_are_watched_elsewhere" {
  command = plan

  variables {
    api_call_alerts = { distributions = false, distribution_ids = ["E1EXAMPLE"] }
  }

  assert {
    condition     = length(setintersection(keys(output.api_call_patterns), ["distributions", "other_distributions", "cloudfront_functions"])) == 0
    error_message = "Calls are watched that are not seen here."
  }
}

run "an_existing_topic" {
  command = plan

  variables {
    notifications = { topic = { arn = "arn:aws:sns:eu-central-1:123456789012:alerts" }, kms_key = { arn = "arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-3333-4444-555555555555" } }
    node          = { subnet_cidrs = ["10.0.16.0/20"] }
    application   = { subnet_ids = { a = "subnet-0000000000000000a" } }
    flow_logs     = { alarm = {} }
  }

  assert {
    condition     = length(aws_sns_topic.notifications) + length(aws_kms_key.notifications) + length(aws_kms_alias.notifications) + length(aws_sns_topic_policy.notifications) == 0 && output.topic_arn == "arn:aws:sns:eu-central-1:123456789012:alerts" && aws_cloudwatch_event_target.api_calls["trails"].arn == output.topic_arn
    error_message = "Another topic is made, or told."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.flow_alarm[0].policy).Statement : statement.Resource if contains(flatten([statement.Action]), "kms:Decrypt")] == ["arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-3333-4444-555555555555"]
    error_message = "The state machine cannot use the topic's key."
  }
}

run "an_existing_key" {
  command = plan

  variables {
    notifications = { kms_key = { arn = "arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-3333-4444-555555555555" } }
  }

  assert {
    condition     = length(aws_kms_key.notifications) == 0 && aws_sns_topic.notifications[0].kms_master_key_id == "arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-3333-4444-555555555555"
    error_message = "The topic is not encrypted with the existing key."
  }
}

run "a_trail" {
  command = plan

  variables {
    api_call_alerts = { trail = {} }
  }

  assert {
    condition = {
      name      = aws_cloudtrail.api_calls[0].name, bucket = aws_cloudtrail.api_calls[0].s3_bucket_name, multi_region = aws_cloudtrail.api_calls[0].is_multi_region_trail, global = aws_cloudtrail.api_calls[0].include_global_service_events
      validated = aws_cloudtrail.api_calls[0].enable_log_file_validation, type = aws_cloudtrail.api_calls[0].event_selector[0].read_write_type, management = aws_cloudtrail.api_calls[0].event_selector[0].include_management_events
      } == {
      name      = "shop", bucket = "shop-logs", multi_region = false, global = true
      validated = true, type = "WriteOnly", management = true
    }
    error_message = "The trail does not log the calls that change something to its bucket."
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.logs["trail"].policy).Statement[0].Principal.Service == "cloudtrail.amazonaws.com" && jsondecode(aws_s3_bucket_policy.logs["trail"].policy).Statement[0].Resource == "arn:aws:s3:::shop-logs/AWSLogs/123456789012/*" && jsondecode(aws_s3_bucket_policy.logs["trail"].policy).Statement[0].Condition.StringLike["aws:SourceArn"] == "arn:aws:cloudtrail:eu-central-1:123456789012:trail/shop"
    error_message = "The bucket is not one for this trail alone."
  }
}

run "a_trail_to_an_existing_bucket" {
  command = plan

  variables {
    api_call_alerts = { trail = { bucket = { name = "central-logs" }, multi_region = true, kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-3333-4444-555555555555" } }
  }

  assert {
    condition     = aws_cloudtrail.api_calls[0].s3_bucket_name == "central-logs" && aws_cloudtrail.api_calls[0].is_multi_region_trail && aws_cloudtrail.api_calls[0].kms_key_id == "arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-3333-4444-555555555555" && length(aws_s3_bucket.logs) == 0
    error_message = "The existing bucket is not used, or not with its key, or not for every Region."
  }
}
