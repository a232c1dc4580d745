# The smallest call of the module, for the runs that say nothing else.
security_group_id = "sg-00000000000000003"
node              = { security_group_id = "sg-00000000000000002" }
