# From where to where a way is looked for, and what is said of one.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  application  = { network_interface_ids = { a = "eni-0000000000000000a", b = "eni-0000000000000000b" } }
  reachability = { internet_gateway_id = "igw-0123456789abcdef0" }
}

run "each_interface_on_each_port" {
  command = plan

  assert {
    condition = {
      for key, path in aws_ec2_network_insights_path.from_the_internet : key => [path.source, path.destination, path.protocol, tostring(path.destination_port)]
      } == {
      a-443 = ["igw-0123456789abcdef0", "eni-0000000000000000a", "tcp", "443"]
      a-80  = ["igw-0123456789abcdef0", "eni-0000000000000000a", "tcp", "80"]
      b-443 = ["igw-0123456789abcdef0", "eni-0000000000000000b", "tcp", "443"]
      b-80  = ["igw-0123456789abcdef0", "eni-0000000000000000b", "tcp", "80"]
    }
    error_message = "Not every interface is looked at on every port, or something else is."
  }

  assert {
    condition     = alltrue([for analysis in values(aws_ec2_network_insights_analysis.way_from_the_internet) : analysis.wait_for_completion]) && output.reachable_paths == { a-443 = false, a-80 = false, b-443 = false, b-80 = false }
    error_message = "The analyses are not waited for, or their results not told."
  }
}

run "a_way_is_named" {
  command = plan

  override_resource {
    target          = aws_ec2_network_insights_analysis.way_from_the_internet["b-80"]
    override_during = plan
    values          = { id = "nia-0000000000000000b", path_found = true }
  }

  expect_failures = [check.no_path_from_the_internet_to_the_application]

  assert {
    condition     = output.reachable_paths["b-80"]
    error_message = "The output does not tell."
  }
}
