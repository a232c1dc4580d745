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
    condition     = output.secret_arns == tolist(["arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf"])
    error_message = "The node reads something else than its token."
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

run "the_files_are_those_that_nginx_needs_in_any_case" {
  command = plan

  assert {
    condition     = keys(output.nginx_files) == ["application.conf", "first-pass.conf", "http.conf", "second-pass.conf", "server.conf"]
    error_message = "There are other files."
  }

  assert {
    condition     = output.nginx_files["http.conf"] == output.nginx_http_snippet && output.nginx_files["server.conf"] == output.nginx_server_snippet
    error_message = "The snippets are not in http.conf and server.conf."
  }

  assert {
    condition     = output.health_path == "/wallarm-node-health"
    error_message = "The health check has another path."
  }
}

run "streams_can_be_idle_for_as_long_as_any_entry_point_allows" {
  command = plan

  assert {
    condition     = strcontains(output.nginx_files["second-pass.conf"], "listen 127.0.0.1:18083;") && strcontains(output.nginx_files["second-pass.conf"], "proxy_read_timeout 6000s;")
    error_message = "The node closes WebSockets before the entry point does."
  }
}

run "headers_with_any_name_reach_the_application_but_none_that_looks_like_one_of_the_node" {
  command = plan

  assert {
    condition     = strcontains(output.nginx_server_snippet, "underscores_in_headers on;\nignore_invalid_headers off;")
    error_message = "nginx drops headers."
  }

  assert {
    condition     = length(regexall("proxy_set_header X[-_.]Real[-_.]IP \"\";", output.nginx_files["application.conf"])) == 8
    error_message = "Not all forms of X-Real-IP are removed."
  }
}
