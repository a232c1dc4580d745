# Which value is sent, and where it comes from.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "blue_beside_green" {
  command = plan

  variables {
    secret_header_values = { blue = "00000000000000000000000000000001", green = "00000000000000000000000000000002" }
  }

  assert {
    condition     = nonsensitive(output.secret_header.value) == "00000000000000000000000000000001"
    error_message = "The idle value is sent."
  }
}

run "green" {
  command = plan

  variables {
    secret_header        = { name = "X-Origin-Key", active = "green" }
    secret_header_values = { blue = "00000000000000000000000000000001", green = "00000000000000000000000000000002" }
  }

  assert {
    condition = jsonencode(nonsensitive([for header in one(aws_cloudfront_distribution.new[0].origin).custom_header : [header.name, header.value]])) == jsonencode([
      ["X-Origin-Key", "00000000000000000000000000000002"],
    ])
    error_message = "Another header is sent, or another one too."
  }

  assert {
    condition     = length(data.aws_secretsmanager_secret_version.active) == 0
    error_message = "Secrets Manager was asked for nothing."
  }

  assert {
    condition     = terraform_data.routing.input.entry_points.shop.active_secret == "green" && terraform_data.routing.input.entry_points.shop.secret_header_name == "X-Origin-Key"
    error_message = "The contract names another."
  }
}

run "from_secrets_manager" {
  command = plan

  variables {
    secret_header = {
      secrets = {
        blue  = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf" }
        green = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:green-AbCdEf" }
      }
    }
    secret_header_values = null
  }

  assert {
    condition     = jsonencode(data.aws_secretsmanager_secret_version.active[*].secret_id) == jsonencode(["arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf"])
    error_message = "Another secret was read, or the idle one too."
  }

  assert {
    condition     = nonsensitive(output.secret_header.value) == "0000000000000000000000000000000a"
    error_message = "Another value is sent."
  }

  assert {
    condition     = issensitive(output.secret_header.value)
    error_message = "The value is shown."
  }
}

run "from_a_key_of_a_secret" {
  command = plan

  variables {
    secret_header = {
      active = "green"
      secrets = {
        blue  = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:header-AbCdEf", json_key = "blue" }
        green = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:header-AbCdEf", json_key = "green" }
      }
    }
    secret_header_values = null
  }

  override_data {
    target = data.aws_secretsmanager_secret_version.active[0]
    values = { secret_string = "{\"blue\":\"00000000000000000000000000000001\",\"green\":\"00000000000000000000000000000002\"}" }
  }

  assert {
    condition     = nonsensitive(output.secret_header.value) == "00000000000000000000000000000002"
    error_message = "Another value is sent."
  }
}

run "secret_that_is_no_value" {
  command = plan

  variables {
    secret_header        = { secrets = { blue = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf" } } }
    secret_header_values = null
  }

  override_data {
    target = data.aws_secretsmanager_secret_version.active[0]
    values = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf", secret_string = "short" }
  }

  expect_failures = [data.aws_secretsmanager_secret_version.active]
}

run "secret_without_the_key" {
  command = plan

  variables {
    secret_header        = { secrets = { blue = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf", json_key = "blue" } } }
    secret_header_values = null
  }

  override_data {
    target = data.aws_secretsmanager_secret_version.active[0]
    values = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf", secret_string = "{\"green\":\"00000000000000000000000000000002\"}" }
  }

  expect_failures = [data.aws_secretsmanager_secret_version.active]
}
