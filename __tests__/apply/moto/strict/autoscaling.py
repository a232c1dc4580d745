"""EC2 Auto Scaling."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import uuid4

from moto.autoscaling.models import AutoScalingBackend, FakeAutoScalingGroup, autoscaling_backends
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult
from moto.elbv2.models import FakeTargetGroup, elbv2_backends

from .registry import Refusal, acts_over_time, answers, answers_operation, refuses
from .request import Request

API = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference"
GUIDE = "https://docs.aws.amazon.com/autoscaling/ec2/userguide"
SOURCES = [
    "https://github.com/hashicorp/terraform/issues/18674",
    "https://github.com/zalando-incubator/kube-ingress-aws-controller/issues/254",
]


@refuses(
    AutoScalingBackend,
    "attach_load_balancer_target_groups",
    sources=[f"{API}/API_AttachLoadBalancerTargetGroups.html", *SOURCES],
)
def attached_target_groups_have_instances(backend: AutoScalingBackend, group_name, target_group_arns) -> None:
    """A target group that is attached to an Auto Scaling group exists, and its targets are instances."""
    _check(backend, target_group_arns)


@refuses(
    AutoScalingBackend,
    "create_auto_scaling_group",
    sources=[f"{API}/API_CreateAutoScalingGroup.html"],
    guessed_message=True,
)
def name_of_a_new_group_is_free(backend: AutoScalingBackend, name: str, *_, **__) -> None:
    """An account and Region have one Auto Scaling group of a name."""
    if name in backend.autoscaling_groups:
        raise Refusal("AlreadyExists", f"You already have an Auto Scaling group with the name {name}.")


@refuses(
    AutoScalingBackend,
    "create_auto_scaling_group",
    sources=[f"{API}/API_CreateAutoScalingGroup.html", *SOURCES],
)
def target_groups_of_a_new_group_have_instances(backend: AutoScalingBackend, *_, target_group_arns=None, **__) -> None:
    """A target group of a new Auto Scaling group exists, and its targets are instances."""
    _check(backend, target_group_arns)


def _check(backend: AutoScalingBackend, arns: Iterable[str] | None) -> None:
    groups = elbv2_backends[backend.account_id][backend.region_name].target_groups
    for arn in arns or []:
        if arn not in groups:
            raise Refusal(
                "ValidationError", "Provided Target Groups may not be valid. Please ensure they exist and try again."
            )
        if groups[arn].target_type != "instance":
            raise Refusal(
                "ValidationError",
                f"Provided Target Group '{arn}' has invalid target type. Please ensure all provided Target Groups have "
                "target type of instance.",
            )


@refuses(
    AutoScalingBackend,
    "attach_load_balancer_target_groups",
    sources=[
        f"{GUIDE}/ec2-auto-scaling-quotas.html",
        "https://github.com/zalando-incubator/kube-ingress-aws-controller/issues/444",
    ],
)
def fifty_target_groups_of_a_group(backend: AutoScalingBackend, group_name, target_group_arns) -> None:
    """An Auto Scaling group has at most 50 target groups."""
    group = backend.autoscaling_groups.get(group_name)
    if group and len({*group.target_group_arns, *target_group_arns}) > 50:
        raise Refusal("ValidationError", "Too many Target Groups specified for this group. The limit is 50")


@refuses(
    AutoScalingBackend,
    "put_scaling_policy",
    sources=[f"{API}/API_PredefinedMetricSpecification.html"],
    guessed_message=True,
)
def request_count_of_an_attached_target_group(backend: AutoScalingBackend, *_, as_name, target_tracking_config, **__) -> None:
    """The target group in the resource label of a scaling policy is attached to the Auto Scaling group."""
    metric = (target_tracking_config or {}).get("PredefinedMetricSpecification") or {}
    label = metric.get("ResourceLabel")
    if metric.get("PredefinedMetricType") != "ALBRequestCountPerTarget":
        return
    attached = backend.autoscaling_groups[as_name].target_group_arns
    if not any(label.endswith(arn.split(":")[-1]) for arn in attached):
        raise Refusal(
            "ValidationError",
            f"The load balancer does not route traffic to the target group. Ensure that {label} is attached to the Auto "
            "Scaling group and try again.",
        )


@answers(
    AutoScalingBackend,
    "detach_load_balancer_target_groups",
    sources=[
        f"{API}/API_DetachLoadBalancerTargetGroups.html",
        "https://github.com/zalando-incubator/kube-ingress-aws-controller/pull/389",
    ],
)
def target_group_that_is_gone_is_detached(original, backend: AutoScalingBackend, group_name, target_group_arns) -> None:
    """A target group that was deleted while it was attached stays in the Auto Scaling group, and can be detached. moto
    answers TargetGroupNotFound, after it has detached it."""
    existing = elbv2_backends[backend.account_id][backend.region_name].target_groups
    group = backend.autoscaling_groups[group_name]
    gone = {arn for arn in target_group_arns if arn not in existing}
    group.target_group_arns = [arn for arn in group.target_group_arns if arn not in gone]
    original(backend, group_name, [arn for arn in target_group_arns if arn not in gone])


@answers(
    FakeAutoScalingGroup,
    "replace_autoscaling_group_instances",
    sources=[
        "https://github.com/hashicorp/terraform-provider-aws/issues/39594",
        "https://github.com/zalando-incubator/kube-ingress-aws-controller/issues/197",
    ],
)
def no_instance_is_launched_into_a_target_group_that_is_gone(original, group: FakeAutoScalingGroup, *args) -> None:
    """An Auto Scaling group with a target group that was deleted launches no instance. Its activities fail."""
    backend = group.autoscaling_backend
    existing = elbv2_backends[backend.account_id][backend.region_name].target_groups
    if all(arn in existing for arn in group.target_group_arns):
        original(group, *args)


@answers(
    AutoScalingResponse,
    "create_auto_scaling_group",
    "update_auto_scaling_group",
    sources=[f"{API}/API_CreateAutoScalingGroup.html", f"{API}/API_AutoScalingGroup.html"],
)
def settings_of_a_group_are_kept(original, call: AutoScalingResponse):
    """An Auto Scaling group keeps its instance warmup, maximum instance lifetime, and instance maintenance policy."""
    answer = original(call)
    group = call.autoscaling_backend.autoscaling_groups[call._get_param("AutoScalingGroupName")]
    settings = {
        "default_instance_warmup": "DefaultInstanceWarmup",
        "max_instance_lifetime": "MaxInstanceLifetime",
        "instance_maintenance_policy": "InstanceMaintenancePolicy",
    }
    for attribute, parameter in settings.items():
        if call._get_param(parameter) is not None:
            setattr(group, attribute, call._get_param(parameter))
    return answer


@answers(
    AutoScalingResponse,
    "create_auto_scaling_group",
    sources=["https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-check-grace-period.html"],
)
def new_group_has_no_grace_period(original, call: AutoScalingResponse):
    """A new Auto Scaling group has a grace period for health checks only if it gets one."""
    answer = original(call)
    if call._get_param("HealthCheckGracePeriod") is None:
        call.autoscaling_backend.autoscaling_groups[call._get_param("AutoScalingGroupName")].health_check_grace_period = 0
    return answer


@answers(
    AutoScalingResponse,
    "put_lifecycle_hook",
    sources=[f"{API}/API_PutLifecycleHook.html", f"{API}/API_LifecycleHook.html"],
)
def lifecycle_hook_notifies_whom_it_names(original, call: AutoScalingResponse):
    """A lifecycle hook has the notification target and role that it was given, or none."""
    answer = original(call)
    [hook] = call.autoscaling_backend.describe_lifecycle_hooks(
        call._get_param("AutoScalingGroupName"), [call._get_param("LifecycleHookName")]
    )
    hook.notification_target_arn = call._get_param("NotificationTargetARN")
    hook.role_arn = call._get_param("RoleARN")
    return answer


@answers(
    AutoScalingResponse,
    "put_scaling_policy",
    sources=[f"{API}/API_PutScalingPolicy.html", f"{API}/API_ScalingPolicy.html"],
)
def scaling_policy_is_enabled(original, call: AutoScalingResponse):
    """A scaling policy is enabled unless it was created otherwise, and has the configuration of its own type alone."""
    answer = original(call)
    policy = call.autoscaling_backend.policies[call._get_param("PolicyName")]
    policy.enabled = call._get_param("Enabled", True)
    policy.predictive_scaling_configuration = call._get_param("PredictiveScalingConfiguration")
    return answer


@answers(
    AutoScalingResponse,
    "create_auto_scaling_group",
    sources=[f"{API}/API_CreateAutoScalingGroup.html", f"{API}/API_TrafficSourceIdentifier.html"],
)
def traffic_sources_of_a_new_group_are_attached(original, call: AutoScalingResponse):
    """CreateAutoScalingGroup attaches the target groups among its traffic sources."""
    answer = original(call)
    arns = [source["Identifier"] for source in call._get_param("TrafficSources") or []]
    if arns:
        call.autoscaling_backend.attach_load_balancer_target_groups(call._get_param("AutoScalingGroupName"), arns)
    return answer


def _group_of(request: Request) -> tuple[AutoScalingBackend, FakeAutoScalingGroup]:
    backend = autoscaling_backends[request.account][request.region]
    group = backend.autoscaling_groups.get(request.params["AutoScalingGroupName"])
    if group is None:
        raise Refusal("ValidationError", "AutoScalingGroup name not found - null")
    return backend, group


@answers_operation(
    "autoscaling",
    "AttachTrafficSources",
    "DetachTrafficSources",
    "DescribeTrafficSources",
    sources=[
        f"{API}/API_AttachTrafficSources.html",
        f"{API}/API_DetachTrafficSources.html",
        f"{API}/API_DescribeTrafficSources.html",
    ],
)
def traffic_sources_are_target_groups(request: Request) -> dict[str, Any]:
    """A target group is attached as a traffic source, and detached, as AttachLoadBalancerTargetGroups and
    DetachLoadBalancerTargetGroups do."""
    backend, group = _group_of(request)
    arns = [source["Identifier"] for source in request.params.get("TrafficSources") or []]
    if request.operation.name == "AttachTrafficSources":
        backend.attach_load_balancer_target_groups(group.name, arns)
        return {}
    if request.operation.name == "DetachTrafficSources":
        backend.detach_load_balancer_target_groups(group.name, arns)
        return {}
    return {
        "TrafficSources": [
            {"Identifier": arn, "TrafficSource": arn, "Type": "elbv2", "State": "InService"}
            for arn in group.target_group_arns
        ]
    }


# By account, Region, and name of the group.
refreshes: dict[tuple[str, str, str], list[dict[str, Any]]] = {}


@answers_operation(
    "autoscaling",
    "StartInstanceRefresh",
    "DescribeInstanceRefreshes",
    sources=[f"{API}/API_StartInstanceRefresh.html", f"{API}/API_DescribeInstanceRefreshes.html"],
)
def instances_are_refreshed(request: Request) -> dict[str, Any]:
    """StartInstanceRefresh replaces the instances of an Auto Scaling group, here at once, and DescribeInstanceRefreshes
    answers with the refreshes."""
    backend, group = _group_of(request)
    known = refreshes.setdefault((request.account, request.region, group.name), [])
    if request.operation.name == "DescribeInstanceRefreshes":
        ids = request.params.get("InstanceRefreshIds")
        return {"InstanceRefreshes": [each for each in known if not ids or each["InstanceRefreshId"] in ids]}
    _replace(backend, group, [state.instance.id for state in group.instance_states])
    id = str(uuid4())
    known.insert(
        0,
        {
            "InstanceRefreshId": id,
            "AutoScalingGroupName": group.name,
            "Status": "Successful",
            "PercentageComplete": 100,
            "InstancesToUpdate": 0,
        },
    )
    return {"InstanceRefreshId": id}


@acts_over_time(sources=[f"{GUIDE}/health-checks-overview.html", f"{GUIDE}/attach-load-balancer-asg.html"])
def unhealthy_instances_are_replaced() -> None:
    """An Auto Scaling group with ELB health checks replaces an instance that stays unhealthy in a target group."""
    for by_region in autoscaling_backends.values():
        for backend in by_region.values():
            for group in list(backend.autoscaling_groups.values()):
                if "ELB" in (group.health_check_type or ""):
                    _replace(backend, group, list(_unhealthy_instances(backend, group)))


def _unhealthy_instances(backend: AutoScalingBackend, group: FakeAutoScalingGroup) -> Iterator[str]:
    for id in [state.instance.id for state in group.instance_states]:
        attached = _attached(backend, group)
        if any(each.health_for({"Id": id}, backend.ec2_backend).status == "unhealthy" for each in attached):
            yield id


def _attached(backend: AutoScalingBackend, group: FakeAutoScalingGroup) -> list[FakeTargetGroup]:
    target_groups = elbv2_backends[backend.account_id][backend.region_name].target_groups
    return [target_groups[arn] for arn in group.target_group_arns if arn in target_groups]


def _replace(backend: AutoScalingBackend, group: FakeAutoScalingGroup, instance_ids: list[str]) -> None:
    """A terminated instance leaves the target groups, where moto keeps it."""
    for id in instance_ids:
        backend.terminate_instance(id, should_decrement=False)
        for target_group in _attached(backend, group):
            target_group.deregister([target for target in target_group.targets.values() if target["Id"] == id])


@answers(AutoScalingResponse, "put_scaling_policy", sources=[f"{API}/API_PutScalingPolicy.html"])
def scaling_policy_has_an_arn(original, call: AutoScalingResponse) -> ActionResult:
    """PutScalingPolicy answers with the ARN of the policy."""
    return ActionResult({"PolicyARN": original(call).result["PolicyArn"]})
