# Whom the node's security group admits: every way in which a Network Load Balancer can send it connections.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "load_balancer_with_security_groups_and_preserved_addresses" {
  command = plan

  assert {
    condition = jsonencode([
      for rule in aws_vpc_security_group_ingress_rule.node_from_load_balancer :
      [rule.security_group_id, rule.referenced_security_group_id, rule.cidr_ipv4, rule.cidr_ipv6, rule.ip_protocol, rule.from_port, rule.to_port, rule.description]
    ]) == jsonencode([["sg-00000000000000002", "sg-00000000000000001", null, null, "tcp", 80, 80, "shop: from the load balancer"]])
    error_message = "The node does not admit the load balancer's group, and nothing else."
  }

  assert {
    condition = jsonencode([
      for rule in aws_vpc_security_group_egress_rule.load_balancer_to_node :
      [rule.security_group_id, rule.referenced_security_group_id, rule.ip_protocol, rule.from_port, rule.to_port, rule.description]
    ]) == jsonencode([["sg-00000000000000001", "sg-00000000000000002", "tcp", 80, 80, "shop: to the Wallarm Node"]])
    error_message = "The load balancer is not let out to the node's group on the node's port."
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.node_from_clients) == 0
    error_message = "The node admits clients around the load balancer."
  }
}

run "load_balancer_with_security_groups_and_its_own_address" {
  command = plan

  variables {
    target_group = { preserve_client_ip = false }
  }

  assert {
    condition = jsonencode([
      for rule in aws_vpc_security_group_ingress_rule.node_from_load_balancer :
      [rule.security_group_id, rule.referenced_security_group_id, rule.cidr_ipv4, rule.from_port, rule.to_port]
    ]) == jsonencode([["sg-00000000000000002", "sg-00000000000000001", null, 80, 80]])
    error_message = "The node does not admit the load balancer's group, and nothing else."
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.node_from_clients) == 0
    error_message = "The node admits clients, whose addresses it never sees."
  }
}

run "load_balancer_without_security_groups_and_preserved_addresses" {
  command = plan

  variables {
    health_check = { port = "8081" }
    load_balancer = {
      subnet_cidrs = ["10.0.0.0/24", "2001:db8:0:1::/64"]
      client_cidrs = ["0.0.0.0/0", "::/0"]
    }
  }

  assert {
    condition = jsonencode({
      for key, rule in aws_vpc_security_group_ingress_rule.node_from_clients :
      key => [rule.security_group_id, rule.cidr_ipv4, rule.cidr_ipv6, rule.ip_protocol, rule.from_port, rule.to_port, rule.description]
      }) == jsonencode({
      "0.0.0.0/0-80" = ["sg-00000000000000002", "0.0.0.0/0", null, "tcp", 80, 80, "shop: from clients of the load balancer"]
      "::/0-80"      = ["sg-00000000000000002", null, "::/0", "tcp", 80, 80, "shop: from clients of the load balancer"]
    })
    error_message = "The node does not admit the clients on the port of the connections alone."
  }

  assert {
    condition = jsonencode({
      for key, rule in aws_vpc_security_group_ingress_rule.node_from_load_balancer :
      key => [rule.security_group_id, rule.referenced_security_group_id, rule.cidr_ipv4, rule.cidr_ipv6, rule.to_port]
      }) == jsonencode({
      "10.0.0.0/24-80"         = ["sg-00000000000000002", null, "10.0.0.0/24", null, 80]
      "10.0.0.0/24-8081"       = ["sg-00000000000000002", null, "10.0.0.0/24", null, 8081]
      "2001:db8:0:1::/64-80"   = ["sg-00000000000000002", null, null, "2001:db8:0:1::/64", 80]
      "2001:db8:0:1::/64-8081" = ["sg-00000000000000002", null, null, "2001:db8:0:1::/64", 8081]
    })
    error_message = "The node does not admit the load balancer's subnets, where the health checks come from."
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.load_balancer_to_node) == 0
    error_message = "A load balancer without security groups got a rule."
  }
}

