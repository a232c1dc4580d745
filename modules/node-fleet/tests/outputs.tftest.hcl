# What callers read from the fleet.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

override_resource {
  target          = aws_autoscaling_group.node
  override_during = plan
  values          = { name = "shop-wallarm-node-2", arn = "arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:1a2b3c4d:autoScalingGroupName/shop-wallarm-node-2" }
}

run "fleet" {
  command = plan

  assert {
    condition = jsonencode([
      output.security_group_id,
      output.autoscaling_group_name,
      output.autoscaling_group_arn,
      output.launch_template,
      output.role_name,
      ]) == jsonencode([
      "sg-0123456789abcdef0",
      "shop-wallarm-node-2",
      "arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:1a2b3c4d:autoScalingGroupName/shop-wallarm-node-2",
      { id = "lt-0123456789abcdef0", version = 7 },
      "shop-wallarm-node-1",
    ])
    error_message = "Callers get other names and IDs than AWS gave."
  }
}
