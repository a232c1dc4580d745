# The node: one instance with a public address. For more instances, put a load balancer in front of them and attach the
# security groups of the output security_group_ids to it.

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

# The node trusts these addresses to report the client address.
data "aws_ec2_managed_prefix_list" "cloudfront" {
  name = "com.amazonaws.global.cloudfront.origin-facing"
}

module "node_config" {
  source = "../../../modules/node-config"

  backend         = { url = var.application_url }
  entry_points    = concat([var.node_domain_name], var.aliases)
  listener        = { port = 443, tls_certificate_secret = { arn = var.node_certificate_secret_arn } }
  trusted_proxies = { cloudfront_cidrs = data.aws_ec2_managed_prefix_list.cloudfront.entries[*].cidr }
  limits          = { entry_point_timeout = 30 }
  token_secret    = { arn = var.wallarm_token_secret_arn }
  group           = var.name

  # The node accepts every value that CloudFront may send.
  secret_header = {
    name    = "X-CloudFront-Secret"
    secrets = [for arn in values(var.secret_header_secret_arns) : { arn = arn }]
  }
}

# The instance reads its secrets at boot.
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
      Resource = concat([var.wallarm_token_secret_arn, var.node_certificate_secret_arn], values(var.secret_header_secret_arns))
    }]
  })
}

resource "aws_iam_instance_profile" "node" {
  name_prefix = "${var.name}-node-"
  role        = aws_iam_role.node.name
}

resource "aws_instance" "node" {
  ami                    = var.node_ami_id
  instance_type          = "t3.medium"
  subnet_id              = var.node_subnet_id
  iam_instance_profile   = aws_iam_instance_profile.node.name
  vpc_security_group_ids = concat([aws_security_group.node.id], values(module.wallarm_routing.security_group_ids))

  # The instance reads its secrets at boot, so a change of them replaces it.
  user_data                   = module.node_config.user_data
  user_data_replace_on_change = true

  metadata_options {
    http_tokens = "required"
  }

  tags = { Name = "${var.name}-node" }

  # The permission must exist before an instance boots.
  depends_on = [aws_iam_role_policy.node_secrets]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_eip" "node" {
  domain   = "vpc"
  instance = aws_instance.node.id

  tags = { Name = "${var.name}-node" }
}
