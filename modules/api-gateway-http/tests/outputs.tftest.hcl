# What the module tells its caller and tools, after an apply. Without anything adopted: a test would have to destroy it.

mock_provider "aws" {
  source = "./tests/mocks"
}

override_resource {
  target = aws_apigatewayv2_integration.node
  values = { id = "i0000009" }
}

run "outputs" {
  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [8080] }
    routes = {
      rest = { route_key = "ANY /{proxy+}", application_integration_id = "i0000003", authorization = { type = "NONE" }, integration = {} }
    }
  }

  assert {
    condition = jsonencode({
      vpc_link       = output.vpc_link_id
      security_group = output.vpc_link_security_group_id
      integrations   = jsonencode(output.node_integration_ids)
      deployment     = output.deployment_id
      domain         = output.client_domain
      }) == jsonencode({
      vpc_link       = aws_apigatewayv2_vpc_link.node[0].id
      security_group = aws_security_group.vpc_link[0].id
      integrations   = jsonencode({ rest = "i0000009" })
      deployment     = null
      domain         = null
    })
    error_message = "The outputs describe something else."
  }

  assert {
    condition = jsonencode(output.security_group_rule_ids) == jsonencode({
      application_ingress   = { "8080" = aws_vpc_security_group_ingress_rule.application_from_node["8080"].id }
      load_balancer_ingress = { vpc-link-node-80 = aws_vpc_security_group_ingress_rule.load_balancer_from_vpc_link["vpc-link-node-80"].id }
      node_egress           = { "8080" = aws_vpc_security_group_egress_rule.node_to_application["8080"].id }
      vpc_link_egress       = { vpc-link-node-80 = aws_vpc_security_group_egress_rule.vpc_link_to_load_balancer["vpc-link-node-80"].id }
    })
    error_message = "The security group rules' IDs are not listed by purpose."
  }

  assert {
    condition = jsonencode(output.routing) == jsonencode({
      schema_version = 1
      scenario       = "api-gateway-http"
      name           = "shop"
      account_id     = "123456789012"
      region         = "eu-central-1"
      vpc_id         = "vpc-0123456789abcdef0"
      node = {
        security_group_id = "sg-00000000000000002"
        subnet_cidrs      = null
        target_group_arn  = null
        port              = null
        protocol          = null
        members           = null
      }
      application = {
        security_group_id = "sg-00000000000000003"
        ports             = [8080]
        target_group_arns = null
        accepted          = { security_group_rule_ids = null, routes = [] }
      }
      load_balancer = {
        security_group_ids = ["sg-00000000000000001"]
        arn_suffix         = "app/node/50dc6c495c0c9188"
      }
      secret_header = null
      entry_points = {
        "route/rest" = { http_api_id = "a1b2c3d4e5", application_integration_id = null, route_key = "ANY /{proxy+}", vpc_link_id = output.vpc_link_id }
      }
      node_traffic_percent = 100
      live_after_apply     = true
    })
    error_message = "The contract does not say who is node, who is application, and how far the cutover is."
  }
}

run "keys_of_an_openapi_document" {
  variables {
    load_balancer        = merge(var.load_balancer, { server_name = "node.example.com" })
    request_parameters   = { "overwrite:header.x-source-ip" = "$context.identity.sourceIp" }
    timeout_milliseconds = 5000
  }

  override_data {
    target = data.aws_lb_listener.load_balancer
    values = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/node/50dc6c495c0c9188/f2f7dc8efc522ab2", protocol = "HTTPS", port = 443 }
  }

  assert {
    condition = jsonencode(output.openapi_integration) == jsonencode({
      connectionId         = output.vpc_link_id
      connectionType       = "VPC_LINK"
      httpMethod           = "ANY"
      payloadFormatVersion = "1.0"
      requestParameters    = { "overwrite:header.x-source-ip" = "$context.identity.sourceIp", "overwrite:path" = "$request.path" }
      timeoutInMillis      = 5000
      tlsConfig            = { serverNameToVerify = "node.example.com" }
      type                 = "http_proxy"
      uri                  = var.load_balancer.listener_arn
    })
    error_message = "The integration of the document does not lead to the node."
  }
}

run "outputs_before_the_cutover" {
  variables {
    node_traffic_percent = 0
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = output.cutover_integration.connection_id == output.vpc_link_id && output.routing.node_traffic_percent == 0 && output.routing.application.ports == null
    error_message = "The outputs do not follow the variables."
  }

  assert {
    condition     = output.vpc_link_id == run.outputs.vpc_link_id
    error_message = "Going back replaced the link."
  }
}
