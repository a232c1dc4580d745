# Every rule on secret_header and its values refuses a value. Each run breaks one rule, and
# __tests__/modules/messages-cloudfront.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "no_value" {
  command = plan

  variables {
    secret_header_values = {}
  }

  expect_failures = [var.secret_header_values]
}

run "one_value_twice" {
  command = plan

  variables {
    secret_header_values = { blue = "00000000000000000000000000000001", green = "00000000000000000000000000000001" }
  }

  expect_failures = [var.secret_header_values]
}

run "value_of_31_characters" {
  command = plan

  variables {
    secret_header_values = { blue = "0000000000000000000000000000001" }
  }

  expect_failures = [var.secret_header_values]
}

run "value_in_capitals" {
  command = plan

  variables {
    secret_header_values = { blue = "00000000000000000000000000000001", green = "0000000000000000000000000000000A" }
  }

  expect_failures = [var.secret_header_values]
}

run "header_with_an_underscore" {
  command = plan

  variables {
    secret_header = { name = "X_Secret" }
  }

  expect_failures = [var.secret_header]
}

run "header_of_every_client" {
  command = plan

  variables {
    secret_header = { name = "User-Agent" }
  }

  expect_failures = [var.secret_header]
}

run "header_of_amazon" {
  command = plan

  variables {
    secret_header = { name = "X-Amz-Secret" }
  }

  expect_failures = [var.secret_header]
}

run "header_of_a_cache" {
  command = plan

  variables {
    secret_header = { name = "Cache-Control" }
  }

  expect_failures = [var.secret_header]
}

run "third_color" {
  command = plan

  variables {
    secret_header = { active = "red" }
  }

  expect_failures = [var.secret_header]
}

run "one_secret_twice" {
  command = plan

  variables {
    secret_header_values = null
    secret_header        = { secrets = { blue = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf" }, green = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf" } } }
  }

  expect_failures = [var.secret_header]
}

run "blue_secret_by_name" {
  command = plan

  variables {
    secret_header_values = null
    secret_header        = { secrets = { blue = { arn = "blue" } } }
  }

  expect_failures = [var.secret_header]
}

run "green_secret_by_name" {
  command = plan

  variables {
    secret_header_values = null
    secret_header        = { secrets = { blue = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf" }, green = { arn = "green" } } }
  }

  expect_failures = [var.secret_header]
}

run "blue_key_of_a_path" {
  command = plan

  variables {
    secret_header_values = null
    secret_header        = { secrets = { blue = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf", json_key = "a/b" } } }
  }

  expect_failures = [var.secret_header]
}

run "green_key_of_a_path" {
  command = plan

  variables {
    secret_header_values = null
    secret_header        = { secrets = { blue = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf" }, green = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf", json_key = "a/b" } } }
  }

  expect_failures = [var.secret_header]
}

run "two_sources" {
  command = plan

  variables {
    secret_header = { secrets = { blue = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf" } } }
  }

  expect_failures = [var.secret_header]
}

run "no_source" {
  command = plan

  variables {
    secret_header_values = null
  }

  expect_failures = [var.secret_header]
}

run "active_value_taken_away" {
  command = plan

  variables {
    secret_header_values = { green = "00000000000000000000000000000002" }
  }

  expect_failures = [var.secret_header]
}

run "active_secret_taken_away" {
  command = plan

  variables {
    secret_header_values = null
    secret_header        = { active = "green", secrets = { blue = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf" } } }
  }

  expect_failures = [var.secret_header]
}
