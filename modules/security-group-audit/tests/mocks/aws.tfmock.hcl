# A security group without rules.

mock_data "aws_cloudcontrolapi_resource" {
  defaults = {
    properties = "{}"
  }
}

mock_data "aws_vpc_security_group_rules" {
  defaults = {
    ids = []
  }
}
