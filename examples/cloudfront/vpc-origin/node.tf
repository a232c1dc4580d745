# The node: an Auto Scaling group behind an internal load balancer, both in private subnets.

resource "aws_security_group" "load_balancer" {
  name        = "${var.name}-node-load-balancer"
  description = "Load balancer of the Wallarm Node"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-node-load-balancer" }
}

resource "aws_vpc_security_group_egress_rule" "load_balancer_to_node" {
  security_group_id            = aws_security_group.load_balancer.id
  description                  = "Wallarm Node"
  referenced_security_group_id = aws_security_group.node.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_security_group" "node" {
  name        = "${var.name}-node"
  description = "Wallarm Node"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-node" }
}

resource "aws_vpc_security_group_ingress_rule" "node_from_load_balancer" {
  security_group_id            = aws_security_group.node.id
  description                  = "Load balancer"
  referenced_security_group_id = aws_security_group.load_balancer.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_vpc_security_group_egress_rule" "wallarm_cloud" {
  security_group_id = aws_security_group.node.id
  description       = "Wallarm Cloud"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_lb" "node" {
  name               = "${var.name}-node"
  internal           = true
  load_balancer_type = "application"
  subnets            = var.node_subnet_ids
  security_groups    = [aws_security_group.load_balancer.id]
}

resource "aws_lb_target_group" "node" {
  name     = "${var.name}-node"
  vpc_id   = var.vpc_id
  protocol = "HTTP"
  port     = 80

  health_check {
    path = module.node_config.health_path
  }
}

resource "aws_lb_listener" "node" {
  load_balancer_arn = aws_lb.node.arn
  protocol          = "HTTPS"
  port              = 443
  certificate_arn   = var.node_certificate_arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.node.arn
  }
}

data "aws_subnet" "node" {
  for_each = toset(var.node_subnet_ids)

  id = each.key
}

# The node trusts CloudFront and the load balancer to report the client address.
data "aws_ec2_managed_prefix_list" "cloudfront" {
  name = "com.amazonaws.global.cloudfront.origin-facing"
}

module "node_config" {
  source = "../../../modules/node-config"

  backend      = { url = var.application_url }
  entry_points = concat([var.node_domain_name, aws_lb.node.dns_name], var.aliases)
  limits       = { entry_point_timeout = 30 }
  token_secret = { arn = var.wallarm_token_secret_arn }
  group        = var.name

  trusted_proxies = {
    cidrs            = [for subnet in data.aws_subnet.node : subnet.cidr_block]
    cloudfront_cidrs = data.aws_ec2_managed_prefix_list.cloudfront.entries[*].cidr
  }

  # The node accepts every value that CloudFront may send.
  secret_header = {
    name    = "X-CloudFront-Secret"
    secrets = [for arn in values(var.secret_header_secret_arns) : { arn = arn }]
  }
}

# The instances read their secrets at boot.
resource "aws_iam_role" "node" {
  name_prefix = "${var.name}-node-"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "node_secrets" {
  name = "node-secrets"
  role = aws_iam_role.node.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue"
      Resource = concat([var.wallarm_token_secret_arn], values(var.secret_header_secret_arns))
    }]
  })
}

resource "aws_iam_instance_profile" "node" {
  name_prefix = "${var.name}-node-"
  role        = aws_iam_role.node.name
}

resource "aws_launch_template" "node" {
  name_prefix            = "${var.name}-node-"
  image_id               = var.node_ami_id
  instance_type          = "t3.medium"
  vpc_security_group_ids = [aws_security_group.node.id]
  user_data              = base64encode(module.node_config.user_data)

  iam_instance_profile {
    arn = aws_iam_instance_profile.node.arn
  }

  metadata_options {
    http_tokens = "required"
  }

  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "${var.name}-node" }
  }
}

resource "aws_autoscaling_group" "node" {
  name_prefix         = "${var.name}-node-"
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = var.node_subnet_ids
  target_group_arns   = [aws_lb_target_group.node.arn]

  launch_template {
    id      = aws_launch_template.node.id
    version = aws_launch_template.node.latest_version
  }

  # The permission must exist before an instance boots.
  depends_on = [aws_iam_role_policy.node_secrets]
}
