# routes: which rules are added to which listeners, with which conditions. Those that mirror a rule: see mocks/.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

# The default action forwards nothing, so no run needs a catch_all.
override_data {
  target = data.aws_lb_listener.existing["arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"]
  values = {
    protocol       = "HTTP"
    default_action = [{ type = "fixed-response", target_group_arn = "", forward = [], fixed_response = [{ content_type = "text/plain", status_code = "404" }] }]
  }
}

run "catch_all_takes_what_the_default_action_forwards" {
  command = plan

  variables {
    node_traffic_percent = 50
    routes = {
      rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true }
    }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition     = aws_lb_listener_rule.node["rest"].listener_arn == var.listener_arn && aws_lb_listener_rule.node["rest"].priority == 50000
    error_message = "The rule is not on its listener with its priority, the last one that AWS has."
  }

  assert {
    condition = alltrue([
      length(aws_lb_listener_rule.node["rest"].condition) == 1,
      length(flatten(values(one(aws_lb_listener_rule.node["rest"].condition)))) == 1,
      one(aws_lb_listener_rule.node["rest"].condition).path_pattern[0].values == toset(["/*"]),
    ])
    error_message = "Every path is not the only condition."
  }

  assert {
    condition     = data.aws_lb_listener.existing["rest"].arn == var.listener_arn
    error_message = "The default action was read from another listener."
  }

  assert {
    condition = { for group in aws_lb_listener_rule.node["rest"].action[0].forward[0].target_group : group.arn => group.weight } == {
      (aws_lb_target_group.node.arn)     = 50
      (var.application_target_group_arn) = 50
    }
    error_message = "The application's target group is not that of the default action."
  }
}

run "catch_all_prefers_the_target_group_that_it_is_told" {
  command = plan

  variables {
    node_traffic_percent = 50
    routes = {
      rest = {
        listener_arn                 = var.listener_arn
        priority                     = 50000
        catch_all                    = true
        application_target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/other/0123456789abcdef"
      }
    }
  }

  expect_failures = [check.all_traffic_passes_the_node, check.application_target_groups_are_current]

  assert {
    condition = { for group in aws_lb_listener_rule.node["rest"].action[0].forward[0].target_group : group.arn => group.weight } == {
      (aws_lb_target_group.node.arn)                                                              = 50
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/other/0123456789abcdef" = 50
    }
    error_message = "The application's target group is not the one named."
  }
}

