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
    condition     = strcontains(output.nginx_http_snippet, "map $http_x_cloudfront_secret ") && strcontains(output.nginx_files["application.conf"], "proxy_set_header X-CloudFront-Secret \"\";")
    error_message = "The header is not checked, or passed on."
  }

  assert {
    condition     = [for secret in output.ecs_container.secrets : secret.valueFrom] == ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf:token::", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:header-AbCdEf"]
    error_message = "The container does not get its secrets by ARN."
  }
}

run "secrets_to_read" {
  command = plan

  variables {
    listener = { port = 443, tls_certificate_secret = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:node-AbCdEf" } }
    secret_header = {
      name = "X-CloudFront-Secret"
      secrets = [
        { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:header-AbCdEf", json_key = "blue" },
        { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:header-AbCdEf", json_key = "green" },
      ]
    }
  }

  assert {
    condition = output.secret_arns == tolist([
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf",
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:node-AbCdEf",
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:header-AbCdEf",
    ])
    error_message = "A role with these secrets cannot boot the node, or can read more than that."
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

run "a_trusted_proxy_reports_the_protocol" {
  command = plan

  variables {
    trusted_proxies = { cidrs = ["10.0.0.0/24"] }
  }

  assert {
    condition     = strcontains(output.nginx_server_snippet, "real_ip_header X-Forwarded-For;") && strcontains(output.nginx_server_snippet, "return 419;")
    error_message = "Other senders can report the protocol, too."
  }
}

run "a_trusted_proxy_cannot_report_the_protocol" {
  command = plan

  variables {
    trusted_proxies = { cidrs = ["10.0.0.0/24"], client_protocol = "https" }
  }

  assert {
    condition     = strcontains(output.nginx_server_snippet, "proxy_set_header X-Forwarded-Proto https;") && !strcontains(output.nginx_server_snippet, "return 419;")
    error_message = "The protocol is not that of the clients."
  }
}

run "the_client_is_in_a_header_that_nginx_can_read" {
  command = plan

  variables {
    trusted_proxies = { cidrs = ["10.0.0.0/24"], client_header = "X-Source-Ip" }
  }

  assert {
    condition     = strcontains(output.nginx_server_snippet, "real_ip_header X-Source-Ip;") && strcontains(output.nginx_files["application.conf"], "proxy_set_header X-Source-Ip $remote_addr;")
    error_message = "The client is not the one in X-Source-Ip."
  }

  assert {
    condition     = !strcontains(output.nginx_http_snippet, "$wallarm_routing_client ") && strcontains(output.nginx_server_snippet, "return 418;")
    error_message = "Every request passes nginx twice."
  }
}

run "the_client_is_in_forwarded" {
  command = plan

  variables {
    trusted_proxies = { cidrs = ["10.0.0.0/24"], client_header = "Forwarded", client_protocol = "https" }
  }

  assert {
    condition     = strcontains(output.nginx_http_snippet, "map \"$wallarm_routing_trusted$http_forwarded\" $wallarm_routing_client {") && strcontains(output.nginx_http_snippet, "*for=")
    error_message = "The header is not translated."
  }

  assert {
    condition     = strcontains(output.nginx_files["second-pass.conf"], "set_real_ip_from 10.0.0.0/24;") && !strcontains(output.nginx_server_snippet, "real_ip_header")
    error_message = "The first pass takes the client's address from a header."
  }
}

run "the_client_is_the_viewer_of_cloudfront" {
  command = plan

  variables {
    trusted_proxies = { cidrs = ["10.0.0.0/24"], client_header = "CloudFront-Viewer-Address", client_protocol = "https" }
  }

  assert {
    condition     = strcontains(output.nginx_http_snippet, "?<wallarm_routing_viewer>") && !strcontains(output.nginx_server_snippet, "underscores_in_headers")
    error_message = "A client can claim another address in CloudFront_Viewer_Address."
  }
}

run "tls_for_the_host_of_the_request" {
  command = plan

  variables {
    backend = { url = "https://app.internal", tls_server_name_from_request = true, tls_ca_certificates = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" }
  }

  assert {
    condition     = strcontains(output.nginx_server_snippet, "proxy_ssl_name $host;") && strcontains(output.nginx_server_snippet, "proxy_ssl_verify on;")
    error_message = "The certificate is not verified for the host of the request."
  }

  assert {
    condition     = strcontains(output.nginx_server_snippet, "proxy_ssl_trusted_certificate wallarm-routing/backend-ca-0.pem;") && output.nginx_files["backend-ca-0.pem"] == "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    error_message = "The CA certificates are not among the files."
  }
}

run "several_applications" {
  command = plan

  variables {
    backend = null
    backends = [
      { hosts = ["shop.example.com"], paths = ["/api/*"], url = "http://api.internal", response_timeout = 20 },
      { hosts = ["*"], url = "https://shop.internal" },
    ]
  }

  assert {
    condition     = strcontains(output.nginx_server_snippet, "return 421;") && !strcontains(output.nginx_server_snippet, "internal")
    error_message = "A request that no application is meant for reaches one."
  }

  assert {
    condition     = strcontains(output.nginx_http_snippet, "\"~^(?:shop[.]example[.]com) (?:/api/[^?]*)(?:[?]|\\z)\" 0;") && strcontains(output.nginx_http_snippet, "\"1 1\" 18085;")
    error_message = "The applications are not chosen by host and path."
  }

  assert {
    condition     = length(regexall("proxy_read_timeout (20|53)s;", output.nginx_files["second-pass.conf"])) == 2
    error_message = "The applications do not have timeouts of their own."
  }

  assert {
    condition     = strcontains(output.user_data, "--proxy-pass 'http://127.0.0.1:9'")
    error_message = "The image's own configuration has an application."
  }
}

run "user_data_that_is_too_long" {
  command = plan

  variables {
    snippets = { http = join("\n", [for number in range(1000) : "# ${sha256(number)}"]) }
  }

  expect_failures = [output.user_data_gzip]
}
