"""AWS Config: what it needs, and rules with a custom policy, which moto does not have."""

from typing import Any

from moto.config.models import ConfigBackend, config_backends
from moto.iam.models import iam_backends

from .bucket_policies import actions_of, allowed_actions, statements_of
from .registry import Refusal, answers_operation, refuses
from .request import Request

API = "https://docs.aws.amazon.com/config/latest/APIReference"

# Rules and tags, by account and Region, then by name or ARN.
rules: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
tags: dict[str, list[dict[str, str]]] = {}


@refuses(
    ConfigBackend,
    "put_config_rule",
    sources=[f"{API}/API_PutConfigRule.html", "https://github.com/boto/boto3/issues/2178"],
)
def managed_rule_needs_a_recorder(backend: ConfigBackend, config_rule: dict[str, Any], *_, **__) -> None:
    """A managed rule is created only where there is a configuration recorder."""
    if config_rule.get("Source", {}).get("Owner") == "AWS" and not backend.recorders:
        raise Refusal(
            "NoAvailableConfigurationRecorderException",
            "You must create a configuration recorder before you can create or update a Config rule.",
        )


@refuses(
    ConfigBackend,
    "put_delivery_channel",
    sources=[
        "https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html",
        f"{API}/API_PutDeliveryChannel.html",
        "https://github.com/hashicorp/terraform-provider-aws/issues/8655",
    ],
)
def bucket_of_a_delivery_channel(backend: ConfigBackend, delivery_channel: dict[str, Any]) -> None:
    """AWS Config writes to the bucket of a delivery channel in the recorder's role, or by the bucket's policy."""
    name = delivery_channel.get("s3BucketName", "")
    allowed = allowed_actions(backend.account_id, backend.partition, name, "config.amazonaws.com")
    if allowed is None or not backend.recorders:
        return
    ways = [allowed, *(_allowed_to_role(backend, recorder.role_arn) for recorder in backend.recorders.values())]
    if not any({"s3:GetBucketAcl", "s3:PutObject"} <= way for way in ways):
        raise Refusal(
            "InsufficientDeliveryPolicyException",
            f"Insufficient delivery policy to s3 bucket: {name}, unable to write to bucket, "
            "provided s3 key prefix is 'null', provided kms key is 'null'.",
        )


def _allowed_to_role(backend: ConfigBackend, arn: str) -> set[str]:
    """By its inline policies. AWS's own policy for recorders allows nothing of it."""
    roles = iam_backends[backend.account_id][backend.partition].roles.values()
    policies = [policy for role in roles if role.arn == arn for policy in role.policies.values()]
    return {action for policy in policies for one in statements_of(policy) for action in actions_of(one)}


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
