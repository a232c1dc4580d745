# What an integration asks for: the node is asked for what the application is asked for.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "parameters_of_the_path" {
  command = plan

  variables {
    all_routes = ["GET /orders/{id}", "ANY /files/{proxy+}", "GET /"]
    routes = {
      "GET /orders/{id}"    = {}
      "ANY /files/{proxy+}" = {}
      "GET /"               = {}
    }
  }

  assert {
    condition = { for name, integration in aws_api_gateway_integration.adopted : name => [integration.uri, integration.integration_http_method, jsonencode(integration.request_parameters)] } == {
      "GET /orders/{id}"    = ["http://node.example.com/orders/{id}", "GET", jsonencode({ "integration.request.path.id" = "method.request.path.id" })]
      "ANY /files/{proxy+}" = ["http://node.example.com/files/{proxy}", "ANY", jsonencode({ "integration.request.path.proxy" = "method.request.path.proxy" })]
      "GET /"               = ["http://node.example.com/", "GET", "{}"]
    }
    error_message = "A parameter of the path does not reach the node."
  }
}

run "path_of_the_application" {
  command = plan

  variables {
    application = {}
    all_routes  = ["GET /orders/{id}"]
    routes = {
      "GET /orders/{id}" = {
        uri                     = "https://$${stageVariables.host}/$${stageVariables.version}/o/{order}"
        integration_http_method = "POST"
        request_parameters = {
          "integration.request.path.order"    = "method.request.path.id"
          "integration.request.header.X-Shop" = "'shop'"
        }
        cache_key_parameters = ["method.request.path.id"]
        cache_namespace      = "orders"
        passthrough_behavior = "NEVER"
        content_handling     = "CONVERT_TO_TEXT"
        request_templates    = { "application/json" = "{}" }
        type                 = "HTTP"
      }
    }
    node = { host = "node.example.com", request_parameters = { "integration.request.header.X-From" = "'api'" } }
  }

  assert {
    condition = jsonencode({ for key in ["uri", "integration_http_method", "request_parameters", "cache_key_parameters", "cache_namespace", "passthrough_behavior", "content_handling", "request_templates", "type"] : key => aws_api_gateway_integration.adopted["GET /orders/{id}"][key] }) == jsonencode({
      uri                     = "http://node.example.com/$${stageVariables.version}/o/{order}"
      integration_http_method = "POST"
      request_parameters = {
        "integration.request.path.order"    = "method.request.path.id"
        "integration.request.header.X-Shop" = "'shop'"
        "integration.request.header.X-From" = "'api'"
      }
      cache_key_parameters = ["method.request.path.id"]
      cache_namespace      = "orders"
      passthrough_behavior = "NEVER"
      content_handling     = "CONVERT_TO_TEXT"
      request_templates    = { "application/json" = "{}" }
      type                 = "HTTP"
    })
    error_message = "The node is not asked for what the application is asked for."
  }
}

run "application_behind_another_link" {
  command = plan

  variables {
    node_traffic_percent = 0
    all_routes           = ["GET /orders"]
    routes               = { "GET /orders" = { vpc_link_id = "theirs", timeout_milliseconds = 5000, request_parameters = { "integration.request.header.X-Shop" = "'shop'" } } }
    node                 = { host = "node.example.com", timeout_milliseconds = 10000, request_parameters = { "integration.request.header.X-From" = "'api'" } }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition = jsonencode([for key in ["connection_type", "connection_id", "timeout_milliseconds", "request_parameters"] : aws_api_gateway_integration.adopted["GET /orders"][key]]) == jsonencode([
      "VPC_LINK", "theirs", 5000, { "integration.request.header.X-Shop" = "'shop'" },
    ])
    error_message = "At 0 the integration is not the application's."
  }
}

run "timeouts" {
  command = plan

  variables {
    all_routes = ["GET /a", "GET /b"]
    routes     = { "GET /a" = { timeout_milliseconds = 5000 }, "GET /b" = {} }
  }

  assert {
    condition     = { for name, integration in aws_api_gateway_integration.adopted : name => integration.timeout_milliseconds } == { "GET /a" = 5000, "GET /b" = 29000 }
    error_message = "The node does not get the time that the application has."
  }
}

