# What only AWS, or several variables together, can refuse. Each run breaks one condition, and
# __tests__/modules/messages-api-gateway-rest.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "forgotten_method" {
  command = plan

  variables {
    routes = { "GET /orders" = {} }
  }

  expect_failures = [terraform_data.routing]
}

run "forgotten_method_in_a_canary" {
  command = plan

  variables {
    node_traffic_percent = 1
    routes               = {}
  }

  expect_failures = [terraform_data.routing, check.all_traffic_passes_the_node]
}

run "method_that_the_api_does_not_have" {
  command = plan

  variables {
    all_routes = ["GET /orders", "POST /orders"]
    routes     = { "GET /orders" = {}, "POST /orders" = {}, "PUT /orders" = {} }
  }

  expect_failures = [data.aws_api_gateway_resource.route]
}

run "stage_that_cannot_be_read" {
  command = plan

  override_data {
    target = data.aws_api_gateway_export.stage[0]
    values = { body = "" }
  }

  expect_failures = [data.aws_api_gateway_export.stage]
}

run "link_to_an_application_load_balancer" {
  command = plan

  variables {
    vpc_link = { load_balancer_arns = { node = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188" } }
  }

  override_data {
    target = data.aws_lb.load_balancer["node"]
    values = { load_balancer_type = "application", security_groups = ["sg-00000000000000001"] }
  }

  expect_failures = [data.aws_lb.load_balancer]
}

run "load_balancer_that_applies_its_rules" {
  command = plan

  variables {
    vpc_link = { load_balancer_arns = { node = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188" } }
  }

  override_data {
    target = data.aws_lb.load_balancer["node"]
    values = { load_balancer_type = "network", security_groups = ["sg-00000000000000001"], enforce_security_group_inbound_rules_on_private_link_traffic = "on" }
  }

  expect_failures = [data.aws_lb.load_balancer]
}

# AWS applies them unless they have been switched off.
run "load_balancer_that_was_never_asked" {
  command = plan

  variables {
    vpc_link = { load_balancer_arns = { node = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188" } }
  }

  override_data {
    target = data.aws_lb.load_balancer["node"]
    values = { load_balancer_type = "network", security_groups = ["sg-00000000000000001"], enforce_security_group_inbound_rules_on_private_link_traffic = "" }
  }

  expect_failures = [data.aws_lb.load_balancer]
}

run "application_deployment_of_the_module" {
  command = plan

  variables {
    stage = { name = "live", application_deployment_id = "module1" }
  }

  expect_failures = [aws_api_gateway_stage.adopted]
}

run "api_that_was_not_imported" {
  command = plan

  variables {
    client_mtls = merge({
      domain_name        = "api.example.com"
      certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000"
      truststore_uri     = "s3://truststore/clients.pem"
      truststore_version = "v1"
    }, { default_endpoint = "disabled" })
  }

  override_resource {
    target          = aws_api_gateway_rest_api.adopted
    override_during = plan
    values          = { id = "f0f0f0f0f0" }
  }

  expect_failures = [aws_api_gateway_rest_api.adopted]
}

run "policy_that_is_too_long" {
  command = plan

  variables {
    resource_policy = { source_cidrs = [for index in range(500) : "203.0.${floor(index / 256)}.${index % 256}/32"] }
  }

  expect_failures = [terraform_data.routing]
}

run "certificate_of_another_region" {
  command = plan

  variables {
    client_mtls = {
      domain_name        = "api.example.com"
      certificate_arn    = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000"
      truststore_uri     = "s3://truststore/clients.pem"
      truststore_version = "v1"
    }
  }

  expect_failures = [aws_api_gateway_domain_name.client_mtls]
}
