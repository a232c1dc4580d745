# What keeps checking a path, with everything of its own that keeps settings: buckets, topics, rules, and a recorder.

variable "ids" {
  type = map(string)
}

variable "node_subnet_cidrs" {
  type = map(string)
}

module "verification" {
  source = "../../../../modules/verification"

  name = "shop-verification"

  routing = {
    vpc_id      = var.ids["vpc"]
    node        = { security_group_id = var.ids["sg.node"] }
    application = { security_group_id = var.ids["sg.application"], ports = [80] }
    entry_points = {
      shop = { listener_arn = var.ids["listener.shop"] }
    }
  }
  node = { subnet_cidrs = values(var.node_subnet_cidrs) }
  application = {
    subnet_ids = { a = var.ids["subnet.application.a"], b = var.ids["subnet.application.b"] }
  }

  flow_logs       = { destination = "s3" }
  config_rules    = { recorder = "create", node_ssh = true }
  notifications   = { email_addresses = ["security@example.com"] }
  api_call_alerts = { trail = {} }
}
