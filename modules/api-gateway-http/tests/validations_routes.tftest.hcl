# Every rule on routes, accepted_routes, all_routes and client_mtls refuses a value. Each run breaks one rule, and
# __tests__/modules/messages-api-gateway-http.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "route_key_twice" {
  command = plan

  variables {
    routes = { a = var.orders, b = var.orders }
  }

  expect_failures = [var.routes]
}

run "path_with_a_parameter_of_another_route" {
  command = plan

  variables {
    routes = { orders = merge(var.orders, { path = "/v1/$request.path.proxy/$request.path.id" }) }
  }

  expect_failures = [var.routes]
}

run "new_route_without_an_authorization" {
  command = plan

  variables {
    routes = { orders = merge(var.orders, { route_id = null }) }
  }

  expect_failures = [var.routes]
}

run "existing_route_with_an_authorization" {
  command = plan

  variables {
    routes = { orders = merge(var.orders, { authorization = { type = "NONE" } }) }
  }

  expect_failures = [var.routes]
}

run "route_key_of_a_websocket" {
  command = plan

  variables {
    routes = { orders = merge(var.orders, { route_key = "$connect", path = "/" }) }
  }

  expect_failures = [var.routes]
}

run "route_by_its_key" {
  command = plan

  variables {
    routes = { orders = merge(var.orders, { route_id = "GET /orders" }) }
  }

  expect_failures = [var.routes]
}

run "route_with_a_target" {
  command = plan

  variables {
    routes = { orders = merge(var.orders, { application_integration_id = "integrations/i0000002" }) }
  }

  expect_failures = [var.routes]
}

run "route_path_without_a_slash" {
  command = plan

  variables {
    routes = { orders = merge(var.orders, { path = "orders" }) }
  }

  expect_failures = [var.routes]
}

run "authorization_without_an_authorizer" {
  command = plan

  variables {
    routes = { rest = { route_key = "ANY /{proxy+}", application_integration_id = "i0000003", authorization = { type = "JWT" } } }
  }

  expect_failures = [var.routes]
}

run "authorizer_that_nobody_asks" {
  command = plan

  variables {
    routes = { rest = { route_key = "ANY /{proxy+}", application_integration_id = "i0000003", authorization = { type = "AWS_IAM", authorizer_id = "j0000001" } } }
  }

  expect_failures = [var.routes]
}

run "scopes_of_a_function" {
  command = plan

  variables {
    routes = { rest = { route_key = "ANY /{proxy+}", application_integration_id = "i0000003", authorization = { type = "CUSTOM", authorizer_id = "j0000001", scopes = ["shop"] } } }
  }

  expect_failures = [var.routes]
}

run "authorization_by_key" {
  command = plan

  variables {
    routes = { rest = { route_key = "ANY /{proxy+}", application_integration_id = "i0000003", authorization = { type = "API_KEY" } } }
  }

  expect_failures = [var.routes]
}

run "authorizer_by_name" {
  command = plan

  variables {
    routes = { rest = { route_key = "ANY /{proxy+}", application_integration_id = "i0000003", authorization = { type = "JWT", authorizer_id = "Cognito" } } }
  }

  expect_failures = [var.routes]
}

run "scope_twice" {
  command = plan

  variables {
    routes = { rest = { route_key = "ANY /{proxy+}", application_integration_id = "i0000003", authorization = { type = "JWT", authorizer_id = "j0000001", scopes = ["shop", "shop"] } } }
  }

  expect_failures = [var.routes]
}

run "accepted_route_twice" {
  command = plan

  variables {
    accepted_routes = ["GET /status", "GET /status"]
  }

  expect_failures = [var.accepted_routes]
}

run "accepted_route_without_a_method" {
  command = plan

  variables {
    accepted_routes = ["/status"]
  }

  expect_failures = [var.accepted_routes]
}

run "listed_route_with_a_target" {
  command = plan

  variables {
    all_routes      = { "GET /orders" = "integrations/i0000002" }
    accepted_routes = ["GET /orders"]
  }

  expect_failures = [var.all_routes]
}

run "routes_around_the_node" {
  command = plan

  variables {
    all_routes   = { "$default" = "i0000001", "GET /orders/{id}" = "i0000002", "GET /forgotten" = "i0000002", "GET /status" = "i0000003" }
    integrations = { shop = var.shop }
    routes       = { orders = var.orders }
  }

  expect_failures = [var.all_routes]
}

run "domain_in_capitals" {
  command = plan

  variables {
    client_mtls = merge(var.truststore, { domain_name = "API.example.com" })
  }

  expect_failures = [var.client_mtls]
}

run "certificate_of_iam" {
  command = plan

  variables {
    client_mtls = merge(var.truststore, { certificate_arn = "arn:aws:iam::123456789012:server-certificate/shop" })
  }

  expect_failures = [var.client_mtls]
}

run "ownership_by_domain" {
  command = plan

  variables {
    client_mtls = merge(var.truststore, { ownership_verification_certificate_arn = "api.example.com" })
  }

  expect_failures = [var.client_mtls]
}

run "truststore_on_the_web" {
  command = plan

  variables {
    client_mtls = merge(var.truststore, { truststore_uri = "https://shop-truststore.s3.amazonaws.com/clients.pem" })
  }

  expect_failures = [var.client_mtls]
}

run "truststore_without_a_version" {
  command = plan

  variables {
    client_mtls = merge(var.truststore, { truststore_version = "" })
  }

  expect_failures = [var.client_mtls]
}

run "mapping_key_with_a_slash_in_front" {
  command = plan

  variables {
    client_mtls = merge(var.truststore, { api_mapping_key = "/shop" })
  }

  expect_failures = [var.client_mtls]
}

run "default_endpoint_as_a_flag" {
  command = plan

  variables {
    client_mtls = merge(var.truststore, { default_endpoint = "false" })
  }

  expect_failures = [var.client_mtls]
}

run "application_security_group_by_name" {
  command = plan

  variables {
    application = { security_group_id = "default" }
  }

  expect_failures = [var.application]
}

run "application_without_ports" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [] }
  }

  expect_failures = [var.application]
}

run "application_port_that_tcp_does_not_have" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [80, 65536] }
  }

  expect_failures = [var.application]
}
