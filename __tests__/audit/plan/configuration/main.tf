# Changes of each kind, next to what state.ts says is there. Nothing is applied: the IDs are those of the secure account.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }
}

provider "aws" {
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
}

locals {
  vpc      = "vpc-0a1b2c3d"
  app      = "sg-00000000"
  other    = "sg-00000003"
  elb      = "arn:aws:elasticloadbalancing:us-east-1:123456789012"
  shop     = "${local.elb}:loadbalancer/app/shop/50dc6c495c0c9188"
  listener = "${local.elb}:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"
  groups   = { for name in ["shop", "node"] : name => "${local.elb}:targetgroup/${name}/73e2d6bc24d8a067" }
}

# Its output is known only after the apply.
resource "terraform_data" "later" {
  input = timestamp()
}

# Security groups

resource "aws_security_group" "new" {
  name   = "new"
  vpc_id = local.vpc
}

resource "aws_vpc_security_group_ingress_rule" "of_new" {
  security_group_id            = aws_security_group.new.id
  referenced_security_group_id = aws_security_group.new.id
  ip_protocol                  = "-1"
}

resource "aws_security_group" "inline" {
  name   = "inline"
  vpc_id = local.vpc

  ingress {
    protocol        = "tcp"
    from_port       = 80
    to_port         = 81
    cidr_blocks     = ["10.0.0.0/8"]
    security_groups = [local.other]
    self            = true
  }

  egress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    ipv6_cidr_blocks = ["::/0"]
  }
}

# Nobody can say which rules it will have.
resource "aws_security_group" "bare" {
  name   = "bare"
  vpc_id = local.vpc
}

# In the state, it admits the node.
resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = local.vpc

  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group_rule" "several" {
  type              = "ingress"
  security_group_id = local.app
  protocol          = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_blocks       = ["10.1.0.0/16", "10.2.0.0/16"]
}

resource "aws_vpc_security_group_ingress_rule" "open" {
  security_group_id = local.app
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

# In the state, it has 10.1.0.0/16.
resource "aws_vpc_security_group_ingress_rule" "wider" {
  security_group_id = local.app
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_vpc_security_group_ingress_rule" "later" {
  security_group_id = local.app
  prefix_list_id    = terraform_data.later.output
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_vpc_security_group_ingress_rule" "of_later" {
  security_group_id = terraform_data.later.output
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_egress_rule" "out" {
  security_group_id = local.other
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "-1"
}

# Network ACLs

resource "aws_network_acl" "new" {
  vpc_id     = local.vpc
  subnet_ids = ["subnet-application-10"]
}

resource "aws_network_acl_rule" "new" {
  network_acl_id = aws_network_acl.new.id
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  cidr_block     = "10.0.2.0/23"
  from_port      = 80
  to_port        = 80
}

resource "aws_network_acl" "inline" {
  vpc_id = local.vpc

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }

  egress {
    rule_no         = 100
    action          = "deny"
    protocol        = "-1"
    ipv6_cidr_block = "::/0"
    from_port       = 0
    to_port         = 0
  }
}

resource "aws_network_acl_association" "new" {
  network_acl_id = aws_network_acl.inline.id
  subnet_id      = "subnet-application-11"
}

# Routes

resource "aws_route_table" "new" {
  vpc_id = local.vpc

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-1"
  }
}

resource "aws_route" "new" {
  route_table_id            = "rtb-main"
  destination_cidr_block    = "10.9.0.0/16"
  vpc_peering_connection_id = "pcx-1"
}

resource "aws_route_table_association" "new" {
  subnet_id      = "subnet-application-10"
  route_table_id = aws_route_table.new.id
}

# Load balancers

resource "aws_lb" "new" {
  name               = "new"
  load_balancer_type = "network"
  internal           = true
  subnets            = ["subnet-other-20"]
}

# In the state, it has the group "alb".
resource "aws_lb" "shop" {
  name            = "shop"
  security_groups = [local.other]
  subnets         = ["subnet-load-balancer-0", "subnet-load-balancer-1"]
}

resource "aws_lb_listener" "new" {
  load_balancer_arn = aws_lb.new.arn
  port              = 80
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = module.group["a"].arn
  }
}

# In the state, it answers with a fixed response.
resource "aws_lb_listener" "shop" {
  load_balancer_arn = local.shop
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = local.groups.shop
  }
}

resource "aws_lb_listener_rule" "open" {
  listener_arn = local.listener
  priority     = 1

  action {
    type             = "forward"
    target_group_arn = local.groups.shop
  }

  condition {
    path_pattern {
      values = ["/open/*"]
    }
  }

  condition {
    http_header {
      http_header_name = "X-Test"
      values           = ["secret"]
    }
  }
}

