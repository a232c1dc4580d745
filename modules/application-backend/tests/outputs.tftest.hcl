# What callers read: names for metrics and other modules, and IDs of rules for import blocks.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

override_resource {
  target          = aws_lb.backend
  override_during = plan
  values = {
    arn        = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"
    arn_suffix = "app/shop/50dc6c495c0c9188"
  }
}

override_resource {
  target          = aws_lb_listener.backend
  override_during = plan
  values          = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2" }
}

override_resource {
  target          = aws_vpc_security_group_egress_rule.backend_to_application
  override_during = plan
  values          = { id = "sgr-00000000000000001" }
}

override_resource {
  target          = aws_vpc_security_group_ingress_rule.application_from_backend
  override_during = plan
  values          = { id = "sgr-00000000000000002" }
}

run "backend" {
  command = plan

  assert {
    condition = jsonencode([
      output.load_balancer_arn,
      output.load_balancer_arn_suffix,
      output.listener_arn,
      output.security_group_id,
      output.target_group_arns,
      ]) == jsonencode([
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188",
      "app/shop/50dc6c495c0c9188",
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2",
      "sg-00000000000000009",
      {
        api = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-6d0ecf83/6d0ecf831eec9f09"
        web = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-6d0ecf83/6d0ecf831eec9f09"
      },
    ])
    error_message = "Callers get other names and IDs than AWS gave."
  }

  assert {
    condition     = jsonencode(output.security_group_rule_ids) == jsonencode({ application_ingress = { "application-8080" = "sgr-00000000000000002" }, backend_egress = { "application-8080" = "sgr-00000000000000001" } })
    error_message = "The rules have other IDs or names."
  }
}
