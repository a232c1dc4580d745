# An AWS in which everything is as a VPC origin wants it, and the prefix list as large as AWS documents.

mock_data "aws_ec2_managed_prefix_list" {
  defaults = {
    id          = "pl-00000000000000001"
    max_entries = 55
    entries     = []
  }
}

mock_data "aws_secretsmanager_secret_version" {
  defaults = {
    secret_string = "0000000000000000000000000000000a"
  }
}

mock_data "aws_lb" {
  defaults = {
    load_balancer_type = "application"
    internal           = true
    ip_address_type    = "ipv4"
    security_groups    = ["sg-00000000000000004"]
  }
}

mock_data "aws_lb_listener" {
  defaults = {
    protocol = "TCP"
  }
}

mock_data "aws_security_group" {
  defaults = {
    id = "sg-00000000000000009"
  }
}

mock_resource "aws_security_group" {
  defaults = {
    id = "sg-00000000000000005"
  }
}

mock_resource "aws_cloudfront_vpc_origin" {
  defaults = {
    id = "vo_00000000000001"
  }
}

mock_resource "aws_cloudfront_distribution" {
  defaults = {
    id             = "E00000000000001"
    arn            = "arn:aws:cloudfront::123456789012:distribution/E00000000000001"
    domain_name    = "d111111abcdef8.cloudfront.net"
    hosted_zone_id = "Z2FDTNDATAQYW2"
  }
}

mock_resource "aws_vpc_security_group_ingress_rule" {
  defaults = {
    arn = "arn:aws:ec2:eu-central-1:123456789012:security-group-rule/sgr-00000000000000001"
  }
}