# In the state, it forwards to the node alone, with a secret header.
resource "aws_lb_listener_rule" "canary" {
  listener_arn = local.listener
  priority     = 8

  action {
    type = "forward"

    forward {
      target_group {
        arn    = local.groups.node
        weight = 90
      }

      target_group {
        arn    = local.groups.shop
        weight = 10
      }
    }
  }

  condition {
    path_pattern {
      values = ["/*"]
    }
  }

  condition {
    http_header {
      http_header_name = "X-CloudFront-Secret"
      values           = ["0123456789abcdef0123456789abcdef"]
    }
  }
}

module "group" {
  source   = "./groups"
  for_each = toset(["a"])

  vpc_id  = local.vpc
  targets = { instance = "i-app1" }
}

resource "aws_lb_target_group_attachment" "other" {
  target_group_arn = local.groups.node
  target_id        = "i-app1"
}

resource "aws_vpc_endpoint_service" "new" {
  acceptance_required        = false
  network_load_balancer_arns = [local.shop]
}

# Instances

# In the state, they have other groups.
resource "aws_instance" "app" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [local.other]
}

resource "aws_network_interface" "other" {
  subnet_id       = "subnet-other-20"
  security_groups = [local.app]
}

resource "aws_instance" "new" {
  ami           = "ami-1"
  instance_type = "t3.micro"
}

resource "aws_network_interface_sg_attachment" "new" {
  security_group_id    = local.app
  network_interface_id = "eni-other"
}

resource "aws_autoscaling_attachment" "new" {
  autoscaling_group_name = "nodes"
  lb_target_group_arn    = local.groups.shop
}

resource "aws_autoscaling_traffic_source_attachment" "new" {
  autoscaling_group_name = "nodes"

  traffic_source {
    identifier = local.groups.shop
    type       = "elbv2"
  }
}

# In the state, it has no target group.
resource "aws_autoscaling_group" "nodes" {
  name                = "nodes"
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = ["subnet-node-2"]
  target_group_arns   = [local.groups.shop]

  launch_template {
    id = "lt-00000000000000001"
  }
}

resource "aws_launch_template" "new" {
  vpc_security_group_ids = [local.app]
}

# Edges

# In the state, it has no failover.
resource "aws_cloudfront_distribution" "shop" {
  enabled = true

  origin {
    origin_id   = "shop"
    domain_name = "shop-1.us-east-1.elb.amazonaws.com"

    custom_header {
      name  = "X-CloudFront-Secret"
      value = "0123456789abcdef0123456789abcdef"
    }
  }

  origin {
    origin_id   = "backup"
    domain_name = "backup.example.com"

    custom_header {
      name  = "X-Other"
      value = "secret"
    }
  }

  origin_group {
    origin_id = "both"

    failover_criteria {
      status_codes = [500]
    }

    member {
      origin_id = "shop"
    }

    member {
      origin_id = "backup"
    }
  }

  default_cache_behavior {
    target_origin_id       = "both"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]

    function_association {
      event_type   = "viewer-request"
      function_arn = "arn:aws:cloudfront::123456789012:function/origin"
    }
  }

  ordered_cache_behavior {
    path_pattern           = "/a/*"
    target_origin_id       = "shop"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

resource "aws_apigatewayv2_api" "new" {
  name          = "new"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "new" {
  api_id      = aws_apigatewayv2_api.new.id
  name        = "$default"
  auto_deploy = true
}

resource "aws_apigatewayv2_integration" "new" {
  api_id             = "http1"
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = "http://shop-1.us-east-1.elb.amazonaws.com/?token=secret"
}

resource "aws_apigatewayv2_route" "new" {
  api_id    = "http1"
  route_key = "GET /b"
  target    = "integrations/${aws_apigatewayv2_integration.new.id}"
}

# In the state, it is disabled.
resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_api_gateway_rest_api" "shop" {
  name                         = "shop"
  disable_execute_api_endpoint = false
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id   = "rest1"
  stage_name    = "live"
  deployment_id = terraform_data.later.output
}

resource "aws_api_gateway_vpc_link" "new" {
  name        = "new"
  target_arns = [local.shop]
}

# What no row knows, and what opens nothing.

resource "aws_vpc_peering_connection" "new" {
  vpc_id      = local.vpc
  peer_vpc_id = "vpc-2"
}

resource "aws_cloudwatch_log_group" "new" {
  name = "new"
}
