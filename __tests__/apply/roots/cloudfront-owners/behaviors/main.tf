# A load balancer with several cache behaviors, of both ways to cache, and with code at the edge.
resource "aws_cloudfront_distribution" "this" {
  enabled             = true
  comment             = "Shop"
  aliases             = ["www.example.com"]
  is_ipv6_enabled     = true
  wait_for_deployment = false
  tags                = { team = "shop" }

  origin {
    origin_id           = "load-balancer"
    domain_name         = "shop-1234567890.eu-central-1.elb.amazonaws.com"
    connection_attempts = 2
    connection_timeout  = 4

    custom_origin_config {
      http_port                = 8080
      https_port               = 8443
      origin_protocol_policy   = "https-only"
      origin_ssl_protocols     = ["TLSv1.1", "TLSv1.2"]
      origin_read_timeout      = 60
      origin_keepalive_timeout = 55
    }

    origin_shield {
      enabled              = true
      origin_shield_region = "eu-central-1"
    }
  }

  default_cache_behavior {
    target_origin_id       = "load-balancer"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cached_methods         = ["GET", "HEAD", "OPTIONS"]
    min_ttl                = 0
    default_ttl            = 60
    max_ttl                = 3600
    trusted_signers        = ["self"]

    forwarded_values {
      query_string            = true
      query_string_cache_keys = ["page"]
      headers                 = ["Host", "Authorization"]

      cookies {
        forward           = "whitelist"
        whitelisted_names = ["session"]
      }
    }

    lambda_function_association {
      event_type   = "origin-request"
      lambda_arn   = "arn:aws:lambda:us-east-1:123456789012:function:edge:1"
      include_body = true
    }
  }

  ordered_cache_behavior {
    path_pattern               = "/static/*"
    target_origin_id           = "load-balancer"
    viewer_protocol_policy     = "https-only"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
    realtime_log_config_arn    = "arn:aws:cloudfront::123456789012:realtime-log-config/shop"
    compress                   = true

    function_association {
      event_type   = "viewer-request"
      function_arn = "arn:aws:cloudfront::123456789012:function/rewrite"
    }
  }

  ordered_cache_behavior {
    path_pattern              = "/members/*"
    target_origin_id          = "load-balancer"
    viewer_protocol_policy    = "https-only"
    allowed_methods           = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cached_methods            = ["GET", "HEAD"]
    cache_policy_id           = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    field_level_encryption_id = "C3P0"
    trusted_key_groups        = ["f1b2c3d4"]

    grpc_config {
      enabled = true
    }
  }

  logging_config {
    bucket          = "logs.s3.amazonaws.com"
    prefix          = "shop/"
    include_cookies = true
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/6f0a2c1e-3f5b-4d0a-9a34-2f6a1c7b8d90"
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }
}
