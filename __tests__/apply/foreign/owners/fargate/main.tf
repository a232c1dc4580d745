# An ECS service behind one rule of a listener that otherwise answers 404, as the modules alb and ecs of terraform-aws-modules
# make it. Another team manages the load balancer.

variable "vpc_id" { type = string }
variable "subnet_ids" { type = list(string) }
variable "load_balancer_arn" { type = string }
variable "load_balancer_security_group_id" { type = string }

# Adds the blocks that the module asks for.
variable "more_load_balancers" {
  type    = list(object({ target_group_arn = string, container_name = string, container_port = number }))
  default = []
}

# Removes what lets others than the load balancer and the node in.
variable "closed" {
  type    = bool
  default = false
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  security_group_id = var.load_balancer_security_group_id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_security_group" "service" {
  name        = "orders-service"
  description = "orders-service"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "service" {
  security_group_id            = aws_security_group.service.id
  referenced_security_group_id = var.load_balancer_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 3000
  to_port                      = 3000
}

resource "aws_vpc_security_group_ingress_rule" "inside" {
  count = var.closed ? 0 : 1

  security_group_id = aws_security_group.service.id
  cidr_ipv4         = "10.0.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 3000
  to_port           = 3000
}

resource "aws_vpc_security_group_egress_rule" "service" {
  security_group_id = aws_security_group.service.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_lb_target_group" "service" {
  name        = "orders"
  vpc_id      = var.vpc_id
  protocol    = "HTTP"
  port        = 3000
  target_type = "ip"
}

resource "aws_lb_listener" "this" {
  load_balancer_arn = var.load_balancer_arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "404: Page not found"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener_rule" "service" {
  listener_arn = aws_lb_listener.this.arn
  priority     = 100

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.service.arn
  }

  condition {
    path_pattern {
      values = ["/orders/*"]
    }
  }
}

resource "aws_ecs_cluster" "this" {
  name = "orders"
}

resource "aws_ecs_task_definition" "this" {
  family                   = "orders"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512

  container_definitions = jsonencode([
    { name = "orders", image = "public.ecr.aws/acme/orders:1", portMappings = [{ containerPort = 3000 }] }
  ])
}

resource "aws_ecs_service" "this" {
  name            = "orders"
  cluster         = aws_ecs_cluster.this.id
  task_definition = aws_ecs_task_definition.this.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  load_balancer {
    target_group_arn = aws_lb_target_group.service.arn
    container_name   = "orders"
    container_port   = 3000
  }

  dynamic "load_balancer" {
    for_each = var.more_load_balancers

    content {
      target_group_arn = load_balancer.value.target_group_arn
      container_name   = load_balancer.value.container_name
      container_port   = load_balancer.value.container_port
    }
  }

  network_configuration {
    subnets         = var.subnet_ids
    security_groups = [aws_security_group.service.id]
  }

  lifecycle {
    ignore_changes = [desired_count]
  }

  # ECS takes a target group only when a listener uses it.
  depends_on = [aws_lb_listener_rule.service]
}

output "listener_arn" { value = aws_lb_listener.this.arn }
output "service_arn" { value = aws_ecs_service.this.id }
output "target_group_arn" { value = aws_lb_target_group.service.arn }
output "application_security_group_id" { value = aws_security_group.service.id }
