# The VPC of the node, for the condition on its CIDR blocks.

mock_data "aws_vpc" {
  defaults = {
    cidr_block_associations = [{ cidr_block = "10.0.0.0/16" }]
    ipv6_cidr_block         = ""
  }
}
