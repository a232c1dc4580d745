# What a new distribution is told, by default and otherwise, and what of it the node takes over.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "defaults" {
  command = plan

  assert {
    condition = jsonencode({
      aliases     = aws_cloudfront_distribution.new[0].aliases
      comment     = aws_cloudfront_distribution.new[0].comment
      enabled     = aws_cloudfront_distribution.new[0].enabled
      http        = aws_cloudfront_distribution.new[0].http_version
      ipv6        = aws_cloudfront_distribution.new[0].is_ipv6_enabled
      price_class = aws_cloudfront_distribution.new[0].price_class
      wait        = aws_cloudfront_distribution.new[0].wait_for_deployment
      web_acl     = aws_cloudfront_distribution.new[0].web_acl_id
      logging     = length(aws_cloudfront_distribution.new[0].logging_config)
      ordered     = length(aws_cloudfront_distribution.new[0].ordered_cache_behavior)
      }) == jsonencode({
      aliases     = toset([])
      comment     = "shop"
      enabled     = true
      http        = "http2"
      ipv6        = true
      price_class = "PriceClass_All"
      wait        = true
      web_acl     = null
      logging     = 0
      ordered     = 0
    })
    error_message = "The defaults are others."
  }

  assert {
    condition = (
      aws_cloudfront_distribution.new[0].default_cache_behavior[0].cache_policy_id == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" &&
      aws_cloudfront_distribution.new[0].default_cache_behavior[0].origin_request_policy_id == "216adef6-5c7f-47e4-b989-5492eafa07d3" &&
      aws_cloudfront_distribution.new[0].default_cache_behavior[0].response_headers_policy_id == null
    )
    error_message = "Something is cached by default, or not everything forwarded."
  }

  assert {
    condition = (
      aws_cloudfront_distribution.new[0].default_cache_behavior[0].viewer_protocol_policy == "redirect-to-https" &&
      length(aws_cloudfront_distribution.new[0].default_cache_behavior[0].allowed_methods) == 7 &&
      aws_cloudfront_distribution.new[0].default_cache_behavior[0].cached_methods == toset(["GET", "HEAD"]) &&
      aws_cloudfront_distribution.new[0].default_cache_behavior[0].compress
    )
    error_message = "The default behaviour of clients' requests is another."
  }

  assert {
    condition = (
      aws_cloudfront_distribution.new[0].viewer_certificate[0].cloudfront_default_certificate &&
      aws_cloudfront_distribution.new[0].viewer_certificate[0].acm_certificate_arn == null &&
      aws_cloudfront_distribution.new[0].viewer_certificate[0].minimum_protocol_version == "TLSv1" &&
      aws_cloudfront_distribution.new[0].viewer_certificate[0].ssl_support_method == null
    )
    error_message = "Without a certificate it does not have CloudFront's own."
  }

  assert {
    condition     = length(aws_cloudfront_distribution.adopted) == 0 && length(aws_cloudfront_vpc_origin.node) == 0 && length(aws_security_group.cloudfront) == 0
    error_message = "Something was made that nobody asked for."
  }
}

