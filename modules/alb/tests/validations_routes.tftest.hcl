# Every rule on routes refuses a value. Each run breaks one rule, and __tests__/modules/messages.test.ts
# proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "two_routes_with_one_priority" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ path_pattern = { values = ["/a"] } }] }
      b = { listener_arn = var.listener_arn, priority = 1, conditions = [{ path_pattern = { values = ["/a"] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "mirror_of_a_route" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 5, mirrors_priority = 10 }
      b = { listener_arn = var.listener_arn, priority = 10, conditions = [{ path_pattern = { values = ["/a"] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "catch_all_before_a_route" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, catch_all = true }
      b = { listener_arn = var.listener_arn, priority = 2, conditions = [{ path_pattern = { values = ["/a"] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "listeners_of_two_load_balancers" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ path_pattern = { values = ["/a"] } }] }
      b = {
        listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/other/0123456789abcdef/0123456789abcdef"
        priority     = 1
        conditions   = [{ path_pattern = { values = ["/a"] } }]
      }
    }
  }

  expect_failures = [var.routes]
}

run "route_without_conditions" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1 }
    }
  }

  expect_failures = [var.routes]
}

run "mirror_of_an_earlier_rule" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 20, mirrors_priority = 10 }
    }
  }

  expect_failures = [var.routes]
}

run "two_conditions_of_a_kind" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ path_pattern = { values = ["/a"] } }, { path_pattern = { values = ["/b"] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "six_values" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ path_pattern = { values = ["/1", "/2", "/3", "/4"] } }, { query_string = { values = [{ key = "a", value = "5" }, { value = "6" }] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "seven_wildcards" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ path_pattern = { values = ["/*/*", "/?/?"] } }, { query_string = { values = [{ key = "*", value = "*?" }] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "listener_arn_of_a_load_balancer" {
  command = plan

  variables {
    routes = {
      a = {
        listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"
        priority     = 1
        conditions   = [{ path_pattern = { values = ["/a"] } }]
      }
    }
  }

  expect_failures = [var.routes]
}

run "priority_0" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 0, catch_all = true }
    }
  }

  expect_failures = [var.routes]
}

run "mirror_of_a_priority_that_aws_does_not_have" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, mirrors_priority = 50001 }
    }
  }

  expect_failures = [var.routes]
}

run "condition_of_two_kinds" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ host_header = { values = ["a.example.com"] }, path_pattern = { values = ["/a"] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "no_host" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ host_header = { values = [] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "host_not_in_ascii" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ host_header = { values = ["a.example.com", "münchen.example"] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "header_name_with_a_space" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ http_header = { http_header_name = "X Api", values = ["1"] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "header_that_has_a_kind_of_its_own" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ http_header = { http_header_name = "HOST", values = ["1"] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "no_header_value" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ http_header = { http_header_name = "X-Api", values = [] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "header_value_that_is_empty" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ http_header = { http_header_name = "X-Api", values = ["1", ""] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "no_method" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ http_request_method = { values = [] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "method_in_lower_case" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ http_request_method = { values = ["GET", "post"] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "no_path" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ path_pattern = { values = [] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "path_of_129_characters" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ path_pattern = { values = ["/a"] } }, { http_request_method = { values = ["GET"] } }] }
      b = { listener_arn = var.listener_arn, priority = 2, conditions = [{ path_pattern = { values = [format("/%0128d", 0)] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "no_parameter" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ query_string = { values = [] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "parameter_with_an_empty_name" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ query_string = { values = [{ value = "1" }, { key = "", value = "1" }] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "parameter_with_an_empty_value" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ query_string = { values = [{ key = "a", value = "" }] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "no_address" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ source_ip = { values = [] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "address_without_a_prefix_length" {
  command = plan

  variables {
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ source_ip = { values = ["192.0.2.1"] } }] }
    }
  }

  expect_failures = [var.routes]
}

run "target_group_arn_of_a_load_balancer" {
  command = plan

  variables {
    routes = {
      a = {
        listener_arn                 = var.listener_arn
        priority                     = 1
        catch_all                    = true
        application_target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"
      }
    }
  }

  expect_failures = [var.routes]
}

run "conditions_without_an_application_in_a_canary" {
  command = plan

  variables {
    node_traffic_percent = 99
    routes = {
      a = { listener_arn = var.listener_arn, priority = 1, conditions = [{ path_pattern = { values = ["/a"] } }] }
      b = { listener_arn = var.listener_arn, priority = 2, conditions = [{ path_pattern = { values = ["/a"] } }], application_target_group_arn = var.application_target_group_arn }
    }
  }

  expect_failures = [check.all_traffic_passes_the_node, var.routes]
}
