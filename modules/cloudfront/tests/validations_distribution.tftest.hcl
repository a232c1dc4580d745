# Every rule on adopted_distribution_id and new_distribution refuses a value. Each run breaks one rule, and
# __tests__/modules/messages-cloudfront.test.ts proves that it is this one, and what the caller reads.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "adopted_by_arn" {
  command = plan

  variables {
    new_distribution        = null
    adopted_distribution_id = "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL"
  }

  expect_failures = [var.adopted_distribution_id]
}

run "adopted_without_origins" {
  command = plan

  variables {
    new_distribution        = null
    adopted_distribution_id = "E2QWRUHAPOMQZL"
    origins                 = {}
  }

  expect_failures = [var.adopted_distribution_id]
}

run "adopted_and_new" {
  command = plan

  variables {
    adopted_distribution_id = "E2QWRUHAPOMQZL"
  }

  expect_failures = [var.adopted_distribution_id]
}

run "behaviour_of_an_origin_that_is_not_there" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, ordered_cache_behaviors = [{ path_pattern = "/api/*", target_origin_id = "api" }] }
  }

  expect_failures = [var.new_distribution]
}

run "aliases_without_a_certificate" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, aliases = ["www.example.com"] }
  }

  expect_failures = [var.new_distribution]
}

run "alias_that_is_the_node" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, aliases = ["Node.example.com"], acm_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/abc" }
  }

  expect_failures = [var.new_distribution]
}

run "alias_with_a_port" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, aliases = ["www.example.com:443"], acm_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/abc" }
  }

  expect_failures = [var.new_distribution]
}

run "certificate_of_another_region" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, acm_certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/abc" }
  }

  expect_failures = [var.new_distribution]
}

run "tls_of_2006" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, minimum_protocol_version = "TLSv1.1_2016" }
  }

  expect_failures = [var.new_distribution]
}

run "comment_of_129_characters" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, comment = format("%0129d", 0) }
  }

  expect_failures = [var.new_distribution]
}

run "http_4" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, http_version = "http4" }
  }

  expect_failures = [var.new_distribution]
}

run "price_class_by_number" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, price_class = "100" }
  }

  expect_failures = [var.new_distribution]
}

run "web_acl_of_a_region" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, web_acl_id = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shop/abc" }
  }

  expect_failures = [var.new_distribution]
}

run "logs_to_a_bucket_by_name" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, logging = { bucket = "logs" } }
  }

  expect_failures = [var.new_distribution]
}

run "default_behaviour_in_clear_text" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop", viewer_protocol_policy = "http-only" } }
  }

  expect_failures = [var.new_distribution]
}

run "default_behaviour_for_get_alone" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop", allowed_methods = ["GET"] } }
  }

  expect_failures = [var.new_distribution]
}

run "default_behaviour_that_caches_posts" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop", cached_methods = ["GET", "HEAD", "POST"] } }
  }

  expect_failures = [var.new_distribution]
}

run "default_behaviour_with_a_cache_policy_by_name" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop", cache_policy_id = "mine" } }
  }

  expect_failures = [var.new_distribution]
}

run "default_behaviour_with_a_origin_request_policy_by_name" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop", origin_request_policy_id = "mine" } }
  }

  expect_failures = [var.new_distribution]
}

run "default_behaviour_with_a_response_headers_policy_by_name" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop", response_headers_policy_id = "mine" } }
  }

  expect_failures = [var.new_distribution]
}

run "ordered_behaviour_in_clear_text" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, ordered_cache_behaviors = [{ path_pattern = "/api/*", target_origin_id = "shop", viewer_protocol_policy = "http-only" }] }
  }

  expect_failures = [var.new_distribution]
}

run "ordered_behaviour_for_get_alone" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, ordered_cache_behaviors = [{ path_pattern = "/api/*", target_origin_id = "shop", allowed_methods = ["GET"] }] }
  }

  expect_failures = [var.new_distribution]
}

run "ordered_behaviour_that_caches_posts" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, ordered_cache_behaviors = [{ path_pattern = "/api/*", target_origin_id = "shop", cached_methods = ["GET", "HEAD", "POST"] }] }
  }

  expect_failures = [var.new_distribution]
}

run "ordered_behaviour_with_a_cache_policy_by_name" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, ordered_cache_behaviors = [{ path_pattern = "/api/*", target_origin_id = "shop", cache_policy_id = "mine" }] }
  }

  expect_failures = [var.new_distribution]
}

run "ordered_behaviour_with_a_origin_request_policy_by_name" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, ordered_cache_behaviors = [{ path_pattern = "/api/*", target_origin_id = "shop", origin_request_policy_id = "mine" }] }
  }

  expect_failures = [var.new_distribution]
}

run "ordered_behaviour_with_a_response_headers_policy_by_name" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, ordered_cache_behaviors = [{ path_pattern = "/api/*", target_origin_id = "shop", response_headers_policy_id = "mine" }] }
  }

  expect_failures = [var.new_distribution]
}

run "path_pattern_with_a_space" {
  command = plan

  variables {
    new_distribution = { default_cache_behavior = { target_origin_id = "shop" }, ordered_cache_behaviors = [{ path_pattern = "/my api/*", target_origin_id = "shop" }] }
  }

  expect_failures = [var.new_distribution]
}
