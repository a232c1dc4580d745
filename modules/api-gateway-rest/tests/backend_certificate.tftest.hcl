# The certificate by which the node knows API Gateway: which one the stage shows, and when it ends.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  node = { host = "node.example.com", protocol = "HTTPS" }
}

run "none" {
  command = plan

  assert {
    condition     = aws_api_gateway_stage.adopted[0].client_certificate_id == null && output.backend_certificate_pem == null
    error_message = "The stage shows a certificate that nobody asked for."
  }
}

run "the_one_of_today" {
  command = plan

  variables {
    stage = { name = "live", client_certificate_id = "theirs" }
  }

  assert {
    condition     = aws_api_gateway_stage.adopted[0].client_certificate_id == "theirs"
    error_message = "The stage no longer shows what it shows today."
  }
}

run "two" {
  command = plan

  variables {
    stage               = { name = "live", client_certificate_id = "theirs" }
    backend_certificate = { names = ["2026", "2027"], active = "2027" }
  }

  override_resource {
    target          = aws_api_gateway_client_certificate.backend["2027"]
    override_during = plan
    values = {
      id                      = "certificate2"
      expiration_date         = "2999-02-28 00:00:00 +0000 UTC"
      pem_encoded_certificate = "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n"
    }
  }

  assert {
    condition     = aws_api_gateway_stage.adopted[0].client_certificate_id == "certificate2" && output.client_certificate_id == "certificate2"
    error_message = "The stage does not show the active certificate."
  }

  assert {
    condition     = output.backend_certificate_pem == "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----"
    error_message = "The node is not told both certificates."
  }

  assert {
    condition     = output.backend_certificate_expirations == { "2026" = "2999-01-31T00:00:00Z", "2027" = "2999-02-28T00:00:00Z" }
    error_message = "It is not said when they end."
  }
}

run "one_that_ends_soon" {
  command = plan

  variables {
    backend_certificate = { names = ["2026"], active = "2026" }
  }

  override_resource {
    target          = aws_api_gateway_client_certificate.backend["2026"]
    override_during = plan
    values          = { expiration_date = "2020-01-31 00:00:00 +0000 UTC" }
  }

  expect_failures = [check.backend_certificates_last]
}
