"""Elastic Load Balancing: listeners, rules, their actions and conditions."""

import os
import re
from typing import Any

from moto.core.responses import ActionResult
from moto.elbv2.models import ELBv2Backend, FakeAction, FakeListener
from moto.elbv2.responses import ELBV2Response

from .elbv2 import (
    API,
    CONFIGS,
    GUIDE,
    WITH_ACTIONS,
    WITH_CONDITIONS,
    actions_of,
    conditions_of,
    group_stickiness,
    has_group_stickiness,
    has_target_stickiness,
    listener_of,
    listeners,
    load_balancer_of,
    rules_of,
    target_group_arns,
    target_groups_of,
    values_of,
)
from .registry import Refusal, answers, refuses

QUOTAS = f"{GUIDE}/application/load-balancer-limits.html"
PROVIDER_ISSUE = "https://github.com/hashicorp/terraform-provider-aws/issues"
CONTROLLER_ISSUE = "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues"

# By the protocol of a listener, those of its target groups.
TARGET_GROUP_PROTOCOLS = {
    "HTTP": ["HTTP", "HTTPS"],
    "HTTPS": ["HTTP", "HTTPS"],
    "TCP": ["TCP", "TCP_UDP"],
    "TLS": ["TCP", "TLS"],
    "UDP": ["UDP", "TCP_UDP"],
    "TCP_UDP": ["TCP_UDP"],
}

# How AWS answers.


@answers(
    FakeAction,
    "__init__",
    sources=[
        "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elbv2/listener.go",
        "https://github.com/getmoto/moto/issues/4716",
    ],
)
def forward_has_both_forms(original, action: FakeAction, data: dict[str, Any]) -> None:
    """A forward to one target group is answered with TargetGroupArn and with ForwardConfig, whichever was sent."""
    arns = target_group_arns(data) if data.get("Type") == "forward" else []
    config = data.get("ForwardConfig") or {}
    if arns and not config.get("TargetGroups"):
        data["ForwardConfig"] = {**config, "TargetGroups": [{"TargetGroupArn": arns[0]}]}
    if len(arns) == 1:
        data["TargetGroupArn"] = arns[0]
    original(action, data)


@answers(
    ELBv2Backend,
    *WITH_CONDITIONS,
    sources=[f"{API}/API_RuleCondition.html", f"{API}/API_DescribeRules.html#API_DescribeRules_Examples"],
)
def condition_has_both_forms(original, *args, **kwargs):
    """Values of host-header and path-pattern conditions are answered in Values and in HostHeaderConfig or
    PathPatternConfig."""
    rule = original(*args, **kwargs)
    for condition in rule.conditions:
        name = CONFIGS.get(condition.get("Field"))
        if name and not (condition.get(name) or {}).get("RegexValues"):
            values = values_of(condition)
            condition.update({name: {"Values": list(values)}, "Values": list(values)})
    return rule


@answers(
    ELBv2Backend,
    "_validate_host_header_condition",
    "_validate_http_header_condition",
    "_validate_path_pattern_condition",
    sources=[f"{API}/API_HostHeaderConditionConfig.html", f"{API}/API_PathPatternConditionConfig.html"],
)
def condition_takes_regular_expressions(original, backend: ELBv2Backend, condition: dict[str, Any]) -> None:
    """A condition on the host, the path, or a header may have RegexValues instead of Values, on which moto fails."""
    configs = [condition.get(name) or {} for name in [*CONFIGS.values(), "HttpHeaderConfig"]]
    if not any(config.get("RegexValues") for config in configs):
        original(backend, condition)


@answers(
    ELBV2Response,
    *WITH_CONDITIONS,
    sources=[f"{API}/API_CreateRule.html", f"{API}/API_ModifyRule.html", f"{API}/API_RuleTransform.html"],
)
def transforms_are_kept(original, call: ELBV2Response):
    """A rule keeps its transforms, until ResetTransforms or other ones."""
    params = call._get_params()
    answer = original(call)
    if params.get("Transforms") or params.get("ResetTransforms"):
        for rule in answer.result["Rules"]:
            rule.transforms = params.get("Transforms") or []
    return answer


@answers(ELBv2Backend, "modify_listener", sources=[f"{API}/API_ModifyListener.html"])
def listener_of_any_protocol_is_modified(
    original, backend: ELBv2Backend, arn, port=None, protocol=None, *rest, **kwargs
) -> FakeListener:
    """ModifyListener takes the protocols TLS, UDP, and TCP_UDP, which moto refuses."""
    if protocol not in ["TLS", "UDP", "TCP_UDP"]:
        return original(backend, arn, port, protocol, *rest, **kwargs)
    listener = original(backend, arn, port, None, *rest, **kwargs)
    listener.protocol = protocol
    return listener


