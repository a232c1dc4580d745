"""What the rules of Elastic Load Balancing ask of a call and of moto's store."""

from collections.abc import Iterator
from typing import Any

from moto.elbv2.models import (
    ELBv2Backend,
    FakeListener,
    FakeLoadBalancer,
    FakeRule,
    FakeTargetGroup,
)
from moto.elbv2.responses import ELBV2Response

# Operations that take actions.
WITH_ACTIONS = ["create_listener", "modify_listener", "create_rule", "modify_rule"]
WITH_CONDITIONS = ["create_rule", "modify_rule"]
CONFIGS = {"host-header": "HostHeaderConfig", "path-pattern": "PathPatternConfig"}

API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference"
GUIDE = "https://docs.aws.amazon.com/elasticloadbalancing/latest"


def listeners(backend: ELBv2Backend) -> list[FakeListener]:
    return [listener for balancer in backend.load_balancers.values() for listener in balancer.listeners.values()]


def rules_of(listener: FakeListener) -> list[FakeRule]:
    return list(listener.rules.values())


def listener_of(call: ELBV2Response) -> FakeListener | None:
    """The listener that a call is about."""
    params = call._get_params()
    for listener in listeners(call.elbv2_backend):
        if listener.arn == params.get("ListenerArn"):
            return listener
        if any(rule.arn == params.get("RuleArn") for rule in rules_of(listener)):
            return listener
    return None


def load_balancer_of(call: ELBV2Response) -> FakeLoadBalancer | None:
    listener = listener_of(call)
    arn = listener.load_balancer_arn if listener else call._get_params().get("LoadBalancerArn")
    return call.elbv2_backend.load_balancers.get(arn)


def target_group_of(call: ELBV2Response) -> FakeTargetGroup | None:
    return call.elbv2_backend.target_groups.get(call._get_params().get("TargetGroupArn"))


def actions_of(call: ELBV2Response) -> list[dict[str, Any]]:
    params = call._get_params()
    return params.get("Actions") or params.get("DefaultActions") or []


def conditions_of(call: ELBV2Response) -> list[dict[str, Any]]:
    return call._get_params().get("Conditions") or []


def values_of(condition: dict[str, Any]) -> list[Any]:
    """In whichever form they are written."""
    configs = [config for name, config in condition.items() if name.endswith("Config") and config] or [condition]
    return [value for config in configs for value in config.get("Values") or []]


def target_group_arns(action: dict[str, Any]) -> list[str]:
    """Of a forward action, in whichever form it is written."""
    groups = (action.get("ForwardConfig") or {}).get("TargetGroups") or []
    single = action.get("TargetGroupArn")
    return [group["TargetGroupArn"] for group in groups] or ([single] if single else [])


def target_groups_of(call: ELBV2Response) -> list[FakeTargetGroup]:
    """All that the actions of a call forward to. moto refuses those that do not exist."""
    groups = call.elbv2_backend.target_groups
    return [groups[arn] for action in actions_of(call) for arn in target_group_arns(action) if arn in groups]


def forwards_to(backend: ELBv2Backend, target_group_arn: str) -> Iterator[tuple[FakeListener, dict[str, Any]]]:
    """Each listener and action that forwards to a target group."""
    for listener in listeners(backend):
        for rule in rules_of(listener):
            for action in rule.actions:
                if target_group_arn in target_group_arns(action.data):
                    yield listener, action.data


def is_true(value: Any) -> bool:
    return str(value).lower() == "true"


def has_target_stickiness(group: FakeTargetGroup) -> bool:
    return is_true(group.attributes.get("stickiness.enabled"))


def group_stickiness(action: dict[str, Any]) -> dict[str, Any]:
    return (action.get("ForwardConfig") or {}).get("TargetGroupStickinessConfig") or {}


def has_group_stickiness(action: dict[str, Any]) -> bool:
    return is_true(group_stickiness(action).get("Enabled"))
