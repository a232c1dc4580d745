# What is logged, where to, and what is asked of it.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  node = { subnet_cidrs = ["10.0.16.0/20", "2001:db8:0:1::/64"] }
  application = {
    subnet_ids            = { a = "subnet-0000000000000000a", b = "subnet-0000000000000000b" }
    network_interface_ids = { web = "eni-0000000000000000a" }
  }
  flow_logs = {}
}

run "subnets_to_a_log_group" {
  command = plan

  assert {
    condition = jsonencode({
      for key, log in aws_flow_log.application : key => [log.subnet_id, log.eni_id, log.traffic_type, tostring(log.max_aggregation_interval), log.log_destination_type, log.log_destination, log.iam_role_arn]
      }) == jsonencode({
      a = ["subnet-0000000000000000a", null, "ALL", "60", "cloud-watch-logs", "arn:aws:logs:eu-central-1:123456789012:log-group:shop-flow-logs", "arn:aws:iam::123456789012:role/shop"]
      b = ["subnet-0000000000000000b", null, "ALL", "60", "cloud-watch-logs", "arn:aws:logs:eu-central-1:123456789012:log-group:shop-flow-logs", "arn:aws:iam::123456789012:role/shop"]
    })
    error_message = "Not each subnet is logged to the log group, or something else is."
  }

  assert {
    condition     = alltrue([for log in values(aws_flow_log.application) : length(log.destination_options) == 0])
    error_message = "A log group has no file format."
  }

  # The fields that the query parses, in their order.
  assert {
    condition     = aws_flow_log.application["a"].log_format == "$${version} $${account-id} $${interface-id} $${srcaddr} $${dstaddr} $${srcport} $${dstport} $${protocol} $${packets} $${bytes} $${start} $${end} $${action} $${log-status} $${vpc-id} $${subnet-id} $${instance-id} $${tcp-flags} $${type} $${pkt-srcaddr} $${pkt-dstaddr} $${flow-direction}"
    error_message = "The records do not have the fields that the query reads."
  }

  assert {
    condition     = jsonencode([aws_cloudwatch_log_group.flow_logs[0].name, aws_cloudwatch_log_group.flow_logs[0].kms_key_id, aws_cloudwatch_log_group.flow_logs[0].retention_in_days]) == jsonencode(["shop-flow-logs", null, 90])
    error_message = "The log group has not its defaults."
  }

  assert {
    condition     = length(aws_s3_bucket.logs) == 0 && length(aws_sfn_state_machine.flow_alarm) == 0 && output.flow_log_group_name == "shop-flow-logs" && output.athena_query == null
    error_message = "A bucket or a state machine is there that nobody asked for."
  }
}

run "the_role_writes_this_log_group_and_for_this_account" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role.flow_logs[0].assume_role_policy).Statement == [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = "123456789012" }
        ArnLike      = { "aws:SourceArn" = "arn:aws:ec2:eu-central-1:123456789012:vpc-flow-log/*" }
      }
    }]
    error_message = "The role can be assumed by others, or for others."
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.flow_logs[0].policy).Statement == [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
        Resource = "arn:aws:logs:eu-central-1:123456789012:log-group:shop-flow-logs:*"
      },
      { Effect = "Allow", Action = "logs:DescribeLogGroups", Resource = "*" },
    ]
    error_message = "The role may do more than write this log group, or less."
  }
}

run "the_query_lists_who_is_not_the_node" {
  command = plan

  variables {
    flow_logs = { accepted_cidrs = ["10.0.9.9/32"] }
  }

  assert {
    condition = split("\n", output.flow_query) == tolist([
      "parse @message \"* * * * * * * * * * * * * * * * * * * * * *\" as version, account_id, interface_id, srcaddr, dstaddr, srcport, dstport, protocol, packets, bytes, start, end, action, log_status, vpc_id, subnet_id, instance_id, tcp_flags, type, pkt_srcaddr, pkt_dstaddr, flow_direction",
      "| filter action = \"ACCEPT\" and flow_direction = \"ingress\"",
      "| filter dstport = 80 or dstport = 443",
      "| filter tcp_flags != 18 and tcp_flags != 19 and tcp_flags != 22 and tcp_flags != 23",
      "| filter not isIpInSubnet(srcaddr, \"10.0.16.0/20\") and not isIpInSubnet(srcaddr, \"2001:db8:0:1::/64\") and not isIpInSubnet(srcaddr, \"10.0.9.9/32\")",
      "| stats count(*) as records, sum(bytes) as total_bytes, min(start) as first_seen, max(end) as last_seen by srcaddr, pkt_srcaddr, dstaddr, dstport, protocol, interface_id",
      "| sort total_bytes desc",
      "| limit 100",
    ])
    error_message = "The query lists others: ${output.flow_query}"
  }

  assert {
    condition     = aws_cloudwatch_query_definition.around_the_node[0].query_string == output.flow_query && aws_cloudwatch_query_definition.around_the_node[0].log_group_names == tolist(["shop-flow-logs"]) && aws_cloudwatch_query_definition.around_the_node[0].name == "shop/around-the-node"
    error_message = "Another query is saved, or for another log group."
  }
}

