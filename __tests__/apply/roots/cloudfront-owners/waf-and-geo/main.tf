# A distribution with a web ACL, for some countries, and with a certificate of IAM.
resource "aws_cloudfront_distribution" "this" {
  enabled             = true
  aliases             = ["shop.example.com", "*.shop.example.com"]
  http_version        = "http2and3"
  price_class         = "PriceClass_100"
  wait_for_deployment = false
  web_acl_id          = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/01234567-89ab-cdef-0123-456789abcdef"

  origin {
    origin_id   = "shop"
    domain_name = "origin.example.com"

    custom_header {
      name  = "X-Origin-Verify"
      value = "by the owner"
    }

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id       = "shop"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }

  restrictions {
    geo_restriction {
      restriction_type = "whitelist"
      locations        = ["DE", "FR"]
    }
  }

  viewer_certificate {
    iam_certificate_id       = "ASCAEXAMPLE"
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }
}
