# The domain name for clients with a certificate, and the endpoint for those without.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  client_mtls = var.truststore
}

run "domain" {
  command = plan

  variables {
    stage = { name = "live" }
  }

  override_resource {
    target          = aws_apigatewayv2_domain_name.client_mtls
    override_during = plan
    values = {
      id = "api.example.com"
      domain_name_configuration = {
        target_domain_name = "d-a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"
        hosted_zone_id     = "Z1U9ULNL0V5AJ3"
      }
    }
  }

  expect_failures = [check.clients_need_a_certificate]

  assert {
    condition = jsonencode({
      name          = aws_apigatewayv2_domain_name.client_mtls[0].domain_name
      configuration = [for one in aws_apigatewayv2_domain_name.client_mtls[0].domain_name_configuration : [one.certificate_arn, one.endpoint_type, one.security_policy]]
      mutual_tls    = [for one in aws_apigatewayv2_domain_name.client_mtls[0].mutual_tls_authentication : [one.truststore_uri, one.truststore_version]]
      }) == jsonencode({
      name          = "api.example.com"
      configuration = [[var.truststore.certificate_arn, "REGIONAL", "TLS_1_2"]]
      mutual_tls    = [["s3://shop-truststore/clients.pem", "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY"]]
    })
    error_message = "The domain does not demand a certificate of the truststore."
  }

  assert {
    condition     = jsonencode([aws_apigatewayv2_api_mapping.stage[0].api_id, aws_apigatewayv2_api_mapping.stage[0].domain_name, aws_apigatewayv2_api_mapping.stage[0].stage, aws_apigatewayv2_api_mapping.stage[0].api_mapping_key]) == jsonencode(["a1b2c3d4e5", "api.example.com", "live", null])
    error_message = "The domain does not lead to the API's stage."
  }

  assert {
    condition     = length(aws_apigatewayv2_api.adopted) == 0
    error_message = "The API is adopted without being asked."
  }

  assert {
    condition     = output.client_domain == { name = "api.example.com", target_domain_name = "d-a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com", hosted_zone_id = "Z1U9ULNL0V5AJ3" }
    error_message = "The DNS record's target is not told."
  }
}

run "certificate_that_was_imported_and_a_part_of_the_path" {
  command = plan

  variables {
    client_mtls = merge(var.truststore, {
      api_mapping_key                        = "shop/v1"
      ownership_verification_certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/11234567-89ab-cdef-0123-456789abcdef"
    })
  }

  expect_failures = [check.clients_need_a_certificate]

  assert {
    condition     = aws_apigatewayv2_domain_name.client_mtls[0].domain_name_configuration[0].ownership_verification_certificate_arn == "arn:aws:acm:eu-central-1:123456789012:certificate/11234567-89ab-cdef-0123-456789abcdef" && aws_apigatewayv2_api_mapping.stage[0].api_mapping_key == "shop/v1"
    error_message = "The arguments do not arrive."
  }
}

# Without expect_failures: the check is quiet.
run "endpoint_that_its_owner_disabled" {
  command = plan

  override_data {
    target = data.aws_apigatewayv2_api.this
    values = { protocol_type = "HTTP", disable_execute_api_endpoint = true }
  }

  assert {
    condition     = length(aws_apigatewayv2_api.adopted) == 0
    error_message = "The API is adopted without being asked."
  }
}

run "endpoint_disabled" {
  command = plan

  variables {
    tags        = { team = "edge" }
    client_mtls = merge(var.truststore, { default_endpoint = "disabled" })
  }

  assert {
    condition     = aws_apigatewayv2_api.adopted[0].disable_execute_api_endpoint && aws_apigatewayv2_api.adopted[0].name == "shop" && aws_apigatewayv2_api.adopted[0].tags == null
    error_message = "The endpoint is not disabled, or something else of the API changed."
  }
}

run "endpoint_enabled_again" {
  command = plan

  variables {
    client_mtls = merge(var.truststore, { default_endpoint = "enabled" })
  }

  override_data {
    target = data.aws_apigatewayv2_api.this
    values = { protocol_type = "HTTP", disable_execute_api_endpoint = true, name = "shop" }
  }

  expect_failures = [check.clients_need_a_certificate]

  assert {
    condition     = !aws_apigatewayv2_api.adopted[0].disable_execute_api_endpoint
    error_message = "The endpoint stays disabled."
  }
}