run "everything_given" {
  command = plan

  variables {
    tags                = { team = "shop" }
    wait_for_deployment = false
    origins = {
      shop     = { domain_name = "shop.example.com", custom_origin_config = {} }
      pictures = { domain_name = "pictures.s3.eu-central-1.amazonaws.com", served_by = "other", origin_access_control_id = "E327GJI25M56DG" }
    }
    new_distribution = {
      aliases                  = ["www.example.com", "*.shop.example.com"]
      acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/abc"
      minimum_protocol_version = "TLSv1.2_2019"
      enabled                  = false
      comment                  = "The shop"
      default_root_object      = "index.html"
      http_version             = "http2and3"
      is_ipv6_enabled          = false
      price_class              = "PriceClass_100"
      web_acl_id               = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/abc"
      logging                  = { bucket = "logs.s3.amazonaws.com", prefix = "shop/", include_cookies = true }
      default_cache_behavior = {
        target_origin_id           = "shop"
        viewer_protocol_policy     = "https-only"
        allowed_methods            = ["GET", "HEAD", "OPTIONS"]
        cached_methods             = ["GET", "HEAD", "OPTIONS"]
        compress                   = false
        response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
      }
      ordered_cache_behaviors = [{
        path_pattern             = "/pictures/*"
        target_origin_id         = "pictures"
        cache_policy_id          = "658327ea-f89d-4fab-a63d-7e88639e58f6"
        origin_request_policy_id = "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf"
      }]
    }
  }

  assert {
    condition = jsonencode({
      aliases     = aws_cloudfront_distribution.new[0].aliases
      comment     = aws_cloudfront_distribution.new[0].comment
      enabled     = aws_cloudfront_distribution.new[0].enabled
      http        = aws_cloudfront_distribution.new[0].http_version
      ipv6        = aws_cloudfront_distribution.new[0].is_ipv6_enabled
      price_class = aws_cloudfront_distribution.new[0].price_class
      root        = aws_cloudfront_distribution.new[0].default_root_object
      tags        = aws_cloudfront_distribution.new[0].tags
      wait        = aws_cloudfront_distribution.new[0].wait_for_deployment
      web_acl     = aws_cloudfront_distribution.new[0].web_acl_id
      }) == jsonencode({
      aliases     = toset(["www.example.com", "*.shop.example.com"])
      comment     = "The shop"
      enabled     = false
      http        = "http2and3"
      ipv6        = false
      price_class = "PriceClass_100"
      root        = "index.html"
      tags        = tomap({ team = "shop" })
      wait        = false
      web_acl     = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/abc"
    })
    error_message = "What was given did not arrive."
  }

  assert {
    condition     = jsonencode(one(aws_cloudfront_distribution.new[0].logging_config)) == jsonencode({ bucket = "logs.s3.amazonaws.com", prefix = "shop/", include_cookies = true })
    error_message = "The logs go elsewhere."
  }

  assert {
    condition = (
      !aws_cloudfront_distribution.new[0].viewer_certificate[0].cloudfront_default_certificate &&
      aws_cloudfront_distribution.new[0].viewer_certificate[0].acm_certificate_arn == "arn:aws:acm:us-east-1:123456789012:certificate/abc" &&
      aws_cloudfront_distribution.new[0].viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2019" &&
      aws_cloudfront_distribution.new[0].viewer_certificate[0].ssl_support_method == "sni-only"
    )
    error_message = "The certificate is another."
  }

  assert {
    condition = (
      aws_cloudfront_distribution.new[0].default_cache_behavior[0].viewer_protocol_policy == "https-only" &&
      aws_cloudfront_distribution.new[0].default_cache_behavior[0].allowed_methods == toset(["GET", "HEAD", "OPTIONS"]) &&
      aws_cloudfront_distribution.new[0].default_cache_behavior[0].cached_methods == toset(["GET", "HEAD", "OPTIONS"]) &&
      !aws_cloudfront_distribution.new[0].default_cache_behavior[0].compress &&
      aws_cloudfront_distribution.new[0].default_cache_behavior[0].response_headers_policy_id == "67f7725c-6f97-4210-82d7-5512b31e9d03"
    )
    error_message = "The default behaviour is another."
  }

  assert {
    condition = jsonencode([
      for one in aws_cloudfront_distribution.new[0].ordered_cache_behavior : [one.path_pattern, one.target_origin_id, one.viewer_protocol_policy, one.cache_policy_id, one.origin_request_policy_id]
      ]) == jsonencode([
      ["/pictures/*", "pictures", "redirect-to-https", "658327ea-f89d-4fab-a63d-7e88639e58f6", "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf"],
    ])
    error_message = "The behaviour of the pictures is another."
  }

  assert {
    condition = jsonencode(output.cache_behaviors) == jsonencode([
      { path_pattern = "/pictures/*", target_origin_id = "pictures", served_by = "other" },
      { path_pattern = "*", target_origin_id = "shop", served_by = "node" },
    ])
    error_message = "The output cache_behaviors is wrong."
  }

  assert {
    condition     = !terraform_data.routing.input.live_after_apply
    error_message = "The contract says that an apply waits for CloudFront."
  }
}