run "load_balancer_without_security_groups_and_its_own_address" {
  command = plan

  variables {
    target_group  = { preserve_client_ip = false }
    load_balancer = { subnet_cidrs = ["10.0.0.0/24", "10.0.1.0/24"] }
  }

  assert {
    condition = jsonencode({
      for key, rule in aws_vpc_security_group_ingress_rule.node_from_load_balancer :
      key => [rule.security_group_id, rule.referenced_security_group_id, rule.cidr_ipv4, rule.ip_protocol, rule.from_port, rule.to_port]
      }) == jsonencode({
      "10.0.0.0/24-80" = ["sg-00000000000000002", null, "10.0.0.0/24", "tcp", 80, 80]
      "10.0.1.0/24-80" = ["sg-00000000000000002", null, "10.0.1.0/24", "tcp", 80, 80]
    })
    error_message = "The node does not admit exactly the load balancer's subnets."
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.node_from_clients) + length(aws_vpc_security_group_egress_rule.load_balancer_to_node) == 0
    error_message = "The node admits clients, or a load balancer without security groups got a rule."
  }
}

run "clients_in_the_load_balancers_own_subnets" {
  command = plan

  variables {
    load_balancer = {
      subnet_cidrs = ["10.0.0.0/24", "10.0.1.0/24"]
      client_cidrs = ["10.0.1.0/24", "10.0.2.0/24"]
    }
  }

  assert {
    condition     = keys(aws_vpc_security_group_ingress_rule.node_from_clients) == ["10.0.2.0/24-80"]
    error_message = "A CIDR block is admitted twice, which AWS refuses, or a client is not admitted."
  }
}

run "health_check_on_a_port_of_its_own" {
  command = plan

  variables {
    load_balancer = { security_group_ids = { public = "sg-00000000000000001", office = "sg-00000000000000009" } }
    health_check  = { port = "8081" }
  }

  assert {
    condition = {
      for key, rule in aws_vpc_security_group_ingress_rule.node_from_load_balancer :
      key => "${rule.referenced_security_group_id} ${rule.ip_protocol} ${rule.to_port}"
      } == {
      public-80   = "sg-00000000000000001 tcp 80"
      public-8081 = "sg-00000000000000001 tcp 8081"
      office-80   = "sg-00000000000000009 tcp 80"
      office-8081 = "sg-00000000000000009 tcp 8081"
    }
    error_message = "The node does not admit every group of the load balancer on both of its ports."
  }

  assert {
    condition = {
      for key, rule in aws_vpc_security_group_egress_rule.load_balancer_to_node :
      key => "${rule.security_group_id} ${rule.ip_protocol} ${rule.to_port}"
      } == {
      public-80   = "sg-00000000000000001 tcp 80"
      public-8081 = "sg-00000000000000001 tcp 8081"
      office-80   = "sg-00000000000000009 tcp 80"
      office-8081 = "sg-00000000000000009 tcp 8081"
    }
    error_message = "Not every group of the load balancer is let out to both ports of the node."
  }
}

run "udp_and_a_health_check_by_tcp" {
  command = plan

  variables {
    node          = merge(var.node, { port = 443, protocol = "UDP" })
    load_balancer = { subnet_cidrs = ["10.0.0.0/24"], client_cidrs = ["0.0.0.0/0"] }
  }

  assert {
    condition = {
      for key, rule in aws_vpc_security_group_ingress_rule.node_from_load_balancer : key => "${rule.ip_protocol} ${rule.from_port} ${rule.to_port}"
    } == { "10.0.0.0/24-443" = "tcp 443 443", "10.0.0.0/24-443-udp" = "udp 443 443" }
    error_message = "The node does not admit the load balancer's health check by TCP beside UDP."
  }

  assert {
    condition = {
      for key, rule in aws_vpc_security_group_ingress_rule.node_from_clients : key => "${rule.ip_protocol} ${rule.from_port} ${rule.to_port}"
    } == { "0.0.0.0/0-443-udp" = "udp 443 443" }
    error_message = "The node does not admit clients by UDP alone."
  }
}

