# An internet-facing load balancer. Its rules use every kind of condition and action that matters for a node.
# It uses HTTP, so that you need no domain and no certificate.

resource "aws_lb" "this" {
  name               = var.name
  load_balancer_type = "application"
  subnets            = [for subnet in aws_subnet.public : subnet.id]
  security_groups    = [aws_security_group.load_balancer.id]

  # AWS refuses an internet-facing load balancer in a VPC without an internet gateway.
  depends_on = [aws_route.internet]
}

resource "aws_security_group" "load_balancer" {
  name        = "${var.name}-load-balancer"
  description = "Load balancer of the application"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-load-balancer" }
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  for_each = { public = 80, admin = 8080 }

  security_group_id = aws_security_group.load_balancer.id
  description       = "Anybody, ${each.key} listener"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  security_group_id = aws_security_group.load_balancer.id
  description       = "Anywhere"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_lb_target_group" "application" {
  name     = "${var.name}-application"
  vpc_id   = aws_vpc.this.id
  protocol = "HTTP"
  port     = 80
}

resource "aws_lb_target_group" "api" {
  name     = "${var.name}-api"
  vpc_id   = aws_vpc.this.id
  protocol = "HTTP"
  port     = 80
}

resource "aws_lb_target_group_attachment" "application" {
  for_each = aws_instance.application

  target_group_arn = aws_lb_target_group.application.arn
  target_id        = each.value.id
}

resource "aws_lb_target_group_attachment" "api" {
  for_each = aws_instance.application

  target_group_arn = aws_lb_target_group.api.arn
  target_id        = each.value.id
}

# The public listener: all requests reach the application, most of them through the default action.

resource "aws_lb_listener" "public" {
  load_balancer_arn = aws_lb.this.arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type = "forward"

    forward {
      target_group {
        arn = aws_lb_target_group.application.arn
      }
    }
  }
}

resource "aws_lb_listener_rule" "shop" {
  listener_arn = aws_lb_listener.public.arn
  priority     = 10

  condition {
    host_header {
      values = ["shop.example.com"]
    }
  }

  action {
    type = "forward"

    forward {
      target_group {
        arn = aws_lb_target_group.application.arn
      }
    }
  }
}

resource "aws_lb_listener_rule" "api" {
  listener_arn = aws_lb_listener.public.arn
  priority     = 20

  condition {
    path_pattern {
      values = ["/api/*"]
    }
  }

  condition {
    http_header {
      http_header_name = "X-Api-Version"
      values           = ["1", "1.*"]
    }
  }

  action {
    type = "forward"

    forward {
      target_group {
        arn = aws_lb_target_group.api.arn
      }
    }
  }
}

resource "aws_lb_listener_rule" "partner" {
  listener_arn = aws_lb_listener.public.arn
  priority     = 30

  condition {
    query_string {
      key   = "partner"
      value = "*"
    }
  }

  condition {
    source_ip {
      values = ["198.51.100.0/24"]
    }
  }

  action {
    type = "forward"

    forward {
      target_group {
        arn = aws_lb_target_group.application.arn
      }
    }
  }
}

resource "aws_lb_listener_rule" "upload" {
  listener_arn = aws_lb_listener.public.arn
  priority     = 40

  condition {
    http_request_method {
      values = ["POST", "PUT"]
    }
  }

  action {
    type = "forward"

    forward {
      target_group {
        arn = aws_lb_target_group.application.arn
      }
    }
  }
}

resource "aws_lb_listener_rule" "old" {
  listener_arn = aws_lb_listener.public.arn
  priority     = 50

  condition {
    path_pattern {
      values = ["/old/*"]
    }
  }

  action {
    type = "redirect"

    redirect {
      path        = "/"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener_rule" "maintenance" {
  listener_arn = aws_lb_listener.public.arn
  priority     = 60

  condition {
    path_pattern {
      values = ["/maintenance"]
    }
  }

  action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "Back soon"
      status_code  = "503"
    }
  }
}

resource "aws_lb_listener_rule" "search" {
  listener_arn = aws_lb_listener.public.arn
  priority     = 70

  condition {
    path_pattern {
      values = ["/search/*"]
    }
  }

  action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.application.arn
        weight = 80
      }

      target_group {
        arn    = aws_lb_target_group.api.arn
        weight = 20
      }
    }
  }
}

# The admin listener: only requests that match its one rule.

resource "aws_lb_listener" "admin" {
  load_balancer_arn = aws_lb.this.arn
  protocol          = "HTTP"
  port              = 8080

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "Not found"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener_rule" "admin" {
  listener_arn = aws_lb_listener.admin.arn
  priority     = 10

  condition {
    path_pattern {
      values = ["/admin/*"]
    }
  }

  action {
    type = "forward"

    forward {
      target_group {
        arn = aws_lb_target_group.application.arn
      }
    }
  }
}
