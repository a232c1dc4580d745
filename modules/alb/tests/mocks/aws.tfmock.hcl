# An AWS in which every listener forwards by default. The shape is the provider's, down to what it leaves empty.
#
# A listener rule cannot be mocked: Terraform fills attributes and no nested blocks, and in data.aws_lb_listener_rule
# everything is a block. Routes that mirror a rule are tested in __tests__/modules/mirrored-rules.test.ts.

mock_data "aws_lb_listener" {
  defaults = {
    protocol = "HTTP"
    default_action = [{
      type                 = "forward"
      order                = 1
      target_group_arn     = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/application/73e2d6bc24d8a067"
      authenticate_cognito = []
      authenticate_oidc    = []
      fixed_response       = []
      redirect             = []
      forward = [{
        stickiness = [{ enabled = false, duration = 0 }]
        target_group = [
          { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/application/73e2d6bc24d8a067", weight = 1 },
        ]
      }]
    }]
  }
}

mock_data "aws_lb" {
  defaults = {
    vpc_id                     = "vpc-0123456789abcdef0"
    xff_header_processing_mode = "append"
  }
}

mock_resource "aws_lb_target_group" {
  defaults = {
    arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/node/6d0ecf831eec9f09"
  }
}
