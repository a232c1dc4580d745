# Who is named, and who is not.

mock_provider "aws" {
  override_during = plan
}

override_data {
  target = data.aws_cloudcontrolapi_resource.application
  values = {
    properties = <<-EOT
      {
        "GroupId": "sg-00000000000000003",
        "SecurityGroupIngress": [
          { "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "SourceSecurityGroupId": "sg-00000000000000002", "SourceSecurityGroupOwnerId": "123456789012", "Description": "node" },
          { "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "SourceSecurityGroupId": "sg-00000000000000002", "SourceSecurityGroupOwnerId": "123456789012" },
          { "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "10.0.0.0/24" },
          { "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "10.0.0.7/32" },
          { "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIpv6": "2001:db8:0:1::/64" },
          { "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "10.0.0.0/16" },
          { "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "10.0.2.0/24" },
          { "IpProtocol": "tcp", "FromPort": 0, "ToPort": 65535, "CidrIp": "0.0.0.0/0" },
          { "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIpv6": "::/0" },
          { "IpProtocol": "-1", "FromPort": -1, "ToPort": -1, "SourceSecurityGroupId": "sg-00000000000000003" },
          { "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "SourcePrefixListId": "pl-3b927c52" },
          { "IpProtocol": "udp", "FromPort": 53, "ToPort": 53, "CidrIp": "10.0.0.0/24" },
          { "IpProtocol": "icmp", "FromPort": 8, "ToPort": -1, "CidrIp": "10.0.3.0/24" },
          { "IpProtocol": "47", "CidrIp": "10.0.3.0/24" },
          { "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22 }
        ],
        "SecurityGroupEgress": [
          { "IpProtocol": "-1", "CidrIp": "0.0.0.0/0" }
        ]
      }
    EOT
  }
}

override_data {
  target = data.aws_vpc_security_group_rules.application
  values = { ids = ["sgr-1", "sgr-2", "sgr-3", "sgr-4", "sgr-5", "sgr-6", "sgr-7", "sgr-8", "sgr-9", "sgr-10", "sgr-11", "sgr-12", "sgr-13", "sgr-14", "sgr-15", "sgr-16"] }
}

run "every_ingress_rule_in_words" {
  command = plan

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition = toset(keys(output.current_rules)) == toset([
      "tcp 80 from sg-00000000000000002",
      "tcp 443 from sg-00000000000000002",
      "tcp 80 from 10.0.0.0/24",
      "tcp 80 from 10.0.0.7/32",
      "tcp 80 from 2001:db8:0:1::/64",
      "tcp 80 from 10.0.0.0/16",
      "tcp 80 from 10.0.2.0/24",
      "tcp 0-65535 from 0.0.0.0/0",
      "tcp 80 from ::/0",
      "everything from sg-00000000000000003",
      "tcp 80 from pl-3b927c52",
      "udp 53 from 10.0.0.0/24",
      "icmp from 10.0.3.0/24",
      "47 from 10.0.3.0/24",
      "tcp 22 from an unknown source",
    ])
    error_message = "The rules are not what AWS has, or egress is among them."
  }

  assert {
    condition     = one(distinct(flatten(values(output.current_rules)))) == "sg-00000000000000003"
    error_message = "The rules do not name their group."
  }
}

run "others_than_the_node_s_group" {
  command = plan

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition = setsubtract(keys(output.current_rules), keys(output.unexpected_rules)) == toset([
      "tcp 80 from sg-00000000000000002",
      "tcp 443 from sg-00000000000000002",
    ])
    error_message = "Somebody is taken for the node's security group, or the group for somebody else."
  }
}

run "others_than_the_node_s_group_and_subnets" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", subnet_cidrs = ["10.0.0.0/24", "2001:db8:0:1::/64"] }
  }

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition = toset(keys(output.unexpected_rules)) == toset([
      "tcp 80 from 10.0.0.0/16",
      "tcp 80 from 10.0.2.0/24",
      "tcp 0-65535 from 0.0.0.0/0",
      "tcp 80 from ::/0",
      "everything from sg-00000000000000003",
      "tcp 80 from pl-3b927c52",
      "icmp from 10.0.3.0/24",
      "47 from 10.0.3.0/24",
      "tcp 22 from an unknown source",
    ])
    error_message = "Somebody outside of the node's subnets is taken for the node, or the other way around."
  }
}

run "accepted_rules" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", subnet_cidrs = ["10.0.0.0/24", "2001:db8:0:1::/64"] }
    accepted_rules = {
      cloudfront = "tcp 80 from pl-3b927c52"
      monitoring = "tcp 80 from 10.0.2.0/24"
      tunnel     = "47 from 10.0.3.0/24"
      ping       = "icmp from 10.0.3.0/24"
      # Another port than that of the rule.
      office = "tcp 443 from 10.0.0.0/16"
    }
  }

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition = toset(keys(output.unexpected_rules)) == toset([
      "tcp 80 from 10.0.0.0/16",
      "tcp 0-65535 from 0.0.0.0/0",
      "tcp 80 from ::/0",
      "everything from sg-00000000000000003",
      "tcp 22 from an unknown source",
    ])
    error_message = "Accepted rules are named, or others are not."
  }
}

