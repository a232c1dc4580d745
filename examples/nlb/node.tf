# The node's own fleet. Yours may come from another module: the routing needs the name of its Auto Scaling group and the
# id of its security group.

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

resource "aws_launch_template" "node" {
  name_prefix            = "${var.name}-node-"
  image_id               = var.node_ami_id
  instance_type          = "t3.medium"
  vpc_security_group_ids = [aws_security_group.node.id]

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

  lifecycle {
    # The routing module attaches the target group.
    ignore_changes = [target_group_arns]
  }
}
