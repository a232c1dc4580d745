# An account in eu-central-1. A security group without rules, and private subnets, unless a run says otherwise.

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_partition" {
  defaults = { partition = "aws" }
}

mock_data "aws_region" {
  defaults = { id = "eu-central-1" }
}

mock_data "aws_cloudcontrolapi_resource" {
  defaults = { properties = "{}" }
}

mock_data "aws_vpc_security_group_rules" {
  defaults = { ids = [] }
}

mock_data "aws_network_interfaces" {
  defaults = { ids = [] }
}

mock_data "aws_security_groups" {
  defaults = { ids = [] }
}

mock_data "aws_route_tables" {
  defaults = { ids = ["rtb-0000000000000000a"] }
}

mock_data "aws_route_table" {
  defaults = {
    routes = [
      { cidr_block = "10.0.0.0/16", ipv6_cidr_block = "", destination_prefix_list_id = "", gateway_id = "local", nat_gateway_id = "" },
      { cidr_block = "0.0.0.0/0", ipv6_cidr_block = "", destination_prefix_list_id = "", gateway_id = "", nat_gateway_id = "nat-0000000000000000a" },
    ]
  }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:shop-flow-logs" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/shop", id = "shop-role", name = "shop-role" }
}

mock_resource "aws_kms_key" {
  defaults = { arn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555" }
}

mock_resource "aws_sns_topic" {
  defaults = { arn = "arn:aws:sns:eu-central-1:123456789012:shop-notifications" }
}

mock_resource "aws_s3_bucket" {
  defaults = { arn = "arn:aws:s3:::shop-logs", id = "shop-logs" }
}

mock_resource "aws_sfn_state_machine" {
  defaults = { arn = "arn:aws:states:eu-central-1:123456789012:stateMachine:shop-around-the-node" }
}

mock_resource "aws_ec2_network_insights_analysis" {
  defaults = { id = "nia-0000000000000000a", path_found = false }
}

mock_resource "aws_ec2_network_insights_path" {
  defaults = { id = "nip-0000000000000000a" }
}
