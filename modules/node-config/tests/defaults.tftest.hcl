# What a call with nothing but the required variables renders.

variables {
  backend      = { url = "http://app.internal:8080/" }
  entry_points = ["shop.example.com"]
  token_secret = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf" }
}

run "the_node_checks_no_header_and_believes_nobody" {
  command = plan

  assert {
    condition     = strcontains(output.nginx_http_snippet, "  default \"\";\n  \"~^/wallarm-node-health\\z\" \"\";")
    error_message = "A request is refused though nothing is demanded of it."
  }

  assert {
    condition     = !strcontains(output.nginx_server_snippet, "set_real_ip_from") && strcontains(output.nginx_http_snippet, "geo $realip_remote_addr $wallarm_routing_trusted {\n  default 0;\n}")
    error_message = "Some proxy is trusted to report the client of a request."
  }

  assert {
    condition     = !strcontains(output.nginx_server_snippet, "listen ")
    error_message = "A port is added to the one that the image listens on."
  }
}

run "the_node_monitors_and_waits_as_long_as_an_alb" {
  command = plan

  assert {
    condition     = strcontains(output.nginx_server_snippet, "wallarm_mode monitoring;") && strcontains(output.user_data, "-m monitoring ")
    error_message = "The mode is not monitoring."
  }

  assert {
    condition     = strcontains(output.nginx_server_snippet, "proxy_read_timeout 53s;")
    error_message = "The node does not give up just before the 60 seconds of an ALB."
  }

  assert {
    condition     = strcontains(output.nginx_server_snippet, "resolver 169.254.169.253 ipv6=off;")
    error_message = "The backend's name is not resolved by the resolver of the VPC."
  }
}

run "the_files_are_the_snippets_alone" {
  command = plan

  assert {
    condition     = output.nginx_files == { "http.conf" = output.nginx_http_snippet, "server.conf" = output.nginx_server_snippet }
    error_message = "There are other files than http.conf and server.conf."
  }

  assert {
    condition     = output.health_path == "/wallarm-node-health"
    error_message = "The health check has another path."
  }
}
