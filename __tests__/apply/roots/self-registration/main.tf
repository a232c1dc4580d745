# Nodes that register themselves: an ECS service behind each kind of load balancer.

module "behind_nlb" {
  source = "../../../../modules/nlb"

  name                 = "network-wallarm"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  node = {
    security_group_id = var.node_security_group_id
    protocol          = var.protocol
    target_type       = "ip"
    register_targets  = false
  }
  target_group       = { preserve_client_ip = true, connection_termination = var.connection_termination }
  load_balancer      = { security_group_ids = { public = var.load_balancer_security_group_id } }
  rehearsal_listener = { load_balancer_arn = var.network_load_balancer_arn, port = 8080 }
}

module "behind_alb" {
  source = "../../../../modules/alb"

  name                 = "shop-wallarm"
  vpc_id               = var.vpc_id
  node_traffic_percent = var.node_traffic_percent
  node = {
    security_group_id = var.node_security_group_id
    port              = 8080
    target_type       = "ip"
    register_targets  = false
  }
  load_balancer = { security_group_ids = { public = var.load_balancer_security_group_id } }
  routes        = { rest = { listener_arn = var.alb_listener_arn, priority = 10, catch_all = true } }
}

resource "aws_ecs_cluster" "node" {
  name = "wallarm-node"
}

resource "aws_ecs_task_definition" "node" {
  family                   = "wallarm-node"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "node"
    image        = "wallarm/node:6.4.1"
    portMappings = [{ containerPort = 80 }, { containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "node" {
  for_each = {
    network     = { target_group_arn = module.behind_nlb.target_group_arn, port = 80 }
    application = { target_group_arn = module.behind_alb.target_group_arn, port = 8080 }
  }

  name            = each.key
  cluster         = aws_ecs_cluster.node.arn
  task_definition = aws_ecs_task_definition.node.arn
  launch_type     = "FARGATE"
  desired_count   = 0

  load_balancer {
    target_group_arn = each.value.target_group_arn
    container_name   = "node"
    container_port   = each.value.port
  }

  network_configuration {
    subnets         = values(var.subnet_ids)
    security_groups = [var.node_security_group_id]
  }

  lifecycle {
    # moto answers another default than AWS.
    ignore_changes = [availability_zone_rebalancing]
  }
}