run "https_on_a_port" {
  command = plan

  variables {
    node = { host = "node.example.com", protocol = "HTTPS", port = 8443, timeout_milliseconds = 120000 }
  }

  assert {
    condition     = aws_api_gateway_integration.adopted["GET /orders"].uri == "https://node.example.com:8443/orders" && aws_api_gateway_integration.adopted["GET /orders"].timeout_milliseconds == 120000
    error_message = "The node is not asked where it listens."
  }

  assert {
    condition     = length(aws_api_gateway_integration.adopted["GET /orders"].tls_config) == 0
    error_message = "An integration gets a setting that nobody asked for."
  }
}

# The provider leaves AWS as it is where the block goes: it says what holds, at the node and at the application.

run "unknown_authority_of_the_node" {
  command = plan

  variables {
    node = { host = "node.example.com", protocol = "HTTPS", tls_insecure_skip_verification = true }
  }

  assert {
    condition     = aws_api_gateway_integration.adopted["GET /orders"].tls_config[0].insecure_skip_verification == true
    error_message = "The node's certificate is refused."
  }
}

run "known_authority_of_the_application" {
  command = plan

  variables {
    node_traffic_percent = 0
    node                 = { host = "node.example.com", protocol = "HTTPS", tls_insecure_skip_verification = true }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = aws_api_gateway_integration.adopted["GET /orders"].tls_config[0].insecure_skip_verification == false
    error_message = "The application's certificate is no longer verified."
  }
}

run "unknown_authority_of_the_application" {
  command = plan

  variables {
    all_routes = ["GET /orders"]
    routes     = { "GET /orders" = { tls_insecure_skip_verification = true } }
  }

  assert {
    condition     = aws_api_gateway_integration.adopted["GET /orders"].tls_config[0].insecure_skip_verification == false
    error_message = "The node's certificate is not verified."
  }
}

