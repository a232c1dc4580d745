# The path that the security groups open: load balancer → node → application, and nothing beside it.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  application = { security_group_id = "sg-00000000000000003" }
}

run "load_balancer_to_node" {
  command = plan

  assert {
    condition = jsonencode([
      for rule in aws_vpc_security_group_egress_rule.load_balancer_to_node :
      [rule.security_group_id, rule.referenced_security_group_id, rule.ip_protocol, rule.from_port, rule.to_port, rule.description]
    ]) == jsonencode([["sg-00000000000000001", "sg-00000000000000002", "tcp", 80, 80, "shop: to the Wallarm Node"]])
    error_message = "The load balancer is not let out to the node's group on the node's port."
  }

  assert {
    condition = jsonencode([
      for rule in aws_vpc_security_group_ingress_rule.node_from_load_balancer :
      [rule.security_group_id, rule.referenced_security_group_id, rule.ip_protocol, rule.from_port, rule.to_port, rule.description]
    ]) == jsonencode([["sg-00000000000000002", "sg-00000000000000001", "tcp", 80, 80, "shop: from the load balancer"]])
    error_message = "The node does not admit the load balancer's group on the node's port."
  }
}

run "node_to_application_on_80_and_443_by_default" {
  command = plan

  assert {
    condition = jsonencode({
      for key, rule in aws_vpc_security_group_egress_rule.node_to_application :
      key => [rule.security_group_id, rule.referenced_security_group_id, rule.ip_protocol, rule.from_port, rule.to_port, rule.description]
      }) == jsonencode({
      "80"  = ["sg-00000000000000002", "sg-00000000000000003", "tcp", 80, 80, "shop: to the application"]
      "443" = ["sg-00000000000000002", "sg-00000000000000003", "tcp", 443, 443, "shop: to the application"]
    })
    error_message = "The node is not let out to the application's group on 80 and 443."
  }

  assert {
    condition = jsonencode({
      for key, rule in aws_vpc_security_group_ingress_rule.application_from_node :
      key => [rule.security_group_id, rule.referenced_security_group_id, rule.ip_protocol, rule.from_port, rule.to_port, rule.description]
      }) == jsonencode({
      "80"  = ["sg-00000000000000003", "sg-00000000000000002", "tcp", 80, 80, "shop: from the Wallarm Node"]
      "443" = ["sg-00000000000000003", "sg-00000000000000002", "tcp", 443, 443, "shop: from the Wallarm Node"]
    })
    error_message = "The application does not admit the node's group on 80 and 443."
  }
}

run "ports_of_the_application" {
  command = plan

  variables {
    application = { security_group_id = "sg-00000000000000003", ports = [1, 65535] }
  }

  assert {
    condition     = { for key, rule in aws_vpc_security_group_egress_rule.node_to_application : key => rule.to_port } == { "1" = 1, "65535" = 65535 }
    error_message = "The node is not let out to exactly the ports named."
  }

  assert {
    condition     = { for key, rule in aws_vpc_security_group_ingress_rule.application_from_node : key => rule.to_port } == { "1" = 1, "65535" = 65535 }
    error_message = "The application does not admit the node on exactly the ports named."
  }
}

run "without_an_application" {
  command = plan

  variables {
    application = null
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.node_to_application) + length(aws_vpc_security_group_ingress_rule.application_from_node) == 0
    error_message = "There are rules between the node and no application."
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.load_balancer_to_node) == 1 && length(aws_vpc_security_group_ingress_rule.node_from_load_balancer) == 1
    error_message = "The load balancer does not reach the node."
  }

  assert {
    condition     = terraform_data.routing.input.application.security_group_id == null
    error_message = "The contract names an application."
  }
}

run "health_check_on_a_port_of_its_own" {
  command = plan

  variables {
    health_check = { port = "8081" }
  }

  assert {
    condition     = { for key, rule in aws_vpc_security_group_egress_rule.load_balancer_to_node : key => rule.to_port } == { public-80 = 80, public-8081 = 8081 }
    error_message = "The load balancer is not let out to both ports of the node."
  }

  assert {
    condition     = { for key, rule in aws_vpc_security_group_ingress_rule.node_from_load_balancer : key => rule.to_port } == { public-80 = 80, public-8081 = 8081 }
    error_message = "The node does not admit the load balancer on both of its ports."
  }

  assert {
    condition     = toset(keys(aws_vpc_security_group_ingress_rule.application_from_node)) == toset(["80", "443"])
    error_message = "The application was opened on the port of the node's health check."
  }
}

