# What the distribution is told of each origin, and who answers.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  origins = {
    shop = {
      domain_name          = "shop.example.com"
      origin_path          = "/shop"
      connection_attempts  = 2
      connection_timeout   = 5
      custom_headers       = { X-Tenant = "shop" }
      origin_shield_region = "eu-central-1"
      custom_origin_config = { http_port = 8080, origin_protocol_policy = "http-only", origin_read_timeout = 60 }
      node                 = { origin_protocol_policy = "https-only" }
    }
    api      = { domain_name = "api.example.com", vpc_origin_config = { vpc_origin_id = "vo_0123456789", origin_read_timeout = 20 } }
    legacy   = { domain_name = "legacy.example.com", served_by = "application", custom_origin_config = {} }
    pictures = { domain_name = "pictures.s3.amazonaws.com", served_by = "other", origin_access_control_id = "E327GJI25M56DG" }
    files    = { domain_name = "files.s3.amazonaws.com", served_by = "other", s3_origin_config = { origin_access_identity = "origin-access-identity/cloudfront/E127EXAMPLE51Z" } }
    public   = { domain_name = "public.s3.amazonaws.com", served_by = "other", s3_origin_config = {} }
  }
}

run "at_0_they_are_as_they_were" {
  command = plan

  variables {
    node_traffic_percent = 0
  }

  assert {
    condition = jsonencode({
      for origin in aws_cloudfront_distribution.new[0].origin : origin.origin_id => {
        domain_name = origin.domain_name
        headers     = { for header in origin.custom_header : header.name => header.value }
        custom      = origin.custom_origin_config[*].origin_protocol_policy
        vpc         = origin.vpc_origin_config[*].vpc_origin_id
        s3          = origin.s3_origin_config[*].origin_access_identity
        control     = origin.origin_access_control_id
      }
      }) == jsonencode({
      shop     = { domain_name = "shop.example.com", headers = { X-Tenant = "shop" }, custom = ["http-only"], vpc = [], s3 = [], control = null }
      api      = { domain_name = "api.example.com", headers = {}, custom = [], vpc = ["vo_0123456789"], s3 = [], control = null }
      legacy   = { domain_name = "legacy.example.com", headers = {}, custom = ["https-only"], vpc = [], s3 = [], control = null }
      pictures = { domain_name = "pictures.s3.amazonaws.com", headers = {}, custom = [], vpc = [], s3 = [], control = "E327GJI25M56DG" }
      files    = { domain_name = "files.s3.amazonaws.com", headers = {}, custom = [], vpc = [], s3 = ["origin-access-identity/cloudfront/E127EXAMPLE51Z"], control = null }
      public   = { domain_name = "public.s3.amazonaws.com", headers = {}, custom = [], vpc = [], s3 = [], control = null }
    })
    error_message = "An origin is not as it was."
  }

  assert {
    condition = jsonencode(one([for origin in aws_cloudfront_distribution.new[0].origin : [
      origin.origin_path, origin.connection_attempts, origin.connection_timeout, origin.origin_shield[0].enabled, origin.origin_shield[0].origin_shield_region,
      origin.custom_origin_config[0].http_port, origin.custom_origin_config[0].https_port, origin.custom_origin_config[0].origin_read_timeout, origin.custom_origin_config[0].origin_keepalive_timeout,
    ] if origin.origin_id == "shop"])) == jsonencode(["/shop", 2, 5, true, "eu-central-1", 8080, 443, 60, 5])
    error_message = "The shop's settings are others."
  }

  assert {
    condition     = jsonencode(output.origins) == jsonencode({ shop = "application", api = "application", legacy = "application", pictures = "other", files = "other", public = "other" })
    error_message = "The output says something else of who answers."
  }

  expect_failures = [check.all_traffic_passes_the_node]
}

