"""Rules of AWS that moto does not have: calls that AWS refuses, and answers that AWS gives. See README.md.

A file holds the rules of a service, and a function is a rule. Its decorator (`registry`) names its sources.
"""

from importlib import import_module

FILES = [
    "service_model",
    "throttling",
    "elbv2_load_balancers",
    "elbv2_listeners",
    "elbv2_target_groups",
    "elbv2_target_health",
    "ec2_security_groups",
    "ec2_networks",
    "shared_subnets",
    "ec2_instances",
    "autoscaling",
    "ecs",
    "cloudfront",
    "cloudfront_vpc_origins",
    "apigatewayv2",
    "apigatewayv2_deployments",
    "apigatewayv2_domains",
    "cloudtrail",
    "logs",
    "config",
    "cloudcontrol",
    "states",
    "stored_answers",
]


# Those that LocalStack has a use for: its REST APIs are its own.
FILES_FOR_LOCALSTACK = ["service_model", "rest_apis", "rest_domains"]


def switch_on() -> None:
    for file in FILES:
        import_module(f"strict.{file}")
    import_module("strict.service_model").categories()  # once, for all forks of a server
    import_module("strict.gateway").put_in_front_of_moto()


def switch_on_in_localstack() -> None:
    for file in FILES_FOR_LOCALSTACK:
        import_module(f"strict.{file}")
    import_module("strict.localstack_gateway").put_in_front_of_localstack()
