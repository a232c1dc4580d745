# The node: an Auto Scaling group. If yours comes from another module, the routing needs the ID of its security group.

resource "aws_security_group" "node" {
  name        = "${var.name}-node"
  description = "Wallarm Node"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-node" }
}

resource "aws_vpc_security_group_egress_rule" "wallarm_cloud" {
  security_group_id = aws_security_group.node.id
  description       = "Wallarm Cloud"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

data "aws_subnet" "load_balancer" {
  for_each = toset(var.node_subnet_ids)

  id = each.key
}

module "node_config" {
  source = "../../../modules/node-config"

  backend      = { url = var.backend_url }
  entry_points = [aws_lb.node.dns_name]

  # The load balancer reports only the VPC link. The client is in the header that API Gateway sets (main.tf).
  trusted_proxies = {
    cidrs           = [for subnet in data.aws_subnet.load_balancer : subnet.cidr_block]
    client_header   = "X-Source-Ip"
    client_protocol = "https"
  }

  # The timeout of HTTP APIs
  limits = { entry_point_timeout = 30 }

  token_secret = { arn = var.wallarm_token_secret_arn }
  group        = var.name
}

# The instances read the node token at boot.
resource "aws_iam_role" "node" {
  name_prefix = "${var.name}-node-"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "node_token" {
  name = "node-token"
  role = aws_iam_role.node.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = var.wallarm_token_secret_arn }]
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

  launch_template {
    id      = aws_launch_template.node.id
    version = aws_launch_template.node.latest_version
  }

  # The permission must exist before an instance boots.
  depends_on = [aws_iam_role_policy.node_token]

  lifecycle {
    # aws_autoscaling_attachment.node attaches the target group.
    ignore_changes = [target_group_arns]
  }
}