@answers(
    ELBV2Response,
    "create_listener",
    sources=[f"{API}/API_CreateListener.html", f"{PROVIDER_ISSUE}/35121", f"{PROVIDER_ISSUE}/44814"],
)
def create_listener_is_idempotent(original, call: ELBV2Response):
    """CreateListener with the settings of a listener that exists answers with that listener."""
    listener = _listener_on_port(call)
    if listener is not None and _has_settings_of(call, listener):
        return ActionResult({"Listeners": [listener]})
    return original(call)


@refuses(
    ELBV2Response,
    "create_listener",
    sources=[f"{API}/API_CreateListener.html", "https://github.com/hashicorp/terraform/issues/26407"],
)
def one_listener_on_a_port(call: ELBV2Response) -> None:
    """A second listener on a port of a load balancer, with other settings, is refused."""
    listener = _listener_on_port(call)
    if listener is not None and not _has_settings_of(call, listener):
        raise Refusal(
            "DuplicateListener",
            f"A listener already exists on this port for this load balancer '{listener.load_balancer_arn}'",
        )


def _listener_on_port(call: ELBV2Response) -> FakeListener | None:
    balancer, port = load_balancer_of(call), str(call._get_params().get("Port"))
    found = balancer.listeners.values() if balancer else []
    return next((listener for listener in found if str(listener.port) == port), None)


def _has_settings_of(call: ELBV2Response, listener: FakeListener) -> bool:
    params = call._get_params()
    certificates = [certificate.get("CertificateArn") for certificate in params.get("Certificates") or []]
    # As it is answered, without the order of actions, which AWS numbers.
    wanted = [FakeAction(dict(action)).data for action in params.get("DefaultActions", [])]
    existing = [action.data for action in listener.default_actions]
    return (
        listener.protocol == params.get("Protocol")
        and (listener.certificate or None) == next(iter(certificates), None)
        and [{**action, "Order": None} for action in wanted] == [{**action, "Order": None} for action in existing]
    )


@answers(ELBv2Backend, "set_rule_priorities", sources=[f"{API}/API_SetRulePriorities.html"])
def priorities_are_set_together(original, backend: ELBv2Backend, rule_priorities: list[dict[str, Any]]):
    """Rules of one SetRulePriorities call can exchange their priorities."""
    rules = {rule.arn: rule for listener in listeners(backend) for rule in rules_of(listener)}
    moved = [rules[pair["RuleArn"]] for pair in rule_priorities if pair["RuleArn"] in rules]
    before = [(rule, rule.priority) for rule in moved]
    for rule in moved:
        rule.priority = None
    try:
        return original(backend, rule_priorities)
    except Exception:
        for rule, priority in before:
            rule.priority = priority
        raise


# What AWS refuses.


@refuses(
    ELBV2Response,
    *WITH_ACTIONS,
    sources=[f"{GUIDE}/application/add-rule.html", f"{CONTROLLER_ISSUE}/2734"],
)
def sticky_target_groups_need_group_stickiness(call: ELBV2Response) -> None:
    """An action with several target groups, one of them sticky, has group stickiness."""
    groups = call.elbv2_backend.target_groups
    for action in actions_of(call):
        arns = target_group_arns(action)
        sticky = any(has_target_stickiness(groups[arn]) for arn in arns if arn in groups)
        if len(arns) > 1 and sticky and not has_group_stickiness(action):
            raise Refusal(
                "InvalidConfigurationRequest",
                "You must enable group stickiness on a rule if you enabled target stickiness on one of its target "
                "groups",
            )


@refuses(ELBV2Response, *WITH_ACTIONS, sources=["https://github.com/app-sre/qontract-reconcile/issues/2089"])
def duration_of_group_stickiness(call: ELBV2Response) -> None:
    """Group stickiness lasts 1 to 604800 seconds."""
    for action in actions_of(call):
        duration = int(group_stickiness(action).get("DurationSeconds") or 0)
        if has_group_stickiness(action) and not 1 <= duration <= 604800:
            raise Refusal("ValidationError", "Target group stickiness duration must be between 1 and 604800 seconds")


