# The resource policy, word for word. What AWS makes of it is tried in __tests__/modules/resource-policy.test.ts.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "none" {
  command = plan

  assert {
    condition     = output.resource_policy_json == null && length(aws_api_gateway_rest_api_policy.adopted) == 0
    error_message = "A policy is made that nobody asked for."
  }
}

run "addresses" {
  command = plan

  variables {
    resource_policy = { source_cidrs = ["203.0.113.0/24", "2001:db8::/32"] }
  }

  assert {
    condition = jsondecode(aws_api_gateway_rest_api_policy.adopted[0].policy) == {
      Version = "2012-10-17"
      Statement = [
        {
          Effect    = "Allow"
          Principal = "*"
          Action    = "execute-api:Invoke"
          Resource  = "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5/*"
        },
        {
          Effect    = "Deny"
          Principal = "*"
          Action    = "execute-api:Invoke"
          Resource  = "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5/*"
          Condition = { NotIpAddress = { "aws:SourceIp" = ["2001:db8::/32", "203.0.113.0/24"] } }
        },
      ]
    }
    error_message = "The policy is another: ${output.resource_policy_json}"
  }

  assert {
    condition     = output.resource_policy_json == aws_api_gateway_rest_api_policy.adopted[0].policy
    error_message = "What is shown is not what is applied."
  }
}

run "vpcs_and_endpoints" {
  command = plan

  variables {
    rest_api = { id = "a1b2c3d4e5", endpoint_type = "PRIVATE" }
    resource_policy = {
      source_vpc_ids          = ["vpc-0123456789abcdef0"]
      source_vpc_endpoint_ids = ["vpce-0123456789abcdef0"]
    }
  }

  assert {
    condition = jsondecode(output.resource_policy_json).Statement[1].Condition == {
      StringNotEquals = {
        "aws:SourceVpc"  = ["vpc-0123456789abcdef0"]
        "aws:SourceVpce" = ["vpce-0123456789abcdef0"]
      }
    }
    error_message = "The policy denies others than those from elsewhere: ${output.resource_policy_json}"
  }
}

run "statements_of_the_caller" {
  command = plan

  variables {
    resource_policy = {
      source_cidrs = ["203.0.113.0/24"]
      policy_documents = [
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"execute-api:Invoke\",\"Resource\":\"execute-api:/live/DELETE/*\"}}",
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"execute-api:Invoke\",\"Resource\":\"execute-api:/*\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}}}]}",
      ]
    }
  }

  assert {
    condition     = [for statement in jsondecode(output.resource_policy_json).Statement : "${statement.Effect} ${statement.Resource}"] == ["Allow arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5/*", "Deny arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5/*", "Deny execute-api:/live/DELETE/*", "Allow execute-api:/*"]
    error_message = "The caller's statements are not in it: ${output.resource_policy_json}"
  }
}

# Without a source nothing is allowed to everybody.
run "statements_of_the_caller_alone" {
  command = plan

  variables {
    resource_policy = {
      policy_documents = ["{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:root\"},\"Action\":\"execute-api:Invoke\",\"Resource\":\"execute-api:/*\"}]}"]
    }
  }

  assert {
    condition     = length(jsondecode(output.resource_policy_json).Statement) == 1
    error_message = "More is allowed than the caller says: ${output.resource_policy_json}"
  }
}

run "long_policy_with_a_higher_quota" {
  command = plan

  variables {
    resource_policy = {
      source_cidrs = [for index in range(500) : "203.0.${floor(index / 256)}.${index % 256}/32"]
      length_quota = 20000
    }
  }

  assert {
    condition     = length(output.resource_policy_json) > 8192 && length(output.resource_policy_json) <= 20000
    error_message = "The policy has ${length(output.resource_policy_json)} characters."
  }
}
