# Every rule on origins refuses a value. Each run breaks one rule, and
# __tests__/modules/messages-cloudfront.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "origin_of_no_kind" {
  command = plan

  variables {
    origins = { shop = { domain_name = "shop.example.com" } }
  }

  expect_failures = [var.origins]
}

run "origin_of_two_kinds" {
  command = plan

  variables {
    origins = { shop = { domain_name = "shop.example.com", custom_origin_config = {}, vpc_origin_config = { vpc_origin_id = "vo_1" } } }
  }

  expect_failures = [var.origins]
}

run "bucket_served_by_the_node" {
  command = plan

  variables {
    origins = { shop = { domain_name = "shop.s3.amazonaws.com", origin_access_control_id = "E327GJI25M56DG" } }
  }

  expect_failures = [var.origins]
}

run "origin_by_url" {
  command = plan

  variables {
    origins = { shop = merge({ domain_name = "shop.example.com", custom_origin_config = {} }, { domain_name = "shop.example.com/shop" }) }
  }

  expect_failures = [var.origins]
}

run "origin_served_by_nobody" {
  command = plan

  variables {
    origins = { shop = merge({ domain_name = "shop.example.com", custom_origin_config = {} }, { served_by = "cdn" }) }
  }

  expect_failures = [var.origins]
}

run "origin_path_with_a_slash_at_its_end" {
  command = plan

  variables {
    origins = { shop = merge({ domain_name = "shop.example.com", custom_origin_config = {} }, { origin_path = "/shop/" }) }
  }

  expect_failures = [var.origins]
}

run "origin_with_four_attempts" {
  command = plan

  variables {
    origins = { shop = merge({ domain_name = "shop.example.com", custom_origin_config = {} }, { connection_attempts = 4 }) }
  }

  expect_failures = [var.origins]
}

run "origin_with_eleven_seconds" {
  command = plan

  variables {
    origins = { shop = merge({ domain_name = "shop.example.com", custom_origin_config = {} }, { connection_timeout = 11 }) }
  }

  expect_failures = [var.origins]
}

run "origin_with_a_header_of_a_connection" {
  command = plan

  variables {
    origins = { shop = merge({ domain_name = "shop.example.com", custom_origin_config = {} }, { custom_headers = { Upgrade = "websocket" } }) }
  }

  expect_failures = [var.origins]
}

run "origin_with_the_secret_header" {
  command = plan

  variables {
    origins = { shop = merge({ domain_name = "shop.example.com", custom_origin_config = {} }, { custom_headers = { x-cloudfront-secret = "1" } }) }
  }

  expect_failures = [var.origins]
}

run "origin_shield_by_city" {
  command = plan

  variables {
    origins = { shop = merge({ domain_name = "shop.example.com", custom_origin_config = {} }, { origin_shield_region = "Frankfurt" }) }
  }

  expect_failures = [var.origins]
}

run "origin_http_port_0" {
  command = plan

  variables {
    origins = { shop = merge({ domain_name = "shop.example.com", custom_origin_config = {} }, { custom_origin_config = { http_port = 0 } }) }
  }

  expect_failures = [var.origins]
}

run "origin_https_port_65536" {
  command = plan

  variables {
    origins = { shop = merge({ domain_name = "shop.example.com", custom_origin_config = {} }, { custom_origin_config = { https_port = 65536 } }) }
  }

  expect_failures = [var.origins]
}

run "origin_protocol_of_a_load_balancer" {
  command = plan

  variables {
    origins = { shop = merge({ domain_name = "shop.example.com", custom_origin_config = {} }, { custom_origin_config = { origin_protocol_policy = "HTTP" } }) }
  }

  expect_failures = [var.origins]
}

run "origin_tls_that_cloudfront_does_not_speak" {
  command = plan

  variables {
    origins = { shop = merge({ domain_name = "shop.example.com", custom_origin_config = {} }, { custom_origin_config = { origin_ssl_protocols = ["TLSv1.3"] } }) }
  }

  expect_failures = [var.origins]
}

run "origin_that_may_take_four_minutes" {
  command = plan

  variables {
    origins = { shop = merge({ domain_name = "shop.example.com", custom_origin_config = {} }, { custom_origin_config = { origin_read_timeout = 240 } }) }
  }

  expect_failures = [var.origins]
}

run "origin_without_a_kept_connection" {
  command = plan

  variables {
    origins = { shop = merge({ domain_name = "shop.example.com", custom_origin_config = {} }, { custom_origin_config = { origin_keepalive_timeout = 0 } }) }
  }

  expect_failures = [var.origins]
}

run "origin_by_an_arn" {
  command = plan

  variables {
    origins = { shop = { domain_name = "shop.example.com", vpc_origin_config = { vpc_origin_id = "arn:aws:cloudfront::123456789012:vpcorigin/vo_1" } } }
  }

  expect_failures = [var.origins]
}

run "vpc_origin_that_may_take_four_minutes" {
  command = plan

  variables {
    origins = { shop = { domain_name = "shop.example.com", vpc_origin_config = { vpc_origin_id = "vo_1", origin_read_timeout = 240 } } }
  }

  expect_failures = [var.origins]
}

run "vpc_origin_without_a_kept_connection" {
  command = plan

  variables {
    origins = { shop = { domain_name = "shop.example.com", vpc_origin_config = { vpc_origin_id = "vo_1", origin_keepalive_timeout = 0 } } }
  }

  expect_failures = [var.origins]
}

run "bucket_with_an_identity_by_id" {
  command = plan

  variables {
    origins = { shop = { domain_name = "shop.s3.amazonaws.com", served_by = "other", s3_origin_config = { origin_access_identity = "E127EXAMPLE51Z" } } }
  }

  expect_failures = [var.origins]
}