@refuses(ELBV2Response, *WITH_ACTIONS, sources=[f"{API}/API_CreateTargetGroup.html", f"{CONTROLLER_ISSUE}/1045"])
def target_group_is_in_vpc_of_load_balancer(call: ELBV2Response) -> None:
    """A target group behind a load balancer is in the load balancer's VPC."""
    balancer = load_balancer_of(call)
    for group in target_groups_of(call):
        if balancer and group.vpc_id and group.vpc_id != balancer.vpc_id:
            raise Refusal(
                "InvalidConfigurationRequest",
                f"Target group '{group.arn}' is in a different VPC than load balancer '{balancer.arn}'",
            )


@refuses(ELBV2Response, *WITH_ACTIONS, sources=[f"{API}/API_CreateListener.html", QUOTAS, f"{PROVIDER_ISSUE}/22005"])
def target_group_has_one_load_balancer(call: ELBV2Response) -> None:
    """A target group serves one load balancer."""
    balancer = load_balancer_of(call)
    for group in target_groups_of(call):
        if balancer and any(arn != balancer.arn for arn in group.load_balancer_arns):
            raise Refusal(
                "TargetGroupAssociationLimit",
                f"The following target groups cannot be associated with more than one load balancer: {group.arn}",
            )


@refuses(
    ELBV2Response,
    *WITH_ACTIONS,
    sources=[
        f"{API}/API_CreateListener.html",
        f"{GUIDE}/network/load-balancer-listeners.html",
        f"{PROVIDER_ISSUE}/4955",
    ],
    guessed_message=True,
)
def protocols_are_compatible(call: ELBV2Response) -> None:
    """The protocol of a target group goes with that of the listener."""
    listener = listener_of(call)
    protocol = call._get_params().get("Protocol") or (listener and listener.protocol)
    allowed = TARGET_GROUP_PROTOCOLS.get(protocol)
    for group in target_groups_of(call):
        if allowed and group.protocol and group.protocol not in allowed:
            raise Refusal(
                "IncompatibleProtocols",
                f"The listener and its associated target group '{group.arn}' must have compatible protocols "
                f"({protocol}, {group.protocol})",
            )


@refuses(
    ELBV2Response,
    *WITH_ACTIONS,
    sources=[f"{API}/API_Action.html", f"{GUIDE}/application/rule-action-types.html"],
    guessed_message=True,
)
def authentication_needs_https(call: ELBV2Response) -> None:
    """Actions that authenticate clients are on HTTPS listeners."""
    listener = listener_of(call)
    protocol = call._get_params().get("Protocol") or (listener and listener.protocol)
    for action in actions_of(call):
        if action["Type"].startswith("authenticate-") and protocol != "HTTPS":
            raise Refusal(
                "InvalidLoadBalancerAction",
                f"Actions of type '{action['Type']}' are supported only on HTTPS listeners",
            )


@refuses(ELBV2Response, *WITH_ACTIONS, sources=[f"{API}/API_Action.html"], guessed_message=True)
def both_forms_name_the_same_target_group(call: ELBV2Response) -> None:
    """An action with TargetGroupArn and ForwardConfig has the same, single target group in both."""
    for action in actions_of(call):
        if action.get("TargetGroupArn") and target_group_arns(action) != [action["TargetGroupArn"]]:
            raise Refusal(
                "ValidationError",
                "If you specify both TargetGroupArn and ForwardConfig, they must name the same single target group",
            )


@refuses(ELBV2Response, *WITH_ACTIONS, sources=[QUOTAS, f"{API}/API_CreateRule.html"])
def five_target_groups_in_an_action(call: ELBV2Response) -> None:
    """An action has at most 5 target groups."""
    if any(len(target_group_arns(action)) > 5 for action in actions_of(call)):
        raise Refusal("TooManyTargetGroups", "You've reached the limit on the number of target groups.")


@refuses(ELBV2Response, *WITH_ACTIONS, sources=[QUOTAS, f"{CONTROLLER_ISSUE}/3767"])
def hundred_target_groups_of_a_load_balancer(call: ELBV2Response) -> None:
    """An Application Load Balancer forwards to at most 100 target groups."""
    balancer = load_balancer_of(call)
    if balancer is None or balancer.type != "application":
        return
    used = {
        arn
        for listener in balancer.listeners.values()
        for rule in rules_of(listener)
        for action in rule.actions
        for arn in target_group_arns(action.data)
    }
    if len(used | {group.arn for group in target_groups_of(call)}) > 100:
        raise Refusal(
            "TooManyUniqueTargetGroupsPerLoadBalancer",
            "You have reached the maximum number of unique target groups that you can associate with a load balancer "
            "of type 'application': [100]",
        )