run "at_100_the_node_answers" {
  command = plan

  assert {
    condition = jsonencode(nonsensitive({
      for origin in aws_cloudfront_distribution.new[0].origin : origin.origin_id => {
        domain_name = origin.domain_name
        headers     = { for header in origin.custom_header : header.name => header.value }
        custom      = origin.custom_origin_config[*].origin_protocol_policy
        vpc         = origin.vpc_origin_config[*].vpc_origin_id
        control     = origin.origin_access_control_id
      }
      })) == jsonencode({
      shop     = { domain_name = "node.example.com", headers = { X-Tenant = "shop", X-CloudFront-Secret = "00000000000000000000000000000001" }, custom = ["https-only"], vpc = [], control = null }
      api      = { domain_name = "node.example.com", headers = { X-CloudFront-Secret = "00000000000000000000000000000001" }, custom = ["https-only"], vpc = [], control = null }
      legacy   = { domain_name = "legacy.example.com", headers = {}, custom = ["https-only"], vpc = [], control = null }
      pictures = { domain_name = "pictures.s3.amazonaws.com", headers = {}, custom = [], vpc = [], control = "E327GJI25M56DG" }
      files    = { domain_name = "files.s3.amazonaws.com", headers = {}, custom = [], vpc = [], control = null }
      public   = { domain_name = "public.s3.amazonaws.com", headers = {}, custom = [], vpc = [], control = null }
    })
    error_message = "The node does not answer, or answers what it must not."
  }

  assert {
    condition = jsonencode(nonsensitive(one([for origin in aws_cloudfront_distribution.new[0].origin : [
      origin.origin_path, origin.connection_attempts, origin.connection_timeout, origin.origin_shield[0].origin_shield_region,
      origin.custom_origin_config[0].http_port, origin.custom_origin_config[0].origin_read_timeout, origin.custom_origin_config[0].origin_protocol_policy,
    ] if origin.origin_id == "shop"]))) == jsonencode(["/shop", 2, 5, "eu-central-1", 8080, 60, "https-only"])
    error_message = "A setting of the shop changed."
  }

  # It was behind a VPC origin, which has its own ports.
  assert {
    condition = jsonencode(nonsensitive(one([for origin in aws_cloudfront_distribution.new[0].origin : [
      for custom in origin.custom_origin_config : [custom.https_port, custom.origin_read_timeout, custom.origin_keepalive_timeout]
    ] if origin.origin_id == "api"]))) == jsonencode([[443, 20, 5]])
    error_message = "A timeout of the API changed."
  }

  assert {
    condition     = jsonencode(output.origins) == jsonencode({ shop = "node", api = "node", legacy = "application", pictures = "other", files = "other", public = "other" })
    error_message = "The output says something else of who answers."
  }

  # legacy.
  expect_failures = [check.no_origin_bypasses_the_node]
}

run "at_100_without_bypassing_origins" {
  command = plan

  variables {
    origins = {
      shop     = { domain_name = "shop.example.com", custom_origin_config = {} }
      pictures = { domain_name = "pictures.s3.amazonaws.com", served_by = "other", origin_access_control_id = "E327GJI25M56DG" }
    }
  }

  assert {
    condition     = jsonencode(output.origins) == jsonencode({ shop = "node", pictures = "other" })
    error_message = "The output says something else of who answers."
  }
}

run "settings_of_the_node" {
  command = plan

  variables {
    node = {
      security_group_id        = "sg-00000000000000002"
      domain_name              = "node.example.com"
      http_port                = 8080
      https_port               = 8443
      origin_protocol_policy   = "match-viewer"
      origin_ssl_protocols     = ["TLSv1.1", "TLSv1.2"]
      origin_read_timeout      = 60
      origin_keepalive_timeout = 50
      allow_clear_text         = true
    }
    origins = { shop = { domain_name = "shop.example.com", custom_origin_config = {} } }
  }

  assert {
    condition = jsonencode([for config in nonsensitive(one(aws_cloudfront_distribution.new[0].origin).custom_origin_config) : {
      ports     = [config.http_port, config.https_port]
      protocols = [config.origin_protocol_policy, config.origin_ssl_protocols]
      timeouts  = [config.origin_read_timeout, config.origin_keepalive_timeout]
      }]) == jsonencode([{
      ports     = [8080, 8443]
      protocols = ["match-viewer", toset(["TLSv1.1", "TLSv1.2"])]
      timeouts  = [60, 50]
    }])
    error_message = "CloudFront does not reach the node as it is said to."
  }
}

run "node_in_clear_text" {
  command = plan

  variables {
    node = {
      security_group_id      = "sg-00000000000000002"
      domain_name            = "node.example.com"
      http_port              = 8080
      origin_protocol_policy = "http-only"
      allow_clear_text       = true
    }
    origins = { shop = { domain_name = "shop.example.com", custom_origin_config = {} } }
  }

  assert {
    condition     = terraform_data.routing.input.node.port == 8080 && terraform_data.routing.input.node.protocol == "HTTP"
    error_message = "The contract names another port."
  }
}

