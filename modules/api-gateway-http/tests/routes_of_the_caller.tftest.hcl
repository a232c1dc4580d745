# Routes that bypass the node at 100 percent, if the caller lists all of them.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

override_resource {
  target          = aws_apigatewayv2_integration.node
  override_during = plan
  values          = { id = "i0000009" }
}

variables {
  adopted_integrations = { shop = var.shop }
  routes               = { orders = var.orders }
  accepted_routes      = ["GET /status"]
}

run "listed_routes_that_all_pass_the_node" {
  command = plan

  variables {
    all_routes = {
      "$default"         = "i0000001"
      "GET /orders/{id}" = "i0000002"
      "GET /status"      = "i0000003"
    }
  }

  assert {
    condition     = length(data.aws_apigatewayv2_export.routes) == 0 && length(output.routes_around_the_node) == 0
    error_message = "Routes are read from the API, beside the list."
  }
}

run "listed_routes_before_the_cutover" {
  command = plan

  variables {
    node_traffic_percent = 0
    all_routes           = { "GET /forgotten" = "i0000004" }
  }

  expect_failures = [check.all_traffic_passes_the_node]
}
