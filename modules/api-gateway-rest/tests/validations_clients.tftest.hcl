# Every rule on resource_policy, backend_certificate and client_mtls refuses a value. Each run breaks one
# rule, and __tests__/modules/messages-api-gateway-rest.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "policy_for_nobody" {
  command = plan

  variables {
    resource_policy = {}
  }

  expect_failures = [var.resource_policy]
}

run "policy_by_vpc_for_the_internet" {
  command = plan

  variables {
    resource_policy = { source_vpc_ids = ["vpc-0123456789abcdef0"] }
  }

  expect_failures = [var.resource_policy]
}

run "policy_by_endpoint_for_the_edge" {
  command = plan

  variables {
    rest_api        = { id = "a1b2c3d4e5", endpoint_type = "EDGE" }
    resource_policy = { source_vpc_endpoint_ids = ["vpce-0123456789abcdef0"] }
  }

  expect_failures = [var.resource_policy]
}

run "policy_by_address_for_a_private_api" {
  command = plan

  variables {
    rest_api        = { id = "a1b2c3d4e5", endpoint_type = "PRIVATE" }
    resource_policy = { source_cidrs = ["203.0.113.0/24"] }
  }

  expect_failures = [var.resource_policy]
}

run "policy_that_looks_at_what_the_internet_has_not" {
  command = plan

  variables {
    resource_policy = { source_cidrs = ["203.0.113.0/24"], policy_documents = [jsonencode({ Statement = [{ Effect = "Deny", Principal = "*", Action = "execute-api:Invoke", Resource = "execute-api:/*", Condition = { StringNotEquals = { "aws:sourceVpce" = "vpce-0123456789abcdef0" } } }] })] }
  }

  expect_failures = [var.resource_policy]
}

run "policy_that_looks_at_what_a_private_api_has_not" {
  command = plan

  variables {
    rest_api        = { id = "a1b2c3d4e5", endpoint_type = "PRIVATE" }
    resource_policy = { source_vpc_ids = ["vpc-0123456789abcdef0"], policy_documents = [jsonencode({ Statement = [{ Effect = "Deny", Principal = "*", Action = "execute-api:Invoke", Resource = "execute-api:/*", Condition = { NotIpAddress = { "aws:SourceIp" = "10.0.0.0/8" } } }] })] }
  }

  expect_failures = [var.resource_policy]
}

run "policy_without_an_allow" {
  command = plan

  variables {
    resource_policy = { policy_documents = [jsonencode({ Statement = [{ Effect = "Deny", Principal = "*", Action = "execute-api:Invoke", Resource = "execute-api:/live/DELETE/*" }] })] }
  }

  expect_failures = [var.resource_policy]
}

run "policy_that_denies_everybody" {
  command = plan

  variables {
    resource_policy = { source_cidrs = ["203.0.113.0/24"], policy_documents = [jsonencode({ Statement = [{ Effect = "Deny", Principal = { AWS = "*" }, Action = "execute-api:*", Resource = ["execute-api:/*"] }] })] }
  }

  expect_failures = [var.resource_policy]
}

run "policy_document_by_file_name" {
  command = plan

  variables {
    resource_policy = { source_cidrs = ["203.0.113.0/24"], policy_documents = ["policy.json"] }
  }

  expect_failures = [var.resource_policy]
}

run "policy_by_vpc_name" {
  command = plan

  variables {
    rest_api        = { id = "a1b2c3d4e5", endpoint_type = "PRIVATE" }
    resource_policy = { source_vpc_ids = ["shop"] }
  }

  expect_failures = [var.resource_policy]
}

run "policy_by_vpc_as_endpoint" {
  command = plan

  variables {
    rest_api        = { id = "a1b2c3d4e5", endpoint_type = "PRIVATE" }
    resource_policy = { source_vpc_endpoint_ids = ["vpc-0123456789abcdef0"] }
  }

  expect_failures = [var.resource_policy]
}

run "policy_by_address_without_a_length" {
  command = plan

  variables {
    resource_policy = { source_cidrs = ["203.0.113.7"] }
  }

  expect_failures = [var.resource_policy]
}

