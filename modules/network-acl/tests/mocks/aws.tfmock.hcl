# An AWS in which every subnet is the application's and has the VPC's default network ACL.

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_subnet" {
  defaults = {
    vpc_id          = "vpc-0123456789abcdef0"
    owner_id        = "123456789012"
    cidr_block      = "10.0.11.0/24"
    ipv6_cidr_block = ""
  }
}

mock_data "aws_network_acls" {
  defaults = {
    ids = ["acl-0000000000000000d"]
  }
}

# The application runs on an instance of an Auto Scaling group with EC2 health checks.
mock_data "aws_instances" {
  defaults = {
    ids = ["i-00000000000000001"]
  }
}

mock_data "aws_autoscaling_group" {
  defaults = {
    name              = "shop"
    health_check_type = "EC2"
    target_group_arns = []
  }
}
