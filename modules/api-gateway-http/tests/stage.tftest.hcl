# How changes reach the stage.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

override_resource {
  target          = aws_apigatewayv2_integration.node
  override_during = plan
  values          = { id = "i0000009" }
}

override_resource {
  target          = aws_apigatewayv2_deployment.node
  override_during = plan
  values          = { id = "d0000001" }
}

variables {
  adopted_integrations = { shop = merge(var.shop, { path = "$request.path" }) }
  routes               = { orders = var.orders }
}

run "automatic" {
  command = plan

  assert {
    condition     = length(aws_apigatewayv2_deployment.node) == 0 && length(aws_apigatewayv2_stage.adopted) == 0 && output.deployment_id == null
    error_message = "A stage that deploys by itself is deployed."
  }
}

run "adopted" {
  command = plan

  variables {
    stage = { name = "live", deployment = "adopted" }
  }

  assert {
    condition     = aws_apigatewayv2_stage.adopted[0].name == "live" && aws_apigatewayv2_stage.adopted[0].deployment_id == "d0000001"
    error_message = "The stage does not get the deployment."
  }

  assert {
    condition     = aws_apigatewayv2_stage.adopted[0].tags == null
    error_message = "The stage, which is not ours, gets our tags."
  }
}

run "of_the_owner" {
  command = plan

  variables {
    stage = { name = "live", deployment = "owner" }
  }

  assert {
    condition     = length(aws_apigatewayv2_stage.adopted) + length(aws_apigatewayv2_deployment.node) == 0 && output.deployment_id == null
    error_message = "The module deploys, and could not delete what the owner's stage serves."
  }

  assert {
    condition     = !terraform_data.routing.input.live_after_apply
    error_message = "The contract knows when an owner deploys his stage."
  }
}

# What is hashed: where each integration leads, then where each route does, and whether the default endpoint answers.
run "deployment_of_the_node" {
  command = plan

  variables {
    stage = { name = "live", deployment = "owner" }
  }

  assert {
    condition = output.redeployment_trigger == sha1(jsonencode({
      integrations = [
        ["l0000001", null, var.load_balancer.listener_arn, { "overwrite:path" = "$request.path" }, [], 30000, []],
        ["l0000001", "ANY", var.load_balancer.listener_arn, { "overwrite:path" = "$request.path" }, [], 30000, []],
      ]
      targets                   = ["integrations/i0000009"]
      default_endpoint_disabled = null
    }))
    error_message = "The deployment does not depend on what the module changes."
  }
}

run "deployment_of_the_application_is_another" {
  command = plan

  variables {
    node_traffic_percent = 0
    stage                = { name = "live", deployment = "owner" }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition = output.redeployment_trigger == sha1(jsonencode({
      integrations = [
        ["l0000002", null, var.shop.application.uri, {}, [], 30000, []],
        ["l0000001", "ANY", var.load_balancer.listener_arn, { "overwrite:path" = "$request.path" }, [], 30000, []],
      ]
      targets                   = ["integrations/i0000002"]
      default_endpoint_disabled = null
    }))
    error_message = "The way back is not deployed."
  }
}

# https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-disable-default-endpoint.html
run "default_endpoint_is_disabled_by_a_deployment" {
  command = plan

  variables {
    stage       = { name = "live", deployment = "adopted" }
    client_mtls = merge(var.truststore, { default_endpoint = "disabled" })
  }

  assert {
    condition = aws_apigatewayv2_deployment.node[0].triggers.routing == sha1(jsonencode({
      integrations = [
        ["l0000001", null, var.load_balancer.listener_arn, { "overwrite:path" = "$request.path" }, [], 30000, []],
        ["l0000001", "ANY", var.load_balancer.listener_arn, { "overwrite:path" = "$request.path" }, [], 30000, []],
      ]
      targets                   = ["integrations/i0000009"]
      default_endpoint_disabled = true
    }))
    error_message = "The stage answers clients without a certificate until somebody deploys."
  }
}
