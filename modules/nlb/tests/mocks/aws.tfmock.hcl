# An AWS in which every listener is for TCP and forwards to the application. The shape is the provider's, down to what it
# leaves empty, and the listener that the module adopts is the one in terraform.tfvars: an import cannot be mocked.

mock_data "aws_lb_listener" {
  defaults = {
    load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/shop/50dc6c495c0c9188"
    port              = 443
    protocol          = "TCP"
    default_action = [{
      type                 = "forward"
      order                = 1
      target_group_arn     = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/application/73e2d6bc24d8a067"
      authenticate_cognito = []
      authenticate_oidc    = []
      fixed_response       = []
      redirect             = []
      forward = [{
        stickiness = []
        target_group = [
          { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/application/73e2d6bc24d8a067", weight = 0 },
        ]
      }]
    }]
  }
}

mock_resource "aws_lb_listener" {
  defaults = {
    arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"
  }
}

mock_resource "aws_lb_target_group" {
  defaults = {
    arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-0a1b2c3d/6d0ecf831eec9f09"
  }
}
