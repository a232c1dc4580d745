name           = "shop-wallarm"
vpc_id         = "vpc-0123456789abcdef0"
subnet_ids     = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
image          = { id = "ami-0123456789abcdef0" }
instance_type  = "m4.xlarge"
user_data_gzip = "H4sIAAAAAAAAA1NW1E/KzNMvzuBKTc7IV8jPBgCP/AvmEQAAAA=="
secret_arns    = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:wallarm/token-AbCdEf"]