# Without expect_failures: the check is quiet.
run "nobody_else" {
  command = plan

  override_data {
    target = data.aws_cloudcontrolapi_resource.application
    values = {
      properties = <<-EOT
        {
          "SecurityGroupIngress": [
            { "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "SourceSecurityGroupId": "sg-00000000000000002" },
            { "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "10.0.0.0/24" },
            { "IpProtocol": "tcp", "FromPort": 9100, "ToPort": 9100, "CidrIp": "10.0.9.9/32" }
          ]
        }
      EOT
    }
  }

  override_data {
    target = data.aws_vpc_security_group_rules.application
    values = { ids = ["sgr-1", "sgr-2", "sgr-3"] }
  }

  variables {
    node           = { security_group_id = "sg-00000000000000002", subnet_cidrs = ["10.0.0.0/24"] }
    accepted_rules = { monitoring = "tcp 9100 from 10.0.9.9/32" }
  }

  assert {
    condition     = length(output.unexpected_rules) == 0 && length(output.current_rules) == 3
    error_message = "There are others, or not all are read."
  }
}

run "no_rules_at_all" {
  command = plan

  override_data {
    target = data.aws_cloudcontrolapi_resource.application
    values = { properties = "{ \"GroupId\": \"sg-00000000000000003\" }" }
  }

  override_data {
    target = data.aws_vpc_security_group_rules.application
    # As the provider answers, for a group without rules.
    values = { ids = null }
  }

  assert {
    condition     = length(output.unexpected_rules) == 0 && length(output.current_rules) == 0
    error_message = "There are rules in a group without any."
  }
}

run "rules_that_are_not_returned" {
  command = plan

  override_data {
    target = data.aws_cloudcontrolapi_resource.application
    values = { properties = "{ \"GroupId\": \"sg-00000000000000003\" }" }
  }

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition     = output.unexpected_rules == { "rules that Cloud Control API does not return" = ["sg-00000000000000003"] }
    error_message = "A group whose rules are not returned counts as closed."
  }
}

run "the_rules_of_the_group_are_read" {
  command = plan

  expect_failures = [check.only_the_node_is_admitted]

  assert {
    condition     = data.aws_cloudcontrolapi_resource.application["application"].identifier == "sg-00000000000000003"
    error_message = "Another group is read."
  }

  assert {
    condition     = [for filter in data.aws_vpc_security_group_rules.application["application"].filter : "${filter.name} ${join(" ", filter.values)}"] == ["group-id sg-00000000000000003"]
    error_message = "The rules of something else are counted."
  }
}
