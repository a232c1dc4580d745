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


def switch_on() -> None:
    for file in FILES:
        import_module(f"strict.{file}")
    import_module("strict.gateway").put_in_front_of_moto()