run "tcp_and_udp_on_one_port" {
  command = plan

  variables {
    node = merge(var.node, { port = 443, protocol = "TCP_UDP" })
  }

  assert {
    condition = {
      for key, rule in aws_vpc_security_group_ingress_rule.node_from_load_balancer : key => rule.ip_protocol
    } == { "public-443" = "tcp", "public-443-udp" = "udp" }
    error_message = "The node does not admit both protocols."
  }

  assert {
    condition = {
      for key, rule in aws_vpc_security_group_egress_rule.load_balancer_to_node : key => rule.ip_protocol
    } == { "public-443" = "tcp", "public-443-udp" = "udp" }
    error_message = "The load balancer is not let out by both protocols."
  }
}

run "tls_is_tcp" {
  command = plan

  variables {
    node = merge(var.node, { port = 443, protocol = "TLS" })
  }

  assert {
    condition     = { for key, rule in aws_vpc_security_group_ingress_rule.node_from_load_balancer : key => rule.ip_protocol } == { "public-443" = "tcp" }
    error_message = "The node does not admit TCP."
  }
}

# The application sees the node's address, whatever the load balancer preserves.
run "application_admits_the_node_and_no_client" {
  command = plan

  variables {
    application   = { security_group_id = "sg-00000000000000003" }
    load_balancer = { subnet_cidrs = ["10.0.0.0/24"], client_cidrs = ["0.0.0.0/0"] }
  }

  assert {
    condition = jsonencode({
      for key, rule in aws_vpc_security_group_ingress_rule.application_from_node :
      key => [rule.security_group_id, rule.referenced_security_group_id, rule.cidr_ipv4, rule.ip_protocol, rule.from_port, rule.to_port]
      }) == jsonencode({
      "80"  = ["sg-00000000000000003", "sg-00000000000000002", null, "tcp", 80, 80]
      "443" = ["sg-00000000000000003", "sg-00000000000000002", null, "tcp", 443, 443]
    })
    error_message = "The application does not admit the node's group, and nothing else."
  }

  assert {
    condition = jsonencode({
      for key, rule in aws_vpc_security_group_egress_rule.node_to_application :
      key => [rule.security_group_id, rule.referenced_security_group_id, rule.from_port, rule.to_port]
      }) == jsonencode({
      "80"  = ["sg-00000000000000002", "sg-00000000000000003", 80, 80]
      "443" = ["sg-00000000000000002", "sg-00000000000000003", 443, 443]
    })
    error_message = "The node is not let out to the application's group on 80 and 443."
  }
}

run "rules_that_are_left_to_their_owners" {
  command = plan

  variables {
    application   = { security_group_id = "sg-00000000000000003", ports = [80] }
    load_balancer = { subnet_cidrs = ["10.0.0.0/24"], client_cidrs = ["0.0.0.0/0"] }
    security_group_rules = {
      node_ingress        = false
      node_egress         = false
      application_ingress = false
    }
  }

  assert {
    condition = (
      length(aws_vpc_security_group_ingress_rule.node_from_load_balancer) +
      length(aws_vpc_security_group_ingress_rule.node_from_clients) +
      length(aws_vpc_security_group_egress_rule.node_to_application) +
      length(aws_vpc_security_group_ingress_rule.application_from_node)
    ) == 0
    error_message = "A rule was made that is left to its owner."
  }
}

run "load_balancer_egress_that_is_left_to_its_owner" {
  command = plan

  variables {
    security_group_rules = { load_balancer_egress = false }
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.load_balancer_to_node) == 0 && length(aws_vpc_security_group_ingress_rule.node_from_load_balancer) == 1
    error_message = "The load balancer's rules, and only these, are to be left to their owner."
  }
}
