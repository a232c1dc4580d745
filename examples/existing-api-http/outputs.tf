# Values that you need to put a node in front of this API.

output "api_id" {
  description = "ID of the API."
  value       = aws_apigatewayv2_api.shop.id
}

output "invoke_url" {
  description = "URL of the stage."
  value       = aws_apigatewayv2_stage.live.invoke_url
}

output "integration_ids" {
  description = "IDs of the integrations."
  value       = { for key, integration in aws_apigatewayv2_integration.this : key => integration.id }
}

output "route_ids" {
  description = "IDs of the routes, by route key."
  value       = { for key, route in aws_apigatewayv2_route.this : key => route.id }
}

output "api_gateway_http_example_variables" {
  description = "Variables of ../api-gateway-http/complete that come from this API: `terraform output -raw api_gateway_http_example_variables > ../api-gateway-http/complete/api.auto.tfvars.json`."
  value = jsonencode({
    api_id                = aws_apigatewayv2_api.shop.id
    stage_name            = aws_apigatewayv2_stage.live.name
    shop_route_ids        = { for key, integration in local.routes : key => aws_apigatewayv2_route.this[key].id if integration == "shop" }
    shop_integration_id   = aws_apigatewayv2_integration.this["shop"].id
    legacy_integration_id = aws_apigatewayv2_integration.this["legacy"].id
    legacy_route_id       = aws_apigatewayv2_route.this["ANY /legacy/{proxy+}"].id
    all_routes            = { for key, integration in local.routes : key => aws_apigatewayv2_integration.this[integration].id }
  })
}
