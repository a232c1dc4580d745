# What the API does at each share: where the integrations lead, and what the stage serves.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "at_0_everything_is_the_application_s" {
  command = plan

  variables {
    node_traffic_percent = 0
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition = jsonencode({ for name, integration in aws_api_gateway_integration.adopted : name => [integration.type, integration.integration_http_method, integration.uri, integration.connection_type, integration.connection_id] }) == jsonencode({
      "GET /orders"      = ["HTTP_PROXY", "GET", "https://shop.example.com/orders", "INTERNET", null]
      "GET /orders/{id}" = ["HTTP_PROXY", "GET", "https://shop.example.com/orders/{id}", "INTERNET", null]
    })
    error_message = "The integrations do not lead where they lead today."
  }

  assert {
    condition     = aws_api_gateway_stage.adopted[0].deployment_id == "owner1" && length(aws_api_gateway_stage.adopted[0].canary_settings) == 0
    error_message = "The stage does not serve what it serves today."
  }

  assert {
    condition     = terraform_data.routing.input.entry_points["GET /orders"].application_uri == "https://shop.example.com/orders"
    error_message = "The contract does not say where the requests go."
  }
}

run "at_0_without_the_application_s_deployment" {
  command = plan

  variables {
    node_traffic_percent = 0
    stage                = { name = "live" }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = aws_api_gateway_stage.adopted[0].deployment_id == aws_api_gateway_deployment.routing[0].id
    error_message = "The stage does not serve the application's integrations."
  }
}

run "canary" {
  command = plan

  variables {
    node_traffic_percent = 10
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = aws_api_gateway_integration.adopted["GET /orders"].connection_type == "VPC_LINK"
    error_message = "What is deployed for the canary does not lead to the node."
  }

  assert {
    condition     = aws_api_gateway_stage.adopted[0].deployment_id == "owner1"
    error_message = "The other requests do not get what they get today."
  }

  assert {
    condition = [for canary in aws_api_gateway_stage.adopted[0].canary_settings : [canary.deployment_id, canary.percent_traffic]] == [
      [aws_api_gateway_deployment.routing[0].id, 10],
    ]
    error_message = "The canary does not get its share from the module's deployment."
  }

  assert {
    condition     = terraform_data.routing.input.entry_points["GET /orders"].application_uri == "https://shop.example.com/orders"
    error_message = "The contract does not say that requests go around the node."
  }
}

# Without expect_failures: the check is quiet.
run "at_100_everything_is_the_node_s" {
  command = plan

  assert {
    condition = { for name, integration in aws_api_gateway_integration.adopted : name => [integration.uri, integration.connection_type, integration.connection_id] } == {
      "GET /orders"      = ["http://node.example.com/orders", "VPC_LINK", "link01"]
      "GET /orders/{id}" = ["http://node.example.com/orders/{id}", "VPC_LINK", "link01"]
    }
    error_message = "The integrations do not lead to the node."
  }

  assert {
    condition     = aws_api_gateway_stage.adopted[0].deployment_id == aws_api_gateway_deployment.routing[0].id && length(aws_api_gateway_stage.adopted[0].canary_settings) == 0
    error_message = "The stage does not serve the node to everybody."
  }

  assert {
    condition     = terraform_data.routing.input.entry_points["GET /orders"].application_uri == null
    error_message = "The contract names the application after the cutover."
  }
}

# A trigger changes with all that is deployed, and with nothing else.

run "same" {
  command = plan

  variables {
    stage = { name = "live" }
  }

  assert {
    condition     = output.redeployment_trigger == run.at_100_everything_is_the_node_s.redeployment_trigger
    error_message = "The same API would be deployed again."
  }
}

run "other_policy" {
  command = plan

  variables {
    resource_policy = { source_cidrs = ["203.0.113.0/24"] }
  }

  assert {
    condition     = output.redeployment_trigger != run.at_100_everything_is_the_node_s.redeployment_trigger
    error_message = "A policy would not be deployed."
  }
}

run "other_timeout" {
  command = plan

  variables {
    node = { host = "node.example.com", timeout_milliseconds = 10000 }
  }

  assert {
    condition     = output.redeployment_trigger != run.at_100_everything_is_the_node_s.redeployment_trigger
    error_message = "A timeout would not be deployed."
  }
}

run "secret_header" {
  command = plan

  variables {
    secret_header        = { name = "X-Gateway-Secret" }
    secret_header_values = { blue = "0123456789abcdefghijklmnopqrstuv" }
  }

  assert {
    condition     = output.redeployment_trigger != run.at_100_everything_is_the_node_s.redeployment_trigger
    error_message = "A secret header would not be deployed."
  }

  assert {
    condition     = nonsensitive(aws_api_gateway_integration.adopted["GET /orders"].request_parameters["integration.request.header.X-Gateway-Secret"]) == "'0123456789abcdefghijklmnopqrstuv'"
    error_message = "The header is not sent to the node."
  }

  assert {
    condition     = !strcontains(jsonencode(output.integrations), "0123456789abcdefghijklmnopqrstuv")
    error_message = "The value is in an output that is shown."
  }
}

run "another_secret_header" {
  command = plan

  variables {
    secret_header        = { name = "X-Gateway-Secret" }
    secret_header_values = { blue = "vutsrqponmlkjihgfedcba9876543210" }
  }

  assert {
    condition     = output.redeployment_trigger != run.secret_header.redeployment_trigger
    error_message = "Another value would not be deployed."
  }
}

run "no_secret_header_for_the_application" {
  command = plan

  variables {
    node_traffic_percent = 0
    secret_header        = { name = "X-Gateway-Secret" }
    secret_header_values = { blue = "0123456789abcdefghijklmnopqrstuv" }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = !contains(keys(aws_api_gateway_integration.adopted["GET /orders"].request_parameters), "integration.request.header.X-Gateway-Secret")
    error_message = "The application would get the header."
  }
}

run "disabled_default_endpoint" {
  command = plan

  variables {
    client_mtls = {
      domain_name        = "api.example.com"
      certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000"
      truststore_uri     = "s3://truststore/clients.pem"
      truststore_version = "v1"
      default_endpoint   = "disabled"
    }
  }

  assert {
    condition     = output.redeployment_trigger != run.at_100_everything_is_the_node_s.redeployment_trigger
    error_message = "The end of the default endpoint would not be deployed, and AWS would go on answering there."
  }
}

run "triggers_of_the_caller" {
  command = plan

  variables {
    redeployment_triggers = { api = "hash" }
  }

  assert {
    condition     = aws_api_gateway_deployment.routing[0].triggers == tomap({ api = "hash", routing = output.redeployment_trigger })
    error_message = "The caller's triggers do not make a deployment."
  }
}
