# The smallest call of the module, for the runs that say nothing else.
name          = "public"
vpc_id        = "vpc-0123456789abcdef0"
node          = { security_group_id = "sg-00000000000000002" }
load_balancer = { security_group_ids = { public = "sg-00000000000000001" } }
application   = { security_group_id = "sg-00000000000000003", ports = [80] }
