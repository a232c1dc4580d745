# A security group without rules.

mock_data "aws_vpc_security_group_rules" {
  defaults = {
    ids = []
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
