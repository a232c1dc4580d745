# Every rule on name, node_traffic_percent, rest_api, adopt and stage refuses a value. Each run breaks one
# rule, and __tests__/modules/messages-api-gateway-rest.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "name_that_ends_in_a_hyphen" {
  command = plan

  variables {
    name = "shop-"
  }

  expect_failures = [var.name]
}

run "name_that_aws_reserves" {
  command = plan

  variables {
    name = "internal-shop"
  }

  expect_failures = [var.name]
}

run "percent_above_100" {
  command = plan

  variables {
    node_traffic_percent = 101
  }

  expect_failures = [var.node_traffic_percent]
}

run "api_by_name" {
  command = plan

  variables {
    rest_api = { id = "Shop API", endpoint_type = "REGIONAL" }
  }

  expect_failures = [var.rest_api]
}

run "endpoint_in_lower_case" {
  command = plan

  variables {
    rest_api = { id = "a1b2c3d4e5", endpoint_type = "regional" }
  }

  expect_failures = [var.rest_api]
}

run "stage_without_its_integrations" {
  command = plan

  variables {
    adopt = { integrations = false }
  }

  expect_failures = [var.adopt]
}

run "stage_name_with_a_slash" {
  command = plan

  variables {
    stage = { name = "shop/live" }
  }

  expect_failures = [var.stage]
}

run "deployment_by_arn" {
  command = plan

  variables {
    stage = { name = "live", application_deployment_id = "arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5/deployments/d1" }
  }

  expect_failures = [var.stage]
}

run "certificate_by_arn" {
  command = plan

  variables {
    stage = { name = "live", client_certificate_id = "arn:aws:apigateway:eu-central-1::/clientcertificates/c1" }
  }

  expect_failures = [var.stage]
}

run "canary_without_the_application_s_deployment" {
  command = plan

  variables {
    node_traffic_percent = 10
    stage                = { name = "live" }
  }

  expect_failures = [var.stage, check.all_traffic_passes_the_node]
}

run "canary_without_the_stage" {
  command = plan

  variables {
    node_traffic_percent = 10
    adopt                = { stage = false }
  }

  expect_failures = [var.stage, check.all_traffic_passes_the_node]
}
