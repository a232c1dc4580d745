# Which route tables are read, and which of their routes are ways in.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  application     = { subnet_ids = { a = "subnet-0000000000000000a", b = "subnet-0000000000000000b" } }
  private_subnets = {}
}

run "own_tables_and_the_main_one" {
  command = plan

  override_data {
    target = data.aws_route_tables.subnet["b"]
    values = { ids = [] }
  }
  override_data {
    target = data.aws_route_tables.main[0]
    values = { ids = ["rtb-0000000000000000f"] }
  }

  assert {
    condition = {
      for key, table in data.aws_route_table.application : key => table.route_table_id
    } == { "subnet a" = "rtb-0000000000000000a", "subnet b" = "rtb-0000000000000000f" }
    error_message = "A subnet's own table is not read, or not the main one where it has none."
  }

  assert {
    condition = {
      for key, tables in data.aws_route_tables.subnet : key => one([for filter in tables.filter : "${filter.name} ${join(" ", filter.values)}"])
    } == { a = "association.subnet-id subnet-0000000000000000a", b = "association.subnet-id subnet-0000000000000000b" }
    error_message = "The tables of something else are read."
  }

  assert {
    condition     = data.aws_route_tables.main[0].vpc_id == "vpc-0123456789abcdef0" && one([for filter in data.aws_route_tables.main[0].filter : "${filter.name} ${join(" ", filter.values)}"]) == "association.main true"
    error_message = "The main table is not that of the VPC."
  }

  assert {
    condition     = length(output.public_routes) == 0
    error_message = "A NAT gateway is taken for an internet gateway."
  }
}

run "tables_by_id" {
  command = plan

  variables {
    application     = {}
    private_subnets = { route_table_ids = { edge = "rtb-00000000000000001" } }
  }

  assert {
    condition     = { for key, table in data.aws_route_table.application : key => table.route_table_id } == { "route table edge" = "rtb-00000000000000001" } && length(data.aws_route_tables.main) == 0
    error_message = "The given table is not read, or others are."
  }
}

run "ways_to_the_internet_are_named" {
  command = plan

  variables {
    private_subnets = { route_table_ids = { edge = "rtb-00000000000000001", other = "rtb-00000000000000002" } }
  }

  override_data {
    target = data.aws_route_table.application["subnet a"]
    values = { routes = [
      { cidr_block = "0.0.0.0/0", ipv6_cidr_block = "", destination_prefix_list_id = "", gateway_id = "igw-0000000000000000a" },
      { cidr_block = "", ipv6_cidr_block = "::/0", destination_prefix_list_id = "", gateway_id = "igw-0000000000000000a" },
    ] }
  }
  override_data {
    target = data.aws_route_table.application["route table edge"]
    values = { routes = [{ cidr_block = "", ipv6_cidr_block = "", destination_prefix_list_id = "pl-00000000000000001", gateway_id = "igw-0000000000000000b" }] }
  }
  # Out of the VPC, and no way in.
  override_data {
    target = data.aws_route_table.application["route table other"]
    values = { routes = [
      { cidr_block = "", ipv6_cidr_block = "::/0", destination_prefix_list_id = "", gateway_id = "", egress_only_gateway_id = "eigw-0000000000000000a" },
      { cidr_block = "192.168.0.0/16", ipv6_cidr_block = "", destination_prefix_list_id = "", gateway_id = "vgw-0000000000000000a" },
      { cidr_block = "", ipv6_cidr_block = "", destination_prefix_list_id = "pl-00000000000000002", gateway_id = "vpce-0000000000000000a" },
    ] }
  }

  expect_failures = [check.application_subnets_are_private]

  assert {
    condition = jsonencode(output.public_routes) == jsonencode({
      "route table edge" = ["pl-00000000000000001 to igw-0000000000000000b"]
      "subnet a"         = ["0.0.0.0/0 to igw-0000000000000000a", "::/0 to igw-0000000000000000a"]
    })
    error_message = "A route to an internet gateway is missing, or another one is taken for it."
  }
}
