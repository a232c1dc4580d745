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
    application     = { instance_ids = { for index in range(120) : "i${index}" => format("i-%017x", index) } }
    api_call_alerts = {}
  }

  expect_failures = [aws_cloudwatch_event_rule.api_calls]
}
