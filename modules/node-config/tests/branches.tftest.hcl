# What each optional part adds.

variables {
  backend      = { url = "http://app.internal" }
  entry_points = []
  token_secret = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf", json_key = "token" }
}

run "a_header_from_secrets" {
  command = plan

  variables {
    secret_header = {
      name    = "X-CloudFront-Secret"
      secrets = [{ arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:header-AbCdEf" }]
    }
  }

  assert {
    condition     = strcontains(output.nginx_http_snippet, "map $http_x_cloudfront_secret ") && strcontains(output.nginx_server_snippet, "proxy_set_header X-CloudFront-Secret \"\";")
    error_message = "The header is not checked, or passed on."
  }

  assert {
    condition     = [for secret in output.ecs_container.secrets : secret.valueFrom] == ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf:token::", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:header-AbCdEf"]
    error_message = "The container does not get its secrets by ARN."
  }
}

run "tls_with_a_client_certificate" {
  command = plan

  variables {
    listener           = { port = 443, http2 = true, tls_certificate_secret = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:node-AbCdEf" } }
    client_certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
  }

  assert {
    condition     = strcontains(output.nginx_server_snippet, "listen 443 default_server ssl http2;") && strcontains(output.nginx_server_snippet, "ssl_verify_client optional;")
    error_message = "The port does not speak TLS, or asks for no certificate."
  }

  assert {
    condition     = output.nginx_files["client-ca.pem"] == "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    error_message = "The certificate is not among the files."
  }
}

run "user_data_that_is_too_long" {
  command = plan

  variables {
    snippets = { http = join("\n", [for number in range(1000) : "# ${sha256(number)}"]) }
  }

  expect_failures = [output.user_data_gzip]
}
