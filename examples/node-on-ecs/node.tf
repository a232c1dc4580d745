# The node on Fargate. The service registers its tasks in the target group of the module alb.

module "node_config" {
  source = "../../modules/node-config"

  backend         = { url = var.application_url }
  entry_points    = [var.load_balancer_dns_name]
  trusted_proxies = { cidrs = var.load_balancer_subnet_cidrs }
  token_secret    = { arn = var.wallarm_token_secret_arn }
  group           = var.name
  image           = var.node_image
}

resource "aws_security_group" "node" {
  name        = "${var.name}-node"
  description = "Wallarm Node"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-node" }
}

# Wallarm Cloud, Secrets Manager, CloudWatch Logs, and the registry of the image.
resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.node.id
  description       = "Wallarm Cloud and AWS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

data "aws_region" "current" {}

resource "aws_cloudwatch_log_group" "node" {
  name              = "/ecs/${var.name}-node"
  retention_in_days = 30
}

# Reads the secrets of the container definition, and writes the logs.
resource "aws_iam_role" "execution" {
  name_prefix = "${var.name}-execution-"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "execution" {
  name = "node"
  role = aws_iam_role.execution.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = module.node_config.secret_arns },
      { Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "${aws_cloudwatch_log_group.node.arn}:*" },
    ]
  })
}

resource "aws_ecs_cluster" "node" {
  name = "${var.name}-node"
}

resource "aws_ecs_task_definition" "node" {
  family                   = "${var.name}-node"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  execution_role_arn       = aws_iam_role.execution.arn

  container_definitions = jsonencode([
    merge(module.node_config.ecs_container, {
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.node.name
          awslogs-region        = data.aws_region.current.id
          awslogs-stream-prefix = "node"
        }
      }
    })
  ])
}

resource "aws_ecs_service" "node" {
  name            = "${var.name}-node"
  cluster         = aws_ecs_cluster.node.arn
  task_definition = aws_ecs_task_definition.node.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  # New tasks are healthy before old ones stop. Tasks that do not become healthy are rolled back.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = 120

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets         = var.node_subnet_ids
    security_groups = [aws_security_group.node.id]

    # Subnets with a NAT gateway do not need this.
    assign_public_ip = true
  }

  # AWS accepts a target group only after a listener or rule uses it. The output of the module waits for its rules.
  load_balancer {
    target_group_arn = module.wallarm_routing.target_group_arn
    container_name   = module.node_config.ecs_container.name
    container_port   = 80
  }

  # A task must have its permissions before it starts.
  depends_on = [aws_iam_role_policy.execution, aws_vpc_security_group_egress_rule.https]
}
