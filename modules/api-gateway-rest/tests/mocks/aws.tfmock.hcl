# An AWS with an API of two methods and one that API Gateway answers itself, in the shape in which it exports a stage.

mock_data "aws_api_gateway_export" {
  defaults = {
    body = <<-EOT
      {
        "openapi": "3.0.1",
        "paths": {
          "/orders": {
            "get": { "x-amazon-apigateway-integration": { "type": "http_proxy", "uri": "https://shop.example.com/orders" } },
            "options": { "x-amazon-apigateway-integration": { "type": "mock" } }
          },
          "/orders/{id}": {
            "get": { "x-amazon-apigateway-integration": { "type": "http_proxy", "uri": "https://shop.example.com/orders/{id}" } },
            "parameters": []
          }
        }
      }
    EOT
  }
}

mock_data "aws_api_gateway_resource" {
  defaults = {
    id = "resource01"
  }
}

mock_data "aws_lb" {
  defaults = {
    arn                                                          = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188"
    load_balancer_type                                           = "network"
    security_groups                                              = ["sg-00000000000000001"]
    enforce_security_group_inbound_rules_on_private_link_traffic = "off"
  }
}

mock_data "aws_partition" {
  defaults = {
    partition = "aws"
  }
}

mock_data "aws_region" {
  defaults = {
    id = "eu-central-1"
  }
}

mock_data "aws_caller_identity" {
  defaults = {
    account_id = "123456789012"
  }
}

mock_resource "aws_api_gateway_vpc_link" {
  defaults = {
    id = "newlink"
  }
}

mock_resource "aws_api_gateway_deployment" {
  defaults = {
    id = "module1"
  }
}

# As the provider writes it, and not soon.
mock_resource "aws_api_gateway_client_certificate" {
  defaults = {
    id                      = "certificate1"
    expiration_date         = "2999-01-31 00:00:00 +0000 UTC"
    pem_encoded_certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
  }
}

mock_resource "aws_api_gateway_rest_api" {
  defaults = {
    id = "a1b2c3d4e5"
  }
}

mock_resource "aws_api_gateway_domain_name" {
  defaults = {
    regional_domain_name = "d-0123456789.execute-api.eu-central-1.amazonaws.com"
    regional_zone_id     = "Z2FDTNDATAQYW2"
  }
}
