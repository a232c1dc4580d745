# Where the integrations lead. Where the tests have no AWS provider 6.25, __tests__/newest-provider/modules.ts runs these by the
# schema of a newer one.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "at_0_to_the_application" {
  command = plan

  variables {
    node_traffic_percent = 0
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition = jsonencode({
      target          = aws_api_gateway_integration.adopted["GET /orders"].integration_target
      connection_type = aws_api_gateway_integration.adopted["GET /orders"].connection_type
      uri             = aws_api_gateway_integration.adopted["GET /orders"].uri
    }) == jsonencode({ target = null, connection_type = "INTERNET", uri = "https://shop.example.com/orders" })
    error_message = "The integration does not lead to the application over the internet."
  }

  assert {
    condition     = output.integrations["GET /orders"].integration_target == null && aws_api_gateway_stage.adopted[0].deployment_id == "d1e2f3"
    error_message = "The owner of an integration would turn to the node, or the stage does not serve what it did."
  }
}

run "canary" {
  command = plan

  variables {
    node_traffic_percent = 10
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = aws_api_gateway_integration.adopted["GET /orders"].integration_target == "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/50dc6c495c0c9188"
    error_message = "The canary's integration does not lead to the node."
  }

  assert {
    condition     = aws_api_gateway_stage.adopted[0].deployment_id == "d1e2f3" && [for canary in aws_api_gateway_stage.adopted[0].canary_settings : [canary.deployment_id, tostring(canary.percent_traffic)]] == [["d0000001", "10"]]
    error_message = "The stage does not share out."
  }
}

run "at_100_to_the_node" {
  command = plan

  assert {
    condition = jsonencode({
      target          = aws_api_gateway_integration.adopted["GET /orders"].integration_target
      connection_type = aws_api_gateway_integration.adopted["GET /orders"].connection_type
      connection_id   = aws_api_gateway_integration.adopted["GET /orders"].connection_id
      uri             = aws_api_gateway_integration.adopted["GET /orders"].uri
      }) == jsonencode({
      target          = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/50dc6c495c0c9188"
      connection_type = "VPC_LINK"
      connection_id   = "l0000001"
      uri             = "https://node.example.com/orders"
    })
    error_message = "The integration does not lead to the load balancer of the node, by the link."
  }

  assert {
    condition     = output.integrations["GET /orders"].integration_target == "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/50dc6c495c0c9188" && aws_api_gateway_stage.adopted[0].deployment_id == "d0000001"
    error_message = "The owner of an integration would not turn to the node, or the stage does not serve it."
  }

  assert {
    condition     = output.import_ids == { integrations = { "GET /orders" = "a1b2c3d4e5/abc123/GET" }, stage = "a1b2c3d4e5/live" }
    error_message = "The IDs for import blocks are others."
  }

  assert {
    condition     = terraform_data.routing.input.scenario == "api-gateway-rest-alb" && terraform_data.routing.input.entry_points["GET /orders"].application_uri == null
    error_message = "The contract does not say how far the cutover is."
  }
}

run "way_to_the_load_balancer" {
  command = plan

  assert {
    condition = jsonencode([
      [for rule in values(aws_vpc_security_group_egress_rule.vpc_link_to_load_balancer) : [rule.security_group_id, rule.referenced_security_group_id, rule.from_port]],
      [for rule in values(aws_vpc_security_group_ingress_rule.load_balancer_from_vpc_link) : [rule.security_group_id, rule.referenced_security_group_id, rule.from_port]],
      ]) == jsonencode([
      [["sg-0000000000000000f", "sg-00000000000000001", 443]],
      [["sg-00000000000000001", "sg-0000000000000000f", 443]],
    ])
    error_message = "The link is not let out to the listener's port, and in there."
  }
}

run "owner_of_the_integrations" {
  command = plan

  variables {
    adopted_integrations = false
    adopted_stage        = false
  }

  # The stage in mocks/ still has the integrations of the application.
  expect_failures = [check.stage_sends_routes_to_the_node]

  assert {
    condition     = length(aws_api_gateway_integration.adopted) == 0 && length(aws_api_gateway_stage.adopted) == 0 && length(aws_api_gateway_deployment.routing) == 0
    error_message = "Somebody's integrations or stage are taken over."
  }
}

run "listener_for_tcp_takes_either" {
  command = plan

  override_data {
    target = data.aws_lb_listener.load_balancer
    values = { port = 443, protocol = "TCP", load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188" }
  }

  assert {
    condition     = aws_api_gateway_integration.adopted["GET /orders"].integration_target == "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188"
    error_message = "A Network Load Balancer is not taken."
  }
}

run "secret_header_only_to_the_node" {
  command = plan

  variables {
    secret_header        = { name = "X-From-Api-Gateway" }
    secret_header_values = { blue = "0123456789abcdef0123456789abcdef" }
  }

  assert {
    condition     = nonsensitive(aws_api_gateway_integration.adopted["GET /orders"].request_parameters["integration.request.header.X-From-Api-Gateway"]) == "'0123456789abcdef0123456789abcdef'"
    error_message = "The header is not sent."
  }
}
