module "wallarm_routing" {
  source = "../../modules/api-gateway-rest"
}
