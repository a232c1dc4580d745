# What callers read: of the link, of the deployment, and for import blocks.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

override_resource {
  target          = aws_vpc_security_group_egress_rule.vpc_link_to_load_balancer
  override_during = plan
  values          = { id = "sgr-00000000000000001" }
}

override_resource {
  target          = aws_vpc_security_group_ingress_rule.load_balancer_from_vpc_link
  override_during = plan
  values          = { id = "sgr-00000000000000002" }
}

run "adopted_stage" {
  command = plan

  assert {
    condition = jsonencode([
      output.vpc_link_id,
      output.vpc_link_security_group_id,
      output.deployment_id,
      output.security_group_rule_ids,
      ]) == jsonencode([
      "l0000001",
      "sg-0000000000000000f",
      "d0000001",
      {
        vpc_link_egress       = { "vpc-link-node-443" = "sgr-00000000000000001" }
        load_balancer_ingress = { "vpc-link-node-443" = "sgr-00000000000000002" }
      },
    ])
    error_message = "Callers get other IDs than AWS gave."
  }
}
