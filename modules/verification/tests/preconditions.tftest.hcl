# What only the place or several variables together can refuse.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  notifications = {}
}

run "distribution_from_another_region" {
  command = plan

  variables {
    api_call_alerts = { distribution_ids = ["E1EXAMPLE"] }
  }

  expect_failures = [aws_cloudwatch_event_rule.api_calls]
}

run "more_resources_than_a_pattern_holds" {
  command = plan

  variables {
    application     = { network_interface_ids = { for index in range(120) : "i${index}" => format("eni-%017x", index) } }
    api_call_alerts = {}
  }

  expect_failures = [aws_cloudwatch_event_rule.api_calls]
}

run "query_that_is_too_long" {
  command = plan

  variables {
    node        = { subnet_cidrs = ["10.0.1.0/24"] }
    application = { subnet_ids = { a = "subnet-0000000000000000a" } }
    flow_logs   = { accepted_cidrs = [for index in range(255) : "10.200.${index}.128/25"] }
  }

  expect_failures = [aws_cloudwatch_query_definition.around_the_node]
}