run "policy_by_private_address" {
  command = plan

  variables {
    resource_policy = { source_cidrs = ["10.1.0.0/16"] }
  }

  expect_failures = [var.resource_policy]
}

run "policy_by_any_address" {
  command = plan

  variables {
    resource_policy = { source_cidrs = ["::/0"] }
  }

  expect_failures = [var.resource_policy]
}

run "certificate_without_tls" {
  command = plan

  variables {
    backend_certificate = { names = ["first"], active = "first" }
  }

  expect_failures = [var.backend_certificate]
}

run "certificate_that_is_not_there" {
  command = plan

  variables {
    node                = { host = "node.internal", protocol = "HTTPS" }
    backend_certificate = { names = ["first"], active = "second" }
  }

  expect_failures = [var.backend_certificate]
}

run "certificate_name_with_a_space" {
  command = plan

  variables {
    node                = { host = "node.internal", protocol = "HTTPS" }
    backend_certificate = { names = ["the first"], active = "the first" }
  }

  expect_failures = [var.backend_certificate]
}

run "certificate_warning_from_the_first_day" {
  command = plan

  variables {
    node                = { host = "node.internal", protocol = "HTTPS" }
    backend_certificate = { names = ["first"], active = "first", warn_days = 365 }
  }

  expect_failures = [var.backend_certificate]
}

run "mtls_of_a_private_api" {
  command = plan

  variables {
    rest_api = { id = "a1b2c3d4e5", endpoint_type = "PRIVATE" }
    client_mtls = {
      domain_name        = "api.example.com"
      certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000"
      truststore_uri     = "s3://truststore/clients.pem"
      truststore_version = "v1"
    }
  }

  expect_failures = [var.client_mtls]
}

run "mtls_domain_in_upper_case" {
  command = plan

  variables {
    client_mtls = merge({
      domain_name        = "api.example.com"
      certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000"
      truststore_uri     = "s3://truststore/clients.pem"
      truststore_version = "v1"
    }, { domain_name = "API.example.com" })
  }

  expect_failures = [var.client_mtls]
}

run "mtls_certificate_of_iam" {
  command = plan

  variables {
    client_mtls = merge({
      domain_name        = "api.example.com"
      certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000"
      truststore_uri     = "s3://truststore/clients.pem"
      truststore_version = "v1"
    }, { certificate_arn = "arn:aws:iam::123456789012:server-certificate/api" })
  }

  expect_failures = [var.client_mtls]
}

run "mtls_ownership_by_name" {
  command = plan

  variables {
    client_mtls = merge({
      domain_name        = "api.example.com"
      certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000"
      truststore_uri     = "s3://truststore/clients.pem"
      truststore_version = "v1"
    }, { ownership_verification_certificate_arn = "api.example.com" })
  }

  expect_failures = [var.client_mtls]
}

run "mtls_truststore_by_https" {
  command = plan

  variables {
    client_mtls = merge({
      domain_name        = "api.example.com"
      certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000"
      truststore_uri     = "s3://truststore/clients.pem"
      truststore_version = "v1"
    }, { truststore_uri = "https://truststore.s3.amazonaws.com/clients.pem" })
  }

  expect_failures = [var.client_mtls]
}

run "mtls_truststore_without_a_version" {
  command = plan

  variables {
    client_mtls = merge({
      domain_name        = "api.example.com"
      certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000"
      truststore_uri     = "s3://truststore/clients.pem"
      truststore_version = "v1"
    }, { truststore_version = "" })
  }

  expect_failures = [var.client_mtls]
}

run "mtls_base_path_with_a_slash" {
  command = plan

  variables {
    client_mtls = merge({
      domain_name        = "api.example.com"
      certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000"
      truststore_uri     = "s3://truststore/clients.pem"
      truststore_version = "v1"
    }, { base_path = "shop/v1" })
  }

  expect_failures = [var.client_mtls]
}

run "mtls_endpoint_closed" {
  command = plan

  variables {
    client_mtls = merge({
      domain_name        = "api.example.com"
      certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000"
      truststore_uri     = "s3://truststore/clients.pem"
      truststore_version = "v1"
    }, { default_endpoint = "closed" })
  }

  expect_failures = [var.client_mtls]
}
