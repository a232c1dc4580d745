"""AWS Config: rules with a custom policy, which moto does not have."""

from typing import Any

from moto.config.models import config_backends

from .registry import answers_operation
from .request import Request

API = "https://docs.aws.amazon.com/config/latest/APIReference"

# Rules and tags, by account and Region, then by name or ARN.
rules: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
tags: dict[str, list[dict[str, str]]] = {}


def _rules_of(request: Request) -> dict[str, dict[str, Any]]:
    return rules.setdefault((request.account, request.region), {})


def _arn(request: Request, name: str) -> str:
    return f"arn:aws:config:{request.region}:{request.account}:config-rule/{name}"


def _described(request: Request, rule: dict[str, Any]) -> dict[str, Any]:
    name, source = rule["ConfigRuleName"], rule["Source"]
    details = {key: value for key, value in source["CustomPolicyDetails"].items() if key != "PolicyText"}
    return {
        **rule,
        "Source": {**source, "CustomPolicyDetails": details},
        "ConfigRuleArn": _arn(request, name),
        "ConfigRuleId": f"config-rule-{name}",
        "ConfigRuleState": "ACTIVE",
    }


@answers_operation("config", "PutConfigRule", sources=[f"{API}/API_PutConfigRule.html", f"{API}/API_Source.html"])
def custom_policy_rule_is_kept(request: Request) -> dict[str, Any] | None:
    """PutConfigRule takes a rule whose owner is CUSTOM_POLICY."""
    rule = request.params["ConfigRule"]
    if rule["Source"]["Owner"] != "CUSTOM_POLICY":
        return None
    _rules_of(request)[rule["ConfigRuleName"]] = rule
    tags[_arn(request, rule["ConfigRuleName"])] = request.params.get("Tags") or []
    return {}


@answers_operation("config", "DescribeConfigRules", sources=[f"{API}/API_DescribeConfigRules.html"])
def custom_policy_rules_are_described(request: Request) -> dict[str, Any] | None:
    """DescribeConfigRules answers with rules of custom policies too, without the text of the policy."""
    own, names = _rules_of(request), request.params.get("ConfigRuleNames")
    found = [_described(request, rule) for name, rule in own.items() if not names or name in names]
    if not found:
        return None
    backend = config_backends[request.account][request.region]
    others = [name for name in names or backend.config_rules if name not in own]
    described = backend.describe_config_rules(others, None)["ConfigRules"] if others else []
    return {"ConfigRules": [*described, *found]}


@answers_operation("config", "GetCustomRulePolicy", sources=[f"{API}/API_GetCustomRulePolicy.html"])
def custom_policy_is_answered(request: Request) -> dict[str, Any]:
    """GetCustomRulePolicy answers with the text of the policy."""
    rule = _rules_of(request).get(request.params["ConfigRuleName"])
    return {"PolicyText": rule["Source"]["CustomPolicyDetails"]["PolicyText"]} if rule else {}


@answers_operation("config", "ListTagsForResource", sources=[f"{API}/API_ListTagsForResource.html"])
def tags_of_a_custom_policy_rule(request: Request) -> dict[str, Any] | None:
    """ListTagsForResource answers with the tags of a rule of a custom policy."""
    found = tags.get(request.params["ResourceArn"])
    return None if found is None else {"Tags": found}


@answers_operation("config", "DeleteConfigRule", sources=[f"{API}/API_DeleteConfigRule.html"])
def custom_policy_rule_is_deleted(request: Request) -> dict[str, Any] | None:
    """DeleteConfigRule deletes a rule of a custom policy."""
    name = request.params["ConfigRuleName"]
    tags.pop(_arn(request, name), None)
    return {} if _rules_of(request).pop(name, None) else None
