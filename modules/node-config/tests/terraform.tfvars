# The smallest call of the module, for the runs that say nothing else.
backend      = { url = "http://app.internal" }
entry_points = ["shop.example.com"]
token_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:wallarm/token-AbCdEf" }
