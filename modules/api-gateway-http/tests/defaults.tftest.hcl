# What the smallest call creates, and with which arguments.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "vpc_link" {
  command = plan

  assert {
    condition = {
      name            = aws_apigatewayv2_vpc_link.node[0].name
      subnets         = join(" ", sort(aws_apigatewayv2_vpc_link.node[0].subnet_ids))
      security_groups = join(" ", aws_apigatewayv2_vpc_link.node[0].security_group_ids)
      prefix          = aws_security_group.vpc_link[0].name_prefix
      vpc_id          = aws_security_group.vpc_link[0].vpc_id
      } == {
      name            = "shop"
      subnets         = "subnet-0000000000000000a subnet-0000000000000000b"
      security_groups = "sg-0000000000000000f"
      prefix          = "shop-vpc-link-"
      vpc_id          = "vpc-0123456789abcdef0"
    }
    error_message = "The link is not in the subnets, with a security group of its own in the VPC."
  }

  assert {
    condition = { for key, rule in aws_vpc_security_group_egress_rule.vpc_link_to_load_balancer : key => [rule.security_group_id, rule.referenced_security_group_id, rule.ip_protocol, tostring(rule.from_port), tostring(rule.to_port)] } == {
      "vpc-link-node-80" = ["sg-0000000000000000f", "sg-00000000000000001", "tcp", "80", "80"]
    }
    error_message = "The link is not let out to the load balancer's listener, and nowhere else."
  }

  assert {
    condition = { for key, rule in aws_vpc_security_group_ingress_rule.load_balancer_from_vpc_link : key => [rule.security_group_id, rule.referenced_security_group_id, rule.ip_protocol, tostring(rule.from_port), tostring(rule.to_port)] } == {
      "vpc-link-node-80" = ["sg-00000000000000001", "sg-0000000000000000f", "tcp", "80", "80"]
    }
    error_message = "The load balancer does not let in the link, and nobody else."
  }
}

run "resources" {
  command = plan

  assert {
    condition = {
      adopted_integrations = length(aws_apigatewayv2_integration.adopted)
      integrations         = length(aws_apigatewayv2_integration.node)
      adopted_routes       = length(aws_apigatewayv2_route.adopted)
      routes               = length(aws_apigatewayv2_route.created)
      deployments          = length(aws_apigatewayv2_deployment.node)
      stages               = length(aws_apigatewayv2_stage.adopted)
      apis                 = length(aws_apigatewayv2_api.adopted)
      domains              = length(aws_apigatewayv2_domain_name.client_mtls)
      mappings             = length(aws_apigatewayv2_api_mapping.stage)
      exports              = length(data.aws_apigatewayv2_export.routes)
      rules_of_the_node    = length(aws_vpc_security_group_egress_rule.node_to_application)
      rules_of_application = length(aws_vpc_security_group_ingress_rule.application_from_node)
      } == {
      adopted_integrations = 0
      integrations         = 0
      adopted_routes       = 0
      routes               = 0
      deployments          = 0
      stages               = 0
      apis                 = 0
      domains              = 0
      mappings             = 0
      exports              = 0
      rules_of_the_node    = 0
      rules_of_application = 0
    }
    error_message = "Something was made that nobody asked for."
  }
}

run "tags_are_on_everything_that_can_have_them" {
  command = plan

  variables {
    tags        = { team = "edge" }
    application = { security_group_id = "sg-00000000000000003", ports = [80] }
    client_mtls = var.truststore
  }

  expect_failures = [check.clients_need_a_certificate]

  assert {
    condition = alltrue([
      for tags in [
        aws_apigatewayv2_vpc_link.node[0].tags,
        aws_apigatewayv2_domain_name.client_mtls[0].tags,
        aws_vpc_security_group_egress_rule.vpc_link_to_load_balancer["vpc-link-node-80"].tags,
        aws_vpc_security_group_ingress_rule.load_balancer_from_vpc_link["vpc-link-node-80"].tags,
        aws_vpc_security_group_egress_rule.node_to_application["80"].tags,
        aws_vpc_security_group_ingress_rule.application_from_node["80"].tags,
      ] : tags == tomap({ team = "edge" })
    ])
    error_message = "A resource lacks the tags, or has others."
  }

  assert {
    condition     = aws_security_group.vpc_link[0].tags == tomap({ team = "edge", Name = "shop-vpc-link" })
    error_message = "The link's security group lacks the tags, or its name."
  }
}