run "settings_stay_as_they_are" {
  command = plan

  variables {
    origins = {
      shop = {
        domain_name = "shop.example.com"
        custom_origin_config = {
          http_port                = 8080
          https_port               = 8443
          origin_ssl_protocols     = ["TLSv1.1", "TLSv1.2"]
          origin_read_timeout      = 60
          origin_keepalive_timeout = 50
        }
      }
    }
  }

  assert {
    condition = jsonencode([for config in nonsensitive(one(aws_cloudfront_distribution.new[0].origin).custom_origin_config) : {
      ports     = [config.http_port, config.https_port]
      protocols = [config.origin_protocol_policy, config.origin_ssl_protocols]
      timeouts  = [config.origin_read_timeout, config.origin_keepalive_timeout]
      }]) == jsonencode([{
      ports     = [8080, 8443]
      protocols = ["https-only", toset(["TLSv1.1", "TLSv1.2"])]
      timeouts  = [60, 50]
    }])
    error_message = "The cutover changed more than the domain name and the header."
  }

  assert {
    condition     = terraform_data.routing.input.node.port == 8443 && terraform_data.routing.input.node.protocol == "HTTPS"
    error_message = "The contract names another port."
  }
}

run "an_origin_has_a_node_of_its_own" {
  command = plan

  variables {
    node = {
      security_group_id   = "sg-00000000000000002"
      domain_name         = "node.example.com"
      https_port          = 8443
      origin_read_timeout = 60
    }
    origins = {
      shop = { domain_name = "shop.example.com", custom_origin_config = {} }
      api = {
        domain_name          = "api.example.com"
        custom_origin_config = { origin_keepalive_timeout = 20 }
        node                 = { domain_name = "api-node.example.com", https_port = 9443, origin_read_timeout = 90 }
      }
    }
  }

  assert {
    condition = jsonencode(nonsensitive({
      for origin in aws_cloudfront_distribution.new[0].origin : origin.origin_id => [
        origin.domain_name, origin.custom_origin_config[0].https_port, origin.custom_origin_config[0].origin_read_timeout, origin.custom_origin_config[0].origin_keepalive_timeout,
      ]
      })) == jsonencode({
      shop = ["node.example.com", 8443, 60, 5]
      api  = ["api-node.example.com", 9443, 90, 20]
    })
    error_message = "An origin does not have its own node, or not with its settings."
  }

  assert {
    condition     = { for id, origin in output.cutover_origins : id => [origin.domain_name, origin.custom_origin_config.origin_read_timeout] } == { shop = ["node.example.com", 60], api = ["api-node.example.com", 90] }
    error_message = "An owner would paste something else."
  }

  # Two ports: the contract names that of node.
  assert {
    condition     = terraform_data.routing.input.node.port == 8443
    error_message = "The contract names another port."
  }
}

run "at_0_there_is_nothing_to_paste" {
  command = plan

  variables {
    node_traffic_percent = 0
  }

  assert {
    condition     = output.cutover_origins == {}
    error_message = "An owner would paste the node at 0 percent."
  }

  expect_failures = [check.all_traffic_passes_the_node]
}

run "a_timeout_that_gets_shorter" {
  command = plan

  variables {
    node_traffic_percent = 0
    node                 = { security_group_id = "sg-00000000000000002", domain_name = "node.example.com", origin_read_timeout = 30 }
    origins              = { shop = { domain_name = "shop.example.com", custom_origin_config = { origin_read_timeout = 31 } } }
  }

  expect_failures = [check.all_traffic_passes_the_node, check.no_timeout_gets_shorter]
}

run "a_timeout_of_a_vpc_origin_that_gets_shorter" {
  command = plan

  variables {
    origins = {
      shop = {
        domain_name       = "shop.example.com"
        vpc_origin_config = { vpc_origin_id = "vo_0123456789", origin_keepalive_timeout = 6 }
        node              = { origin_keepalive_timeout = 5 }
      }
    }
  }

  expect_failures = [check.no_timeout_gets_shorter]
}

run "timeouts_that_do_not" {
  command = plan

  variables {
    node = { security_group_id = "sg-00000000000000002", domain_name = "node.example.com", origin_read_timeout = 30 }
    origins = {
      shop     = { domain_name = "shop.example.com", custom_origin_config = { origin_read_timeout = 30 } }
      pictures = { domain_name = "pictures.example.com", served_by = "other", custom_origin_config = { origin_read_timeout = 60 } }
    }
  }
}

run "ports_that_the_security_groups_do_not_admit" {
  command = plan

  variables {
    security_groups = { ports = [443] }
    origins         = { shop = { domain_name = "shop.example.com", custom_origin_config = { https_port = 8443 } } }
  }

  expect_failures = [check.security_groups_admit_the_ports_of_the_node]
}

run "ports_that_they_admit" {
  command = plan

  variables {
    security_groups = { ports = [8443] }
    origins         = { shop = { domain_name = "shop.example.com", custom_origin_config = { https_port = 8443 } } }
  }
}