run "a_default_action_that_gives_a_group_no_requests_has_one_target_group" {
  command = plan

  variables {
    node_traffic_percent = 50
    routes = {
      rest = { listener_arn = var.listener_arn, priority = 50000, catch_all = true }
    }
  }

  override_data {
    target = data.aws_lb_listener.existing["rest"]
    values = {
      protocol = "HTTP"
      default_action = [{
        type             = "forward"
        target_group_arn = ""
        forward = [{
          target_group = [
            { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/blue/0123456789abcdef", weight = 0 },
            { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/green/0123456789abcdef", weight = 1 },
          ]
        }]
      }]
    }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition = { for group in aws_lb_listener_rule.node["rest"].action[0].forward[0].target_group : group.arn => group.weight } == {
      (aws_lb_target_group.node.arn)                                                              = 50
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/green/0123456789abcdef" = 50
    }
    error_message = "The application's target group is not the one that gets requests today."
  }
}

run "conditions_of_every_kind" {
  command = plan

  variables {
    routes = {
      host    = { listener_arn = var.listener_arn, priority = 1, conditions = [{ host_header = { values = ["shop.example.com", "*.example.net"] } }] }
      header  = { listener_arn = var.listener_arn, priority = 2, conditions = [{ http_header = { http_header_name = "X-Api-Version", values = ["1", "1.*"] } }] }
      method  = { listener_arn = var.listener_arn, priority = 3, conditions = [{ http_request_method = { values = ["PUT", "VERSION-CONTROL"] } }] }
      path    = { listener_arn = var.listener_arn, priority = 4, conditions = [{ path_pattern = { values = ["/api/*", "/v?"] } }] }
      query   = { listener_arn = var.listener_arn, priority = 5, conditions = [{ query_string = { values = [{ key = "partner", value = "*" }, { value = "beta" }] } }] }
      address = { listener_arn = var.listener_arn, priority = 6, conditions = [{ source_ip = { values = ["198.51.100.0/24", "2001:db8::/32"] } }] }
    }
  }

  assert {
    condition     = { for key, rule in aws_lb_listener_rule.node : key => rule.priority } == { host = 1, header = 2, method = 3, path = 4, query = 5, address = 6 }
    error_message = "The rules do not have their routes' priorities."
  }

  assert {
    condition     = alltrue([for rule in aws_lb_listener_rule.node : length(rule.condition) == 1])
    error_message = "A rule has more or less than its route's condition."
  }

  assert {
    condition = alltrue([
      for key, kind in {
        host    = "host_header"
        header  = "http_header"
        method  = "http_request_method"
        path    = "path_pattern"
        query   = "query_string"
        address = "source_ip"
      } : [for name, blocks in one(aws_lb_listener_rule.node[key].condition) : name if length(blocks) > 0] == [kind]
    ])
    error_message = "A condition is not of the one kind that its route names."
  }

  assert {
    condition     = one(aws_lb_listener_rule.node["host"].condition).host_header[0].values == toset(["shop.example.com", "*.example.net"])
    error_message = "The host names are not the route's."
  }

  assert {
    condition     = one(aws_lb_listener_rule.node["header"].condition).http_header[0].http_header_name == "X-Api-Version"
    error_message = "The header is not the route's."
  }

  assert {
    condition     = one(aws_lb_listener_rule.node["header"].condition).http_header[0].values == toset(["1", "1.*"])
    error_message = "The header's values are not the route's."
  }

  assert {
    condition     = one(aws_lb_listener_rule.node["method"].condition).http_request_method[0].values == toset(["PUT", "VERSION-CONTROL"])
    error_message = "The methods are not the route's."
  }

  assert {
    condition     = one(aws_lb_listener_rule.node["path"].condition).path_pattern[0].values == toset(["/api/*", "/v?"])
    error_message = "The paths are not the route's."
  }

  assert {
    condition = toset([for parameter in one(aws_lb_listener_rule.node["query"].condition).query_string : jsonencode(parameter)]) == toset([
      jsonencode({ key = "partner", value = "*" }),
      jsonencode({ key = null, value = "beta" }),
    ])
    error_message = "The query parameters are not the route's, of which one has any name."
  }

  assert {
    condition     = one(aws_lb_listener_rule.node["address"].condition).source_ip[0].values == toset(["198.51.100.0/24", "2001:db8::/32"])
    error_message = "The source addresses are not the route's."
  }
}

run "several_conditions_must_all_be_met" {
  command = plan

  variables {
    routes = {
      api = {
        listener_arn = var.listener_arn
        priority     = 1
        conditions = [
          { path_pattern = { values = ["/api/*"] } },
          { http_header = { http_header_name = "X-Tenant", values = ["a"] } },
          { http_header = { http_header_name = "X-Stage", values = ["b"] } },
        ]
      }
    }
  }

  assert {
    condition = toset([
      for condition in aws_lb_listener_rule.node["api"].condition :
      jsonencode({ paths = condition.path_pattern[*].values, headers = condition.http_header[*].http_header_name })
      ]) == toset([
      jsonencode({ paths = [["/api/*"]], headers = [] }),
      jsonencode({ paths = [], headers = ["X-Tenant"] }),
      jsonencode({ paths = [], headers = ["X-Stage"] }),
    ])
    error_message = "The rule does not have a condition of its own for the path and for each header."
  }
}

run "a_route_with_conditions_shares_out_with_the_application_that_it_names" {
  command = plan

  variables {
    node_traffic_percent = 10
    routes = {
      api = {
        listener_arn                 = var.listener_arn
        priority                     = 1
        conditions                   = [{ path_pattern = { values = ["/api/*"] } }]
        application_target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/api/0123456789abcdef"
      }
    }
  }

  expect_failures = [check.all_traffic_passes_the_node]

  assert {
    condition = { for group in aws_lb_listener_rule.node["api"].action[0].forward[0].target_group : group.arn => group.weight } == {
      (aws_lb_target_group.node.arn)                                                            = 10
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/api/0123456789abcdef" = 90
    }
    error_message = "The application's target group is not the one named."
  }
}

run "a_route_with_conditions_needs_no_application_after_the_cutover" {
  command = plan

  variables {
    routes = {
      api = { listener_arn = var.listener_arn, priority = 1, conditions = [{ path_pattern = { values = ["/api/*"] } }] }
    }
  }

  assert {
    condition     = [for group in aws_lb_listener_rule.node["api"].action[0].forward[0].target_group : group.arn] == [aws_lb_target_group.node.arn]
    error_message = "The rule does not forward to the node alone."
  }
}

run "as_much_as_aws_counts" {
  command = plan

  variables {
    routes = {
      five_values = {
        listener_arn = var.listener_arn
        priority     = 1
        conditions = [
          { host_header = { values = ["a.example.com"] } },
          { http_header = { http_header_name = "X-Api-Version", values = ["1", "2"] } },
          { query_string = { values = [{ key = "stage", value = "beta" }] } },
          { http_request_method = { values = ["GET"] } },
        ]
      }
      five_wildcards = {
        listener_arn = var.listener_arn
        priority     = 2
        conditions = [
          { path_pattern = { values = ["/*/?", "/v?/*"] } },
          { query_string = { values = [{ key = "page", value = "*" }] } },
        ]
      }
      longest_value = { listener_arn = var.listener_arn, priority = 3, conditions = [{ path_pattern = { values = [format("/%0127d", 0)] } }] }
      longest_names = {
        listener_arn = var.listener_arn
        priority     = 4
        conditions = [
          { http_header = { http_header_name = format("%040d", 0), values = ["1"] } },
          { http_request_method = { values = [replace(format("%040d", 0), "0", "A")] } },
        ]
      }
    }
  }

  assert {
    condition     = length(aws_lb_listener_rule.node) == 4
    error_message = "A route that AWS accepts was left out."
  }

  assert {
    condition     = length(one(one(aws_lb_listener_rule.node["longest_value"].condition).path_pattern[0].values)) == 128
    error_message = "The longest path was cut."
  }
}

run "listeners_of_one_load_balancer_have_priorities_of_their_own" {
  command = plan

  variables {
    routes = {
      public = { listener_arn = "${var.listener_arn}-1", priority = 50000, catch_all = true }
      admin  = { listener_arn = "${var.listener_arn}-2", priority = 50000, catch_all = true }
      early  = { listener_arn = "${var.listener_arn}-2", priority = 49999, conditions = [{ path_pattern = { values = ["/"] } }] }
    }
  }

  assert {
    condition = { for key, rule in aws_lb_listener_rule.node : key => "${rule.priority} on ${rule.listener_arn}" } == {
      public = "50000 on ${var.listener_arn}-1"
      admin  = "50000 on ${var.listener_arn}-2"
      early  = "49999 on ${var.listener_arn}-2"
    }
    error_message = "The rules are not where their routes say."
  }
}
