# An AWS in which every subnet is the application's and has the VPC's default network ACL.

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
