# Which methods the API has, and which of them nobody sends to the node.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

# Of the export in mocks/: OPTIONS is answered by API Gateway itself, and "parameters" is no method.
run "all_are_sent" {
  command = plan

  assert {
    condition     = length(output.routes_around_the_node) == 0
    error_message = "A method is said to go around the node that does not: ${join(", ", output.routes_around_the_node)}."
  }
}

run "some_are_not_at_0" {
  command = plan

  variables {
    node_traffic_percent = 0
    routes               = {}
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = output.routes_around_the_node == tolist(["GET /orders", "GET /orders/{id}"])
    error_message = "At 0 it is not said what would go around the node."
  }
}

run "some_are_accepted" {
  command = plan

  variables {
    routes          = { "GET /orders" = {} }
    accepted_routes = ["GET /orders/{id}"]
  }

  assert {
    condition     = length(output.routes_around_the_node) == 0
    error_message = "An accepted method is named."
  }
}

run "from_a_list" {
  command = plan

  variables {
    all_routes           = ["GET /orders", "GET /orders/{id}", "ANY /{proxy+}"]
    node_traffic_percent = 0
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = output.routes_around_the_node == tolist(["ANY /{proxy+}"])
    error_message = "Of the list, the missing one is not named."
  }

  assert {
    condition     = length(data.aws_api_gateway_export.stage) == 0
    error_message = "The stage is read although the caller has said what there is."
  }
}

run "from_a_document_in_json" {
  command = plan

  variables {
    node_traffic_percent = 0
    openapi = jsonencode({
      paths = {
        "/orders"      = { get = {}, delete = {}, summary = "Orders", options = { "x-amazon-apigateway-integration" = { type = "MOCK" } } }
        "/orders/{id}" = { get = {} }
        "/{proxy+}"    = { "x-amazon-apigateway-any-method" = { "x-amazon-apigateway-integration" = { type = "aws_proxy" } } }
      }
    })
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = output.routes_around_the_node == tolist(["ANY /{proxy+}", "DELETE /orders"])
    error_message = "Of the document, the missing ones are not named: ${join(", ", output.routes_around_the_node)}."
  }
}

run "from_a_document_in_yaml" {
  command = plan

  variables {
    node_traffic_percent = 0
    openapi              = <<-EOT
      openapi: 3.0.1
      paths:
        /orders:
          get: {}
          put: {}
        /orders/{id}:
          get: {}
    EOT
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = output.routes_around_the_node == tolist(["PUT /orders"])
    error_message = "Of the document, the missing one is not named."
  }
}

# The export in mocks/ has the URIs of the application.
run "owner_who_has_pasted_nothing" {
  command = plan

  variables {
    all_routes           = ["GET /orders", "GET /orders/{id}"]
    adopted_integrations = false
    adopted_stage        = false
  }

  expect_failures = [check.stage_sends_routes_to_the_node]

  assert {
    condition     = length(data.aws_api_gateway_export.stage) == 1 && length(output.routes_around_the_node) == 0
    error_message = "The stage is not compared with the output integrations."
  }
}

run "owner_who_has_not_deployed" {
  command = plan

  variables {
    adopted_stage = false
  }

  expect_failures = [check.stage_sends_routes_to_the_node]
}

# Without expect_failures: the check is quiet.
run "owner_who_has_pasted_and_deployed" {
  command = plan

  variables {
    adopted_integrations = false
    adopted_stage        = false
  }

  override_data {
    target = data.aws_api_gateway_export.stage
    values = {
      body = <<-EOT
        {"paths": {
          "/orders": {"get": {"x-amazon-apigateway-integration": {"type": "http_proxy", "uri": "http://node.example.com/orders", "connectionType": "VPC_LINK", "connectionId": "link01"}}},
          "/orders/{id}": {"get": {"x-amazon-apigateway-integration": {"type": "http_proxy", "uri": "http://node.example.com/orders/{id}", "connectionType": "VPC_LINK", "connectionId": "link01"}}}
        }}
      EOT
    }
  }
}

run "owner_who_pasted_another_link" {
  command = plan

  variables {
    routes               = { "GET /orders" = {} }
    adopted_integrations = false
    adopted_stage        = false
  }

  override_data {
    target = data.aws_api_gateway_export.stage
    values = {
      body = <<-EOT
        {"paths": {"/orders": {"get": {"x-amazon-apigateway-integration": {"type": "http_proxy", "uri": "http://node.example.com/orders", "connectionId": "link02"}}}}}
      EOT
    }
  }

  expect_failures = [check.stage_sends_routes_to_the_node]
}

run "owner_before_the_cutover" {
  command = plan

  variables {
    node_traffic_percent = 0
    adopted_integrations = false
    adopted_stage        = false
  }

  # And not check.stage_sends_routes_to_the_node.
  expect_failures = [check.all_traffic_passes_the_node]
}
