# The listener that gives the target group a load balancer before the cutover.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  adopted_listeners = {
    public = { listener_arn = var.listener_arn, application_target_group_arn = var.application_target_group_arn }
  }
  rehearsal_listener = {
    load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/shop/50dc6c495c0c9188"
    port              = 8080
  }
}

run "listener" {
  command = plan

  assert {
    condition = (
      aws_lb_listener.rehearsal[0].load_balancer_arn == var.rehearsal_listener.load_balancer_arn &&
      aws_lb_listener.rehearsal[0].port == 8080 &&
      aws_lb_listener.rehearsal[0].protocol == "TCP" &&
      aws_lb_listener.rehearsal[0].certificate_arn == null &&
      aws_lb_listener.rehearsal[0].tags.Name == "shop-rehearsal" &&
      aws_lb_listener.rehearsal[0].default_action[0].target_group_arn == aws_lb_target_group.node.arn
    )
    error_message = "The listener does not forward to the node."
  }
}

run "none_by_default" {
  command = plan

  variables {
    rehearsal_listener = null
  }

  assert {
    condition     = length(aws_lb_listener.rehearsal) == 0
    error_message = "A listener is made that nobody asked for."
  }
}

run "listener_for_tls" {
  command = plan

  variables {
    adopted_listeners = {}
    node = {
      security_group_id       = "sg-00000000000000002"
      protocol                = "TLS"
      autoscaling_group_names = { main = "wallarm-node" }
    }
    rehearsal_listener = {
      load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/shop/50dc6c495c0c9188"
      port              = 8443
      certificate_arn   = "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
    }
  }

  assert {
    condition = (
      aws_lb_listener.rehearsal[0].protocol == "TLS" &&
      aws_lb_listener.rehearsal[0].certificate_arn == var.rehearsal_listener.certificate_arn &&
      aws_lb_listener.rehearsal[0].ssl_policy == "ELBSecurityPolicy-TLS13-1-2-2021-06"
    )
    error_message = "The listener does not end TLS."
  }
}

run "port_of_an_adopted_listener" {
  command = plan

  variables {
    rehearsal_listener = {
      load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/shop/50dc6c495c0c9188"
      port              = 443
    }
  }

  expect_failures = [aws_lb_listener.rehearsal]
}