@refuses(ELBV2Response, "create_listener", sources=[QUOTAS, f"{API}/API_CreateListener.html"])
def fifty_listeners_of_a_load_balancer(call: ELBV2Response) -> None:
    """A load balancer has at most 50 listeners."""
    balancer = load_balancer_of(call)
    if balancer and len(balancer.listeners) >= 50:
        raise Refusal("TooManyListeners", "You've reached the limit on the number of listeners per load balancer.")


@refuses(ELBV2Response, "create_rule", sources=[QUOTAS, f"{API}/API_CreateRule.html"])
def hundred_rules_of_a_load_balancer(call: ELBV2Response) -> None:
    """An Application Load Balancer has at most 100 rules besides the default ones, or as many as the server's environment
    has in `RULES_QUOTA`."""
    quota = int(os.environ.get("RULES_QUOTA", "100"))
    balancer = load_balancer_of(call)
    found = balancer.listeners.values() if balancer else []
    if sum(not rule.is_default for listener in found for rule in rules_of(listener)) >= quota:
        raise Refusal("TooManyRules", "You've reached the limit on the number of rules per load balancer.")


@refuses(ELBV2Response, *WITH_CONDITIONS, sources=[QUOTAS, "https://github.com/aws/aws-cdk/issues/10065"])
def five_condition_values_of_a_rule(call: ELBV2Response) -> None:
    """The conditions of a rule have at most 5 values."""
    if sum(len(values_of(condition)) for condition in conditions_of(call)) > 5:
        raise Refusal("ValidationError", "A rule can only have '5' condition values")


@refuses(ELBV2Response, *WITH_CONDITIONS, sources=[QUOTAS], guessed_message=True)
def five_wildcards_of_a_rule(call: ELBV2Response) -> None:
    """The conditions of a rule have at most 5 wildcards."""
    wildcards = 0
    for value in [value for condition in conditions_of(call) for value in values_of(condition)]:
        texts = value.values() if isinstance(value, dict) else [value]  # query strings have keys and values
        wildcards += sum(len(re.findall(r"(?<!\\)[*?]", text)) for text in texts)
    if wildcards > 5:
        raise Refusal("ValidationError", "A rule can only have '5' condition wildcards")


@refuses(
    ELBV2Response,
    *WITH_CONDITIONS,
    sources=[
        f"{API}/API_RuleCondition.html",
        f"{API}/API_HostHeaderConditionConfig.html",
        "https://github.com/aws/aws-cli/issues/9792",
        f"{PROVIDER_ISSUE}/49147",
    ],
)
def characters_of_conditions(call: ELBV2Response) -> None:
    """Hosts and paths in conditions have the documented characters. A host has a dot, and letters after it."""
    patterns = {
        "host-header": r"[A-Za-z0-9.*?-]*\.[A-Za-z*?-]+",
        "path-pattern": r"[A-Za-z0-9_.$/~\"'@:+&*?-]*",
    }
    for condition in conditions_of(call):
        pattern = patterns.get(condition.get("Field"))
        for value in values_of(condition) if pattern else []:
            if not re.fullmatch(pattern, value):
                raise Refusal("ValidationError", f"Condition value '{value}' contains a character that is not valid")


@refuses(ELBV2Response, *WITH_CONDITIONS, sources=["https://github.com/aws-controllers-k8s/community/issues/2759"])
def condition_is_sent_in_one_form(call: ELBV2Response) -> None:
    """Although a condition is answered in both forms, it is sent in one."""
    for condition in conditions_of(call):
        field = condition.get("Field")
        config = CONFIGS.get(field)
        if config and condition.get("Values") and condition.get(config):
            raise Refusal(
                "ValidationError", f"You cannot provide both Values and '{config}' for a condition of type '{field}'"
            )


@refuses(
    ELBV2Response,
    "delete_rule",
    "modify_rule",
    "set_rule_priorities",
    sources=[f"{API}/API_DeleteRule.html", f"{API}/API_SetRulePriorities.html"],
    guessed_message=True,
)
def default_rule_belongs_to_its_listener(call: ELBV2Response) -> None:
    """The default rule of a listener is not deleted, modified, or given another priority."""
    params = call._get_params()
    arns = {params.get("RuleArn"), *(pair["RuleArn"] for pair in params.get("RulePriorities") or [])}
    for listener in listeners(call.elbv2_backend):
        if any(rule.arn in arns and rule.is_default for rule in rules_of(listener)):
            raise Refusal("OperationNotPermitted", "Default rules cannot be modified or deleted")
