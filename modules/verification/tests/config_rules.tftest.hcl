# Which rules of AWS Config there are, for what, and with a recorder or without.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  config_rules = { recorder = "existing" }
}

run "beside_an_existing_recorder" {
  command = plan

  assert {
    condition = { for key, rule in aws_config_config_rule.restricted_ports : key => {
      name  = rule.name, identifier = rule.source[0].source_identifier, owner = rule.source[0].owner, parameters = jsondecode(rule.input_parameters)
      group = rule.scope[0].compliance_resource_id, types = tolist(rule.scope[0].compliance_resource_types)
      } } == { application-1 = {
      name  = "shop-restricted-ports-application-1", identifier = "RESTRICTED_INCOMING_TRAFFIC", owner = "AWS", parameters = { blockedPort1 = "80", blockedPort2 = "443" }
      group = "sg-00000000000000003", types = tolist(["AWS::EC2::SecurityGroup"])
    } }
    error_message = "The application's ports are not watched at its group."
  }

  assert {
    condition = { for key, rule in aws_config_config_rule.only_the_node : key => {
      name  = rule.name, owner = rule.source[0].owner, runtime = rule.source[0].custom_policy_details[0].policy_runtime, message = one(rule.source[0].source_detail).message_type
      group = rule.scope[0].compliance_resource_id, types = tolist(rule.scope[0].compliance_resource_types)
      } } == { application = {
      name  = "shop-only-the-node-application", owner = "CUSTOM_POLICY", runtime = "guard-2.x.x", message = "ConfigurationItemChangeNotification"
      group = "sg-00000000000000003", types = tolist(["AWS::EC2::SecurityGroup"])
    } }
    error_message = "The policy is not that of the application's group, or is asked at other times."
  }

  assert {
    condition     = length(aws_config_config_rule.node_ssh) == 0 && length(aws_config_configuration_recorder.security_groups) + length(aws_config_delivery_channel.security_groups) + length(aws_config_configuration_recorder_status.security_groups) + length(aws_s3_bucket.logs) == 0
    error_message = "A recorder was made, or a rule that nobody asked for."
  }
}

run "more_than_five_ports_and_another_group" {
  command = plan

  variables {
    routing      = merge(var.routing, { application = { security_group_id = "sg-00000000000000003", ports = [1, 2, 3, 4, 5, 6] } })
    application  = { security_group_ids = { metrics = "sg-00000000000000004" } }
    config_rules = { recorder = "existing", node_ssh = true }
  }

  assert {
    condition = { for key, rule in aws_config_config_rule.restricted_ports : key => [rule.scope[0].compliance_resource_id, join(" ", values(jsondecode(rule.input_parameters)))] } == {
      application-1 = ["sg-00000000000000003", "1 2 3 4 5"]
      application-2 = ["sg-00000000000000003", "6"]
      metrics-1     = ["sg-00000000000000004", "1 2 3 4 5"]
      metrics-2     = ["sg-00000000000000004", "6"]
    }
    error_message = "A port or a group is left out."
  }

  assert {
    condition     = keys(aws_config_config_rule.only_the_node) == ["application", "metrics"] && [aws_config_config_rule.node_ssh[0].source[0].source_identifier, aws_config_config_rule.node_ssh[0].scope[0].compliance_resource_id] == ["INCOMING_SSH_DISABLED", "sg-00000000000000002"]
    error_message = "A group is left out, or SSH is watched somewhere else than at the node."
  }
}

run "with_a_recorder" {
  command = plan

  variables {
    config_rules = { recorder = "create" }
  }

  assert {
    condition = {
      types = tolist(aws_config_configuration_recorder.security_groups[0].recording_group[0].resource_types), all = aws_config_configuration_recorder.security_groups[0].recording_group[0].all_supported
      role  = aws_config_configuration_recorder.security_groups[0].role_arn, bucket = aws_config_delivery_channel.security_groups[0].s3_bucket_name, on = aws_config_configuration_recorder_status.security_groups[0].is_enabled
      } == {
      types = tolist(["AWS::EC2::SecurityGroup"]), all = false
      role  = "arn:aws:iam::123456789012:role/shop", bucket = "shop-logs", on = true
    }
    error_message = "The recorder is off, records something else, or delivers somewhere else."
  }

  assert {
    condition     = keys(aws_s3_bucket.logs) == ["config"] && jsondecode(aws_s3_bucket_policy.logs["config"].policy).Statement[0].Resource == "arn:aws:s3:::shop-logs/AWSLogs/123456789012/Config/*" && jsondecode(aws_s3_bucket_policy.logs["config"].policy).Statement[0].Condition.StringLike["aws:SourceAccount"] == "123456789012" && aws_s3_bucket_lifecycle_configuration.logs["config"].rule[0].expiration[0].days == 365
    error_message = "The bucket is not one for AWS Config alone."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.recorder[0].policy_arn == "arn:aws:iam::aws:policy/service-role/AWS_ConfigRole" && jsondecode(aws_iam_role.recorder[0].assume_role_policy).Statement[0].Principal.Service == "config.amazonaws.com" && jsondecode(aws_iam_role_policy.recorder[0].policy).Statement[*].Resource == ["arn:aws:s3:::shop-logs/AWSLogs/123456789012/*", "arn:aws:s3:::shop-logs"]
    error_message = "The recorder's role is another one's, or may do something else."
  }
}

run "with_a_recorder_and_an_existing_bucket" {
  command = plan

  variables {
    config_rules = { recorder = "create", recorder_bucket = { name = "central-logs" } }
  }

  assert {
    condition     = aws_config_delivery_channel.security_groups[0].s3_bucket_name == "central-logs" && length(aws_s3_bucket.logs) == 0
    error_message = "The existing bucket is not used."
  }
}
