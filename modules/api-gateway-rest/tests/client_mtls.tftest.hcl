# The domain for clients with a certificate, and the end of the endpoint for those without.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  client_mtls = {
    domain_name        = "api.example.com"
    certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000"
    truststore_uri     = "s3://truststore/clients.pem"
    truststore_version = "v1"
    base_path          = "shop"
  }
}

run "domain" {
  command = plan

  assert {
    condition = jsonencode([for domain in aws_api_gateway_domain_name.client_mtls : [
      domain.domain_name, domain.regional_certificate_arn, domain.security_policy, domain.endpoint_configuration[0].types, domain.mutual_tls_authentication
      ]]) == jsonencode([[
      "api.example.com", "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000", "TLS_1_2", ["REGIONAL"],
      [{ truststore_uri = "s3://truststore/clients.pem", truststore_version = "v1" }],
    ]])
    error_message = "The domain does not demand a certificate of the truststore."
  }

  assert {
    condition     = jsonencode([for mapping in aws_api_gateway_base_path_mapping.client_mtls : [mapping.api_id, mapping.stage_name, mapping.base_path, mapping.domain_name]]) == jsonencode([["a1b2c3d4e5", "live", "shop", "api.example.com"]])
    error_message = "The domain does not lead to the API."
  }

  assert {
    condition     = jsonencode(output.client_domain) == jsonencode({ hosted_zone_id = "Z2FDTNDATAQYW2", name = "api.example.com", target_domain_name = "d-0123456789.execute-api.eu-central-1.amazonaws.com" })
    error_message = "What DNS needs is not said."
  }

  assert {
    condition     = length(aws_api_gateway_rest_api.adopted) == 0
    error_message = "The API is taken from its owner."
  }
}

run "none" {
  command = plan

  variables {
    client_mtls = null
  }

  assert {
    condition     = length(aws_api_gateway_domain_name.client_mtls) + length(aws_api_gateway_base_path_mapping.client_mtls) == 0 && output.client_domain == null
    error_message = "There is a domain that nobody asked for."
  }
}

# Without expect_failures: the check is quiet.
run "default_endpoint_disabled" {
  command = plan

  variables {
    client_mtls = merge(var.client_mtls, { default_endpoint = "disabled" })
  }

  assert {
    condition     = aws_api_gateway_rest_api.adopted[0].disable_execute_api_endpoint == true
    error_message = "Clients without a certificate are still answered."
  }
}

run "default_endpoint_enabled" {
  command = plan

  variables {
    client_mtls = merge(var.client_mtls, { default_endpoint = "enabled" })
  }

  expect_failures = [check.clients_need_a_certificate]

  assert {
    condition     = aws_api_gateway_rest_api.adopted[0].disable_execute_api_endpoint == false
    error_message = "The endpoint is not given back."
  }
}
