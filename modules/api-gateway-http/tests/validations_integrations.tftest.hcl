# Every rule on integrations, request_parameters, secret_header and timeout_milliseconds refuses a value. Each run breaks one rule, and
# __tests__/modules/messages-api-gateway-http.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "integration_twice" {
  command = plan

  variables {
    integrations = { a = var.shop, b = var.shop }
  }

  expect_failures = [var.integrations]
}

run "integration_by_its_target" {
  command = plan

  variables {
    integrations = { shop = merge(var.shop, { integration_id = "integrations/i0000001" }) }
  }

  expect_failures = [var.integrations]
}

run "integration_with_a_path_that_the_node_would_not_get" {
  command = plan

  variables {
    integrations = { shop = { integration_id = "i0000001", application = { uri = "https://shop.example.com/v1/{proxy}" } } }
  }

  expect_failures = [var.integrations]
}

run "integration_path_without_a_slash" {
  command = plan

  variables {
    integrations = { shop = { integration_id = "i0000001", application = { uri = "https://shop.example.com" }, path = "v1/$request.path.proxy" } }
  }

  expect_failures = [var.integrations]
}

run "application_by_host" {
  command = plan

  variables {
    integrations = { shop = { integration_id = "i0000001", application = { uri = "shop.example.com" } } }
  }

  expect_failures = [var.integrations]
}

run "private_application_without_a_link" {
  command = plan

  variables {
    integrations = { shop = { integration_id = "i0000001", application = { uri = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/0000000000000001" } } }
  }

  expect_failures = [var.integrations]
}

run "public_application_with_a_link" {
  command = plan

  variables {
    integrations = { shop = { integration_id = "i0000001", application = { uri = "https://shop.example.com", connection_id = "l0000009" } } }
  }

  expect_failures = [var.integrations]
}

run "public_application_with_a_server_name" {
  command = plan

  variables {
    integrations = { shop = { integration_id = "i0000001", application = { uri = "https://shop.example.com", server_name = "shop.example.com" } } }
  }

  expect_failures = [var.integrations]
}

run "application_link_by_arn" {
  command = plan

  variables {
    integrations = { shop = { integration_id = "i0000001", application = { uri = "arn:aws:servicediscovery:eu-central-1:123456789012:service/srv-1", connection_id = "vpclinks/l0000009" } } }
  }

  expect_failures = [var.integrations]
}

run "application_server_name_with_a_scheme" {
  command = plan

  variables {
    integrations = { shop = { integration_id = "i0000001", application = { uri = "arn:aws:servicediscovery:eu-central-1:123456789012:service/srv-1", connection_id = "l0000009", server_name = "https://shop.internal" } } }
  }

  expect_failures = [var.integrations]
}

run "application_parameter_of_513_characters" {
  command = plan

  variables {
    integrations = { shop = { integration_id = "i0000001", application = { uri = "https://shop.example.com", request_parameters = { "overwrite:header.x-long" = format("%0513d", 0) } } } }
  }

  expect_failures = [var.integrations]
}

run "application_that_takes_31_seconds" {
  command = plan

  variables {
    integrations = { shop = { integration_id = "i0000001", application = { uri = "https://shop.example.com", timeout_milliseconds = 31000 } } }
  }

  expect_failures = [var.integrations]
}

run "parameter_of_the_path" {
  command = plan

  variables {
    request_parameters = { "overwrite:path" = "/v1" }
  }

  expect_failures = [var.request_parameters]
}

run "parameter_of_a_header_that_aws_reserves" {
  command = plan

  variables {
    request_parameters = { "overwrite:header.X-Forwarded-For" = "$context.identity.sourceIp" }
  }

  expect_failures = [var.request_parameters]
}

run "parameter_of_513_characters" {
  command = plan

  variables {
    request_parameters = { "overwrite:header.x-long" = format("%0513d", 0) }
  }

  expect_failures = [var.request_parameters]
}

run "secret_header_without_a_value" {
  command = plan

  variables {
    secret_header = { name = "X-From-Api-Gateway" }
  }

  expect_failures = [var.secret_header]
}

run "secret_header_with_an_underscore" {
  command = plan

  variables {
    secret_header       = { name = "X_From_Api_Gateway" }
    secret_header_value = { value = "0123456789abcdef0123456789abcdef" }
  }

  expect_failures = [var.secret_header]
}

run "secret_header_with_a_meaning" {
  command = plan

  variables {
    secret_header       = { name = "Host" }
    secret_header_value = { value = "0123456789abcdef0123456789abcdef" }
  }

  expect_failures = [var.secret_header]
}

run "secret_header_value_that_can_be_guessed" {
  command = plan

  variables {
    secret_header       = { name = "X-From-Api-Gateway" }
    secret_header_value = { value = "secret" }
  }

  expect_failures = [var.secret_header_value]
}

run "timeout_above_30_seconds" {
  command = plan

  variables {
    timeout_milliseconds = 30001
  }

  expect_failures = [var.timeout_milliseconds]
}