run "health_check_by_number_on_the_port_of_the_requests" {
  command = plan

  variables {
    node         = merge(var.node, { port = 8080 })
    health_check = { port = "8080" }
  }

  assert {
    condition     = { for key, rule in aws_vpc_security_group_egress_rule.load_balancer_to_node : key => rule.from_port } == { public-8080 = 8080 }
    error_message = "One port has two rules, or none."
  }

  assert {
    condition     = { for key, rule in aws_vpc_security_group_ingress_rule.node_from_load_balancer : key => rule.from_port } == { public-8080 = 8080 }
    error_message = "One port has two rules, or none."
  }
}

run "several_groups_of_the_load_balancer" {
  command = plan

  variables {
    load_balancer = { security_group_ids = { public = "sg-00000000000000001", office = "sg-00000000000000009" } }
    health_check  = { port = "8081" }
  }

  assert {
    condition = { for key, rule in aws_vpc_security_group_egress_rule.load_balancer_to_node : key => "${rule.security_group_id} ${rule.to_port}" } == {
      public-80   = "sg-00000000000000001 80"
      public-8081 = "sg-00000000000000001 8081"
      office-80   = "sg-00000000000000009 80"
      office-8081 = "sg-00000000000000009 8081"
    }
    error_message = "Not every group of the load balancer is let out to every port of the node."
  }

  assert {
    condition = { for key, rule in aws_vpc_security_group_ingress_rule.node_from_load_balancer : key => "${rule.referenced_security_group_id} ${rule.to_port}" } == {
      public-80   = "sg-00000000000000001 80"
      public-8081 = "sg-00000000000000001 8081"
      office-80   = "sg-00000000000000009 80"
      office-8081 = "sg-00000000000000009 8081"
    }
    error_message = "The node does not admit every group of the load balancer on every port."
  }
}

run "without_load_balancer_egress" {
  command = plan

  variables {
    security_group_rules = { load_balancer_egress = false }
  }

  assert {
    condition = {
      load_balancer_egress = length(aws_vpc_security_group_egress_rule.load_balancer_to_node)
      node_ingress         = length(aws_vpc_security_group_ingress_rule.node_from_load_balancer)
      node_egress          = length(aws_vpc_security_group_egress_rule.node_to_application)
      application_ingress  = length(aws_vpc_security_group_ingress_rule.application_from_node)
    } == { load_balancer_egress = 0, node_ingress = 1, node_egress = 2, application_ingress = 2 }
    error_message = "The load balancer's rules, and only these, are to be left to their owner."
  }
}

run "without_node_ingress" {
  command = plan

  variables {
    security_group_rules = { node_ingress = false }
  }

  assert {
    condition = {
      load_balancer_egress = length(aws_vpc_security_group_egress_rule.load_balancer_to_node)
      node_ingress         = length(aws_vpc_security_group_ingress_rule.node_from_load_balancer)
      node_egress          = length(aws_vpc_security_group_egress_rule.node_to_application)
      application_ingress  = length(aws_vpc_security_group_ingress_rule.application_from_node)
    } == { load_balancer_egress = 1, node_ingress = 0, node_egress = 2, application_ingress = 2 }
    error_message = "What the node admits, and only this, is to be left to its owner."
  }
}

run "without_node_egress" {
  command = plan

  variables {
    security_group_rules = { node_egress = false }
  }

  assert {
    condition = {
      load_balancer_egress = length(aws_vpc_security_group_egress_rule.load_balancer_to_node)
      node_ingress         = length(aws_vpc_security_group_ingress_rule.node_from_load_balancer)
      node_egress          = length(aws_vpc_security_group_egress_rule.node_to_application)
      application_ingress  = length(aws_vpc_security_group_ingress_rule.application_from_node)
    } == { load_balancer_egress = 1, node_ingress = 1, node_egress = 0, application_ingress = 2 }
    error_message = "What the node is let out to, and only this, is to be left to its owner."
  }
}

run "without_application_ingress" {
  command = plan

  variables {
    security_group_rules = { application_ingress = false }
  }

  assert {
    condition = {
      load_balancer_egress = length(aws_vpc_security_group_egress_rule.load_balancer_to_node)
      node_ingress         = length(aws_vpc_security_group_ingress_rule.node_from_load_balancer)
      node_egress          = length(aws_vpc_security_group_egress_rule.node_to_application)
      application_ingress  = length(aws_vpc_security_group_ingress_rule.application_from_node)
    } == { load_balancer_egress = 1, node_ingress = 1, node_egress = 2, application_ingress = 0 }
    error_message = "What the application admits, and only this, is to be left to its owner."
  }
}
