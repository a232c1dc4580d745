mock_data "aws_ami" {
  defaults = { id = "ami-0123456789abcdef0", root_device_name = "/dev/xvda" }
}

mock_data "aws_partition" {
  defaults = { partition = "aws" }
}

mock_resource "aws_autoscaling_group" {
  defaults = { name = "shop-wallarm-node-1" }
}

mock_resource "aws_iam_instance_profile" {
  defaults = { arn = "arn:aws:iam::123456789012:instance-profile/shop-wallarm-node-1" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/shop-wallarm-node-1", name = "shop-wallarm-node-1" }
}

mock_resource "aws_security_group" {
  defaults = { id = "sg-0123456789abcdef0" }
}

mock_resource "aws_launch_template" {
  defaults = { id = "lt-0123456789abcdef0", latest_version = 7 }
}
