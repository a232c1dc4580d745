# What the module verification creates, but for the analysis of reachability, which the local API does not have.

variable "ids" {
  type = map(string)
}

module "wallarm_verification" {
  source = "../../../../modules/verification"

  name = "shop-verification"
  routing = {
    account_id  = "123456789012"
    region      = "us-east-1"
    vpc_id      = var.ids["vpc"]
    node        = { security_group_id = var.ids["sg.node"] }
    application = { security_group_id = var.ids["sg.application"], ports = [80] }
    entry_points = {
      shop = { listener_arn = var.ids["listener.shop"] }
    }
  }
  node        = { subnet_cidrs = ["10.0.2.0/24", "10.0.3.0/24"] }
  application = { subnet_ids = { a = var.ids["subnet.application.a"], b = var.ids["subnet.application.b"] } }

  flow_logs       = { alarm = {} }
  config_rules    = { recorder = "create" }
  notifications   = { email_addresses = ["security@example.com"] }
  api_call_alerts = { trail = {} }
}
