# Every rule on application, routes, all_routes, openapi and accepted_routes refuses a value. Each run breaks one
# rule, and __tests__/modules/messages-api-gateway-rest.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "application_without_a_protocol" {
  command = plan

  variables {
    application = { url = "shop.example.com" }
  }

  expect_failures = [var.application]
}

run "route_without_a_method" {
  command = plan

  variables {
    routes = { "/orders" = {} }
  }

  expect_failures = [var.routes]
}

run "route_without_a_url" {
  command = plan

  variables {
    application = {}
  }

  expect_failures = [var.routes]
}

run "route_uri_of_a_function" {
  command = plan

  variables {
    routes = { "GET /orders" = { uri = "arn:aws:apigateway:eu-central-1:lambda:path/functions/f/invocations" } }
  }

  expect_failures = [var.routes]
}

run "route_of_a_function" {
  command = plan

  variables {
    routes = { "GET /orders" = { type = "AWS_PROXY" } }
  }

  expect_failures = [var.routes]
}

run "route_method_in_lower_case" {
  command = plan

  variables {
    routes = { "GET /orders" = { integration_http_method = "get" } }
  }

  expect_failures = [var.routes]
}

run "route_link_by_name" {
  command = plan

  variables {
    routes = { "GET /orders" = { vpc_link_id = "Shop Link" } }
  }

  expect_failures = [var.routes]
}

run "route_parameter_of_the_method" {
  command = plan

  variables {
    routes = { "GET /orders" = { request_parameters = { "method.request.path.id" = "integration.request.path.id" } } }
  }

  expect_failures = [var.routes]
}

run "route_passthrough_by_chance" {
  command = plan

  variables {
    routes = { "GET /orders" = { passthrough_behavior = "SOMETIMES" } }
  }

  expect_failures = [var.routes]
}

run "route_content_to_json" {
  command = plan

  variables {
    routes = { "GET /orders" = { content_handling = "JSON" } }
  }

  expect_failures = [var.routes]
}

run "route_timeout_above_5_minutes" {
  command = plan

  variables {
    routes = { "GET /orders" = { timeout_milliseconds = 300001 } }
  }

  expect_failures = [var.routes]
}

run "route_timeout_of_an_edge_optimized_api" {
  command = plan

  variables {
    rest_api = { id = "a1b2c3d4e5", endpoint_type = "EDGE" }
    routes   = { "GET /orders" = { timeout_milliseconds = 29001 } }
  }

  expect_failures = [var.routes]
}

run "all_routes_without_methods" {
  command = plan

  variables {
    all_routes = ["/orders"]
  }

  expect_failures = [var.all_routes]
}

run "openapi_by_file_name" {
  command = plan

  variables {
    openapi = "shop.openapi.json"
  }

  expect_failures = [var.openapi]
}

run "openapi_and_all_routes" {
  command = plan

  variables {
    all_routes = ["GET /orders", "GET /orders/{id}"]
    openapi    = "paths: { /orders: { get: {} }, '/orders/{id}': { get: {} } }"
  }

  expect_failures = [var.openapi]
}

run "accepted_routes_in_lower_case" {
  command = plan

  variables {
    accepted_routes = ["get /status"]
  }

  expect_failures = [var.accepted_routes]
}