run "new_link" {
  command = plan

  variables {
    vpc_link = { load_balancer_arns = { node = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188" } }
    tags     = { team = "edge" }
  }

  assert {
    condition     = output.vpc_link_id == "newlink" && aws_api_gateway_integration.adopted["GET /orders"].connection_id == "newlink"
    error_message = "The integrations do not use the new link."
  }

  assert {
    condition = jsonencode([for link in aws_api_gateway_vpc_link.node : [link.name, link.target_arns, link.tags]]) == jsonencode([
      ["shop", ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188"], { team = "edge" }],
    ])
    error_message = "The link does not lead to the load balancer."
  }

  assert {
    condition = [terraform_data.routing.input.account_id, terraform_data.routing.input.region, terraform_data.routing.input.load_balancer.arn_suffix] == [
      "123456789012", "eu-central-1", "net/node/50dc6c495c0c9188",
    ]
    error_message = "The contract does not say where the load balancer is."
  }
}

run "load_balancer_without_security_groups" {
  command = plan

  variables {
    vpc_link = { load_balancer_arns = { node = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188" } }
  }

  override_data {
    target = data.aws_lb.load_balancer["node"]
    values = { load_balancer_type = "network", security_groups = [], enforce_security_group_inbound_rules_on_private_link_traffic = "on" }
  }

  assert {
    condition     = output.vpc_link_id == "newlink"
    error_message = "There is no link."
  }
}

run "stage_variables" {
  command = plan

  variables {
    node_traffic_percent = 0
    application          = { url = "https://$${stageVariables.host}/v1" }
    routes = {
      "GET /orders"      = { vpc_link_id = "$${stageVariables.vpcLinkId}" }
      "GET /orders/{id}" = {}
    }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition = jsonencode([for name in ["GET /orders", "GET /orders/{id}"] : [
      aws_api_gateway_integration.adopted[name].uri,
      aws_api_gateway_integration.adopted[name].connection_type,
      aws_api_gateway_integration.adopted[name].connection_id,
      aws_api_gateway_integration.adopted[name].request_parameters,
      ]]) == jsonencode([
      ["https://$${stageVariables.host}/v1/orders", "VPC_LINK", "$${stageVariables.vpcLinkId}", {}],
      ["https://$${stageVariables.host}/v1/orders/{id}", "INTERNET", null, { "integration.request.path.id" = "method.request.path.id" }],
    ])
    error_message = "The integration does not keep the variables of the stage."
  }
}

run "stage_variables_at_100" {
  command = plan

  variables {
    application = { url = "https://$${stageVariables.host}/v1" }
  }

  assert {
    condition     = aws_api_gateway_integration.adopted["GET /orders"].uri == "http://node.example.com/v1/orders"
    error_message = "The node does not get the path."
  }
}

# For owners: the module says what is to be, and changes nothing.

run "owners" {
  command = plan

  variables {
    adopted_integrations    = false
    adopted_stage           = false
    adopted_resource_policy = false
    resource_policy         = { source_cidrs = ["203.0.113.0/24"] }
    node                    = { host = "node.example.com", protocol = "HTTPS" }
    backend_certificate     = { names = ["first"], active = "first" }
  }

  # The stage in mocks/ still has the integrations of the application.
  expect_failures = [check.stage_sends_routes_to_the_node]

  assert {
    condition     = length(aws_api_gateway_integration.adopted) + length(aws_api_gateway_stage.adopted) + length(aws_api_gateway_deployment.routing) + length(aws_api_gateway_rest_api_policy.adopted) == 0
    error_message = "Something is adopted that has an owner."
  }

  assert {
    condition = jsonencode(output.integrations["GET /orders/{id}"]) == jsonencode({
      connection_id                  = "link01"
      connection_type                = "VPC_LINK"
      http_method                    = "GET"
      integration_http_method        = "GET"
      request_parameters             = { "integration.request.path.id" = "method.request.path.id" }
      resource_id                    = "resource01"
      timeout_milliseconds           = 29000
      tls_insecure_skip_verification = false
      type                           = "HTTP_PROXY"
      uri                            = "https://node.example.com/orders/{id}"
    })
    error_message = "The owner of an integration is not told what it is to be."
  }

  assert {
    condition = jsonencode(output.openapi_integrations["GET /orders/{id}"]) == jsonencode({
      connectionId      = "link01"
      connectionType    = "VPC_LINK"
      httpMethod        = "GET"
      requestParameters = { "integration.request.path.id" = "method.request.path.id" }
      timeoutInMillis   = 29000
      tlsConfig         = { insecureSkipVerification = false }
      type              = "http_proxy"
      uri               = "https://node.example.com/orders/{id}"
    })
    error_message = "The owner of an OpenAPI document is not told what its integrations are to be."
  }

  assert {
    condition     = output.deployment_id == null && length(output.redeployment_trigger) == 40 && output.client_certificate_id == "certificate1"
    error_message = "The owner of the stage is not told when to deploy, and what it is to show."
  }

  assert {
    condition     = can(jsondecode(output.resource_policy_json))
    error_message = "The owner of the policy is not told what it is to be."
  }

  assert {
    condition     = !terraform_data.routing.input.live_after_apply
    error_message = "The contract knows when an owner deploys his stage."
  }
}

run "import_ids" {
  command = plan

  assert {
    condition = jsonencode(output.import_ids) == jsonencode({
      integrations = {
        "GET /orders"      = "a1b2c3d4e5/resource01/GET"
        "GET /orders/{id}" = "a1b2c3d4e5/resource01/GET"
      }
      rest_api = "a1b2c3d4e5"
      stage    = "a1b2c3d4e5/live"
    })
    error_message = "An import block would import something else."
  }
}

run "contract" {
  command = plan

  assert {
    condition = jsonencode(terraform_data.routing.input) == jsonencode({
      account_id = null
      application = {
        accepted          = { routes = [], security_group_rule_ids = null }
        ports             = null
        security_group_id = null
        target_group_arns = null
      }
      entry_points = {
        for name, path in { "GET /orders" = "/orders", "GET /orders/{id}" = "/orders/{id}" } : name => {
          application_uri                 = null
          http_method                     = "GET"
          resource_id                     = "resource01"
          rest_api_id                     = "a1b2c3d4e5"
          stage_name                      = "live"
          vpc_link_id                     = "link01"
        }
      }
      live_after_apply = true
      load_balancer    = { arn_suffix = null, security_group_ids = null }
      name             = "shop"
      node = {
        members           = null
        port              = null
        protocol          = "HTTP"
        security_group_id = null
        subnet_cidrs      = null
        target_group_arn  = null
      }
      node_traffic_percent = 100
      region               = null
      scenario             = "api-gateway-rest"
      schema_version       = 1
      secret_header        = null
      vpc_id               = null
    })
    error_message = "The contract does not say who is node, and how far the cutover is."
  }
}
