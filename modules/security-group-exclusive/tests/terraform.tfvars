# The smallest call of the module, for the runs that say nothing else.
mode                    = "enforce"
security_group_id       = "sg-00000000000000003"
node                    = { security_group_id = "sg-00000000000000002" }
ingress_rule_ids        = { "80" = "sgr-00000000000000001" }
autoscaling_group_names = { main = "shop" }