run "the_query_is_about_the_application_s_addresses" {
  command = plan

  variables {
    application = { subnet_ids = { a = "subnet-0000000000000000a" }, cidrs = ["10.0.11.16/28", "2001:db8:0:2::/64"] }
  }

  assert {
    condition     = strcontains(output.flow_query, "\n| filter isIpInSubnet(pkt_dstaddr, \"10.0.11.16/28\") or isIpInSubnet(pkt_dstaddr, \"2001:db8:0:2::/64\")\n")
    error_message = "The query lists traffic to others: ${output.flow_query}"
  }
}

run "interfaces_with_a_key" {
  command = plan

  variables {
    flow_logs = { of = "network_interface_ids", traffic_type = "ACCEPT", max_aggregation_interval = 600, retention_in_days = 365, kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-3333-4444-555555555555" }
  }

  assert {
    condition     = jsonencode({ for key, log in aws_flow_log.application : key => [log.subnet_id, log.eni_id, log.traffic_type, tostring(log.max_aggregation_interval)] }) == jsonencode({ web = [null, "eni-0000000000000000a", "ACCEPT", "600"] })
    error_message = "The interface is not logged, or the subnets still are."
  }

  assert {
    condition     = [aws_cloudwatch_log_group.flow_logs[0].kms_key_id, aws_cloudwatch_log_group.flow_logs[0].retention_in_days] == ["arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-3333-4444-555555555555", 365]
    error_message = "The log group is not encrypted with the key, or kept as long."
  }
}

run "to_a_bucket" {
  command = plan

  variables {
    flow_logs = { destination = "s3" }
  }

  assert {
    condition = jsonencode({
      for key, log in aws_flow_log.application : key => [log.log_destination_type, log.log_destination, log.iam_role_arn, log.destination_options[0].file_format, tostring(log.destination_options[0].hive_compatible_partitions)]
      }) == jsonencode({
      a = ["s3", "arn:aws:s3:::shop-logs", null, "parquet", "true"]
      b = ["s3", "arn:aws:s3:::shop-logs", null, "parquet", "true"]
    })
    error_message = "The flow logs do not go to the bucket as Parquet in hive-compatible partitions."
  }

  assert {
    condition     = keys(aws_s3_bucket.logs) == ["flow-logs"] && aws_s3_bucket.logs["flow-logs"].bucket_prefix == "shop-flow-logs-" && length(aws_cloudwatch_log_group.flow_logs) + length(aws_cloudwatch_query_definition.around_the_node) + length(aws_iam_role.flow_logs) == 0
    error_message = "There is another bucket, or what belongs to a log group."
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.logs["flow-logs"].block_public_acls, aws_s3_bucket_public_access_block.logs["flow-logs"].block_public_policy,
      aws_s3_bucket_public_access_block.logs["flow-logs"].ignore_public_acls, aws_s3_bucket_public_access_block.logs["flow-logs"].restrict_public_buckets,
      one(aws_s3_bucket_server_side_encryption_configuration.logs["flow-logs"].rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256",
      aws_s3_bucket_lifecycle_configuration.logs["flow-logs"].rule[0].expiration[0].days == 90,
    ])
    error_message = "The bucket is open to the public, not encrypted, or forgets nothing."
  }

  assert {
    condition = jsondecode(aws_s3_bucket_policy.logs["flow-logs"].policy).Statement == [
      {
        Sid       = "Delivery"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::shop-logs/AWSLogs/*"
        Condition = { StringLike = { "aws:SourceAccount" = "123456789012", "aws:SourceArn" = "arn:aws:logs:eu-central-1:123456789012:*", "s3:x-amz-acl" = "bucket-owner-full-control" } }
      },
      {
        Sid       = "DeliveryCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = ["s3:GetBucketAcl", "s3:ListBucket"]
        Resource  = "arn:aws:s3:::shop-logs"
        Condition = { StringLike = { "aws:SourceAccount" = "123456789012", "aws:SourceArn" = "arn:aws:logs:eu-central-1:123456789012:*" } }
      },
      {
        Sid       = "EncryptedTransportOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::shop-logs", "arn:aws:s3:::shop-logs/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
    error_message = "The bucket lets in somebody else than flow logs of this account."
  }

  assert {
    condition = alltrue([for part in [
      "CREATE EXTERNAL TABLE IF NOT EXISTS shop_flow_logs (",
      "`srcaddr` string", "`tcp_flags` int", "`flow_direction` string\n)",
      "LOCATION 's3://shop-logs/AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=eu-central-1/'",
      "'storage.location.template' = 's3://shop-logs/AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=eu-central-1/year=$${year}/month=$${month}/day=$${day}/'",
    ] : strcontains(output.athena_table, part)])
    error_message = "The table is not that of the files: ${output.athena_table}"
  }

  assert {
    condition = alltrue([for part in [
      "FROM shop_flow_logs\n",
      "  AND action = 'ACCEPT' AND flow_direction = 'ingress'\n",
      "  AND dstport IN (80, 443)\n",
      "  AND tcp_flags NOT IN (18, 19, 22, 23)\n",
      "  AND NOT contains('10.0.16.0/20', TRY_CAST(srcaddr AS IPADDRESS)) AND NOT contains('2001:db8:0:1::/64', TRY_CAST(srcaddr AS IPADDRESS))\n",
    ] : strcontains(output.athena_query, part)]) && output.flow_query == null
    error_message = "The query lists others: ${output.athena_query}"
  }
}

run "to_a_bucket_for_the_application_s_addresses" {
  command = plan

  variables {
    application = { subnet_ids = { a = "subnet-0000000000000000a" }, cidrs = ["10.0.11.16/28"] }
    flow_logs   = { destination = "s3", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-3333-4444-555555555555" }
  }

  assert {
    condition     = strcontains(output.athena_query, "  AND (contains('10.0.11.16/28', TRY_CAST(pkt_dstaddr AS IPADDRESS)))\n")
    error_message = "The query lists traffic to others: ${output.athena_query}"
  }

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.logs["flow-logs"].rule).apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms" && one(aws_s3_bucket_server_side_encryption_configuration.logs["flow-logs"].rule).apply_server_side_encryption_by_default[0].kms_master_key_id == "arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-3333-4444-555555555555"
    error_message = "The bucket is not encrypted with the key."
  }
}

run "to_an_existing_bucket" {
  command = plan

  variables {
    flow_logs = { destination = "s3", bucket = { arn = "arn:aws:s3:::central-logs" } }
  }

  assert {
    condition     = aws_flow_log.application["a"].log_destination == "arn:aws:s3:::central-logs" && length(aws_s3_bucket.logs) == 0 && strcontains(output.athena_table, "LOCATION 's3://central-logs/AWSLogs/")
    error_message = "The flow logs do not go to the existing bucket."
  }
}

run "an_alarm" {
  command = plan

  variables {
    flow_logs     = { alarm = { interval = 30, delay = 20 } }
    notifications = {}
  }

  assert {
    condition = {
      start = jsondecode(aws_sfn_state_machine.flow_alarm[0].definition).States.StartQuery.Arguments
      rule  = [aws_cloudwatch_event_rule.flow_alarm[0].schedule_expression, aws_cloudwatch_event_target.flow_alarm[0].arn, aws_cloudwatch_event_target.flow_alarm[0].role_arn, aws_cloudwatch_event_target.flow_alarm[0].rule, aws_cloudwatch_event_target.flow_alarm[0].target_id]
      } == {
      # 20 minutes late, and 30 minutes of them, to the second before the next ones.
      start = {
        LogGroupName = "shop-flow-logs"
        QueryString  = output.flow_query
        StartTime    = "{% $floor($toMillis($states.input.time) / 1000) - 3000 %}"
        EndTime      = "{% $floor($toMillis($states.input.time) / 1000) - 1200 - 1 %}"
      }
      rule = ["rate(30 minutes)", "arn:aws:states:eu-central-1:123456789012:stateMachine:shop-around-the-node", "arn:aws:iam::123456789012:role/shop", "shop-around-the-node", "state-machine"]
    }
    error_message = "Something else is asked than the saved query, or of other times."
  }

  assert {
    condition     = [for state in ["Notify", "QueryFailed"] : jsondecode(aws_sfn_state_machine.flow_alarm[0].definition).States[state].Arguments.TopicArn] == [output.topic_arn, output.topic_arn]
    error_message = "Somebody else is told."
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.flow_alarm[0].policy).Statement == [
      { Effect = "Allow", Action = "logs:StartQuery", Resource = "arn:aws:logs:eu-central-1:123456789012:log-group:shop-flow-logs:*" },
      { Effect = "Allow", Action = "logs:GetQueryResults", Resource = "*" },
      { Effect = "Allow", Action = "sns:Publish", Resource = "arn:aws:sns:eu-central-1:123456789012:shop-notifications" },
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey*"], Resource = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555" },
    ]
    error_message = "The state machine may do more than ask and tell, or less."
  }

  assert {
    condition = [
      jsondecode(aws_iam_role.flow_alarm[0].assume_role_policy).Statement[0].Condition.ArnLike["aws:SourceArn"],
      jsondecode(aws_iam_role.flow_alarm_schedule[0].assume_role_policy).Statement[0].Condition.ArnLike["aws:SourceArn"],
      jsondecode(aws_iam_role_policy.flow_alarm_schedule[0].policy).Statement[0].Resource,
      ] == [
      "arn:aws:states:eu-central-1:123456789012:stateMachine:shop-around-the-node",
      "arn:aws:events:eu-central-1:123456789012:rule/shop-around-the-node",
      "arn:aws:states:eu-central-1:123456789012:stateMachine:shop-around-the-node",
    ]
    error_message = "The roles are for others than this state machine and its schedule."
  }
}