run "outputs" {
  command = plan

  assert {
    condition = jsonencode([
      output.distribution_id, output.distribution_arn, output.distribution_domain_name, output.distribution_hosted_zone_id, output.vpc_origin_id,
      ]) == jsonencode([
      "E00000000000001", "arn:aws:cloudfront::123456789012:distribution/E00000000000001", "d111111abcdef8.cloudfront.net", "Z2FDTNDATAQYW2", null,
    ])
    error_message = "The outputs are not the distribution's."
  }

  assert {
    condition     = issensitive(output.secret_header.value) && nonsensitive(output.secret_header) == { name = "X-CloudFront-Secret", value = "00000000000000000000000000000001" }
    error_message = "The header is another, or shown."
  }

  assert {
    condition = jsonencode(terraform_data.routing.input) == jsonencode({
      schema_version = 1
      scenario       = "cloudfront"
      name           = "shop"
      account_id     = "123456789012"
      region         = null
      vpc_id         = "vpc-0123456789abcdef0"
      node = {
        security_group_id = "sg-00000000000000002"
        subnet_cidrs      = null
        target_group_arn  = null
        port              = 443
        protocol          = "HTTPS"
        members           = null
      }
      application = {
        security_group_id = null
        ports             = null
        target_group_arns = null
        accepted          = null
      }
      load_balancer = null
      secret_header = { name = "X-CloudFront-Secret", enforced = null }
      entry_points = {
        shop = {
          distribution_id    = "E00000000000001"
          domain_name        = "node.example.com"
          served_by          = "node"
          secret_header_name = "X-CloudFront-Secret"
          active_secret      = "blue"
        }
      }
      node_traffic_percent = 100
      live_after_apply     = true
    })
    error_message = "The contract says something else."
  }
}

# For an owner who keeps the distribution.
run "without_a_distribution" {
  command = plan

  variables {
    origins          = {}
    new_distribution = null
  }

  assert {
    condition     = length(aws_cloudfront_distribution.adopted) + length(aws_cloudfront_distribution.new) == 0
    error_message = "There is a distribution."
  }

  assert {
    condition     = output.distribution_id == null && output.distribution_domain_name == null && output.cache_behaviors == [] && output.origins == {}
    error_message = "The outputs tell of a distribution."
  }

  assert {
    condition = jsonencode(output.cutover_origin) == jsonencode({
      domain_name = "node.example.com"
      custom_origin_config = {
        http_port                = 80
        https_port               = 443
        origin_protocol_policy   = "https-only"
        origin_ssl_protocols     = toset(["TLSv1.2"])
        origin_read_timeout      = 30
        origin_keepalive_timeout = 5
      }
      vpc_origin_config  = null
      secret_header_name = "X-CloudFront-Secret"
    })
    error_message = "The origin to paste is another."
  }

  assert {
    condition     = !terraform_data.routing.input.live_after_apply && terraform_data.routing.input.account_id == null
    error_message = "The contract knows when an owner changes his distribution, or in which account it is."
  }
}

run "without_a_distribution_at_0" {
  command = plan

  variables {
    node_traffic_percent = 0
    origins              = {}
    new_distribution     = null
  }

  assert {
    condition     = output.cutover_origin == null && output.node_origin.domain_name == "node.example.com"
    error_message = "The node takes the application's place at 0."
  }

  expect_failures = [check.all_traffic_passes_the_node]
}

run "adopted_without_an_import" {
  command = plan

  variables {
    new_distribution        = null
    adopted_distribution_id = "E2QWRUHAPOMQZL"
    adopted_distribution_unsupported_settings = {
      Id                                             = ["E2QWRUHAPOMQZL"]
      "AnycastIpListId"                              = []
      "CacheTagConfig"                               = []
      "ConnectionFunctionAssociation"                = []
      "ConnectionMode"                               = []
      "TenantConfig"                                 = []
      "ViewerMtlsConfig"                             = []
      "OriginGroups.SelectionCriteria"               = []
      "Origins.ResponseCompletionTimeout"            = []
      "Origins.CustomOriginConfig.IpAddressType"     = []
      "Origins.CustomOriginConfig.OriginHttpVersion" = []
      "Origins.CustomOriginConfig.OriginMtlsConfig"  = []
      "Origins.S3OriginConfig.OriginReadTimeout"     = []
      "Origins.VpcOriginConfig.OriginHttpVersion"    = []
      "Origins.VpcOriginConfig.OwnerAccountId"       = []
    }
  }

  expect_failures = [aws_cloudfront_distribution.adopted]
}
