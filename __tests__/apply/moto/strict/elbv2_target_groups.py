"""Elastic Load Balancing: target groups and targets."""

from ipaddress import IPv4Address, ip_address, ip_network

from moto.ec2.models import EC2Backend
from moto.elbv2.models import FakeTargetGroup, elbv2_backends
from moto.elbv2.responses import ELBV2Response

from .elbv2 import API, GUIDE, forwards_to, has_group_stickiness, is_true, target_group_arns, target_group_of
from .registry import Refusal, answers, answers_attribute, refuses

DAY = 86400
COOKIE_DURATIONS = ["stickiness.lb_cookie.duration_seconds", "stickiness.app_cookie.duration_seconds"]
TARGET_NETWORKS = [ip_network(block) for block in ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]]


@answers_attribute(FakeTargetGroup, "load_balancer_arns", sources=[f"{API}/API_TargetGroup.html"])
def load_balancers_of_target_group(group: FakeTargetGroup) -> list[str]:
    """The load balancers of a target group are those whose rules forward to it now, each once. moto only adds to
    them."""
    backend = elbv2_backends[group.account_id][group.region_name]
    return sorted({listener.load_balancer_arn for listener, _ in forwards_to(backend, group.arn)})


@answers(
    FakeTargetGroup,
    "__init__",
    sources=[
        f"{API}/API_TargetGroupAttribute.html",
        "https://github.com/go-to-k/cdk-real-drift/issues/1664",
    ],
)
def connection_termination_of_udp(original, group: FakeTargetGroup, *args, **kwargs) -> None:
    """Connection termination on deregistration is on in new UDP and TCP_UDP target groups, and off in TCP and TLS
    ones."""
    original(group, *args, **kwargs)
    if group.protocol in ["UDP", "TCP_UDP", "TCP", "TLS"]:
        value = "true" if group.protocol in ["UDP", "TCP_UDP"] else "false"
        group.attributes["deregistration_delay.connection_termination.enabled"] = value


@answers(FakeTargetGroup, "__init__", sources=[f"{API}/API_TargetGroupAttribute.html"])
def thresholds_of_a_new_target_group(original, group: FakeTargetGroup, *args, **kwargs) -> None:
    """A new target group has the default thresholds of its health. Behind an Application Load Balancer, anomaly
    mitigation is off. With TCP and TLS, connections to unhealthy targets are terminated at once."""
    original(group, *args, **kwargs)
    if group.protocol is None:
        return
    health = "target_group_health"
    group.attributes[f"{health}.dns_failover.minimum_healthy_targets.count"] = "off"
    group.attributes[f"{health}.dns_failover.minimum_healthy_targets.percentage"] = "off"
    group.attributes[f"{health}.unhealthy_state_routing.minimum_healthy_targets.count"] = "1"
    group.attributes[f"{health}.unhealthy_state_routing.minimum_healthy_targets.percentage"] = "off"
    if group.protocol in ["HTTP", "HTTPS"]:
        group.attributes["load_balancing.algorithm.anomaly_mitigation"] = "off"
    if group.protocol in ["TCP", "TLS"]:
        group.attributes["target_health_state.unhealthy.connection_termination.enabled"] = "true"
        group.attributes["target_health_state.unhealthy.draining_interval_seconds"] = "0"


@answers(FakeTargetGroup, "__init__", sources=[f"{API}/API_TargetGroupAttribute.html"])
def cookies_of_a_new_target_group(original, group: FakeTargetGroup, *args, **kwargs) -> None:
    """A new target group of an Application Load Balancer has cookies of a day, although it is not sticky."""
    original(group, *args, **kwargs)
    if group.protocol in ["HTTP", "HTTPS"]:
        for key in COOKIE_DURATIONS:
            group.attributes[key] = str(DAY)


@refuses(
    ELBV2Response,
    "modify_target_group_attributes",
    sources=[f"{API}/API_TargetGroupAttribute.html"],
    guessed_message=True,
)
def cookie_duration(call: ELBV2Response) -> None:
    """A cookie lasts from 1 second to 7 days."""
    for attribute in call._get_params().get("Attributes", []):
        key, value = attribute["Key"], attribute.get("Value") or ""
        if key in COOKIE_DURATIONS and not (value.isdigit() and 1 <= int(value) <= 7 * DAY):
            raise Refusal("ValidationError", f"'{key}' must be between 1 and {7 * DAY} inclusive")


@answers(
    FakeTargetGroup,
    "__init__",
    sources=[
        f"{GUIDE}/network/edit-target-group-attributes.html#client-ip-preservation",
        f"{API}/API_TargetGroupAttribute.html",
    ],
)
def clients_of_network_groups(original, group: FakeTargetGroup, *args, **kwargs) -> None:
    """A new target group of a Network Load Balancer says whether its targets see the clients' addresses: those that are
    instances or have UDP do, and IP addresses with TCP or TLS do not. Proxy protocol is off."""
    original(group, *args, **kwargs)
    if group.protocol in ["UDP", "TCP_UDP", "TCP", "TLS"]:
        hidden = group.target_type == "ip" and group.protocol in ["TCP", "TLS"]
        group.attributes["preserve_client_ip.enabled"] = "false" if hidden else "true"
        group.attributes["proxy_protocol_v2.enabled"] = "false"


@refuses(
    ELBV2Response,
    "modify_target_group_attributes",
    sources=["https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2734"],
)
def target_stickiness_needs_group_stickiness(call: ELBV2Response) -> None:
    """A target group behind a rule with several target groups and without group stickiness does not become sticky."""
    params = call._get_params()
    wanted = {attribute["Key"]: attribute.get("Value") for attribute in params.get("Attributes", [])}
    if not is_true(wanted.get("stickiness.enabled")):
        return
    for _, action in forwards_to(call.elbv2_backend, params["TargetGroupArn"]):
        if len(target_group_arns(action)) > 1 and not has_group_stickiness(action):
            raise Refusal(
                "InvalidConfigurationRequest",
                f"This target group appears behind a rule with group stickiness disabled ({params['TargetGroupArn']}). "
                "You must enable group stickiness before enabling target stickiness",
            )


@refuses(
    ELBV2Response,
    "modify_target_group_attributes",
    sources=[
        f"{API}/API_TargetGroupAttribute.html",
        f"{GUIDE}/application/edit-target-group-attributes.html#slow-start-mode",
    ],
    guessed_message=True,
)
def slow_start(call: ELBV2Response) -> None:
    """Slow start is 0 or 30 to 900 seconds, and goes with the round robin algorithm only."""
    group = target_group_of(call)
    if group is None:
        return
    wanted = {**group.attributes, **{each["Key"]: each.get("Value") for each in call._get_params()["Attributes"]}}
    seconds = int(wanted.get("slow_start.duration_seconds") or 0)
    if seconds and not 30 <= seconds <= 900:
        raise Refusal("ValidationError", "'slow_start.duration_seconds' must be 0 or between 30 and 900 inclusive")
    if seconds and wanted.get("load_balancing.algorithm.type") != "round_robin":
        raise Refusal("InvalidConfigurationRequest", "Slow start mode is supported with the round robin algorithm only")


@refuses(
    ELBV2Response,
    "create_target_group",
    "modify_target_group",
    sources=[
        f"{API}/API_Matcher.html",
        "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elbv2/target_group_test.go",
    ],
    guessed_message=True,
)
def matcher_of_health_check(call: ELBV2Response) -> None:
    """Success codes are within 200-499 for HTTP and HTTPS target groups and within 200-599 for those of a Network Load
    Balancer, and ranges go upward."""
    params, group = call._get_params(), target_group_of(call)
    codes = (params.get("Matcher") or {}).get("HttpCode")
    protocol = params.get("Protocol") or (group and group.protocol)
    version = params.get("ProtocolVersion") or (group and group.protocol_version)
    if not codes or version == "GRPC":
        return
    top = 499 if protocol in ["HTTP", "HTTPS"] else 599
    for part in codes.split(","):
        ends = [int(end) for end in part.split("-")]
        if ends != sorted(ends) or ends[0] < 200 or ends[-1] > top:
            raise Refusal(
                "ValidationError", f"Health check matcher HTTP code '{part}' must be within '200-{top}' inclusive"
            )


@refuses(
    ELBV2Response,
    "modify_target_group",
    sources=["https://github.com/hashicorp/terraform-provider-aws/issues/2366"],
)
def timeout_stays_shorter_than_the_interval(call: ELBV2Response) -> None:
    """A change leaves the timeout of a health check shorter than its interval. moto checks only new target groups."""
    params, group = call._get_params(), target_group_of(call)
    if group is None:
        return
    timeout = params.get("HealthCheckTimeoutSeconds") or group.health_check_timeout_seconds
    interval = params.get("HealthCheckIntervalSeconds") or group.health_check_interval_seconds
    if int(timeout) >= int(interval):
        raise Refusal(
            "ValidationError", f"Health check timeout '{timeout}' must be smaller than the interval '{interval}'"
        )


@refuses(
    ELBV2Response,
    "register_targets",
    sources=[
        f"{API}/API_TargetDescription.html",
        f"{GUIDE}/application/target-group-register-targets.html",
        "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3714",
        "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/561",
        "https://github.com/ansible/ansible/issues/30962",
    ],
    guessed_message=True,
)
def targets_of_target_group(call: ELBV2Response) -> None:
    """An instance is in the target group's VPC. An IP address is private, and in the VPC's subnets unless its
    Availability Zone is `all`."""
    group, ec2 = target_group_of(call), call.elbv2_backend.ec2_backend
    if group is None:
        return
    for target in call._get_params().get("Targets", []):
        if group.target_type == "instance":
            _check_instance(group, ec2, target["Id"])
        elif group.target_type == "ip":
            _check_address(group, ec2, target["Id"], target.get("AvailabilityZone"))


def _check_instance(group: FakeTargetGroup, ec2: EC2Backend, id: str) -> None:
    if not id.startswith("i-"):
        raise Refusal("ValidationError", f"Instance ID '{id}' is not valid")
    instance = ec2.get_instance_by_id(id)
    if instance and instance.vpc_id != group.vpc_id:
        raise Refusal(
            "InvalidTarget", f"The following targets are not in the target group VPC '{group.vpc_id}': '{id}'"
        )


def _check_address(group: FakeTargetGroup, ec2: EC2Backend, id: str, zone: str | None) -> None:
    try:
        address = ip_address(id)
    except ValueError:
        raise Refusal("ValidationError", f"The IP address '{id}' is not a valid IPv4 address") from None
    if not isinstance(address, IPv4Address):
        return
    subnets = [subnet for in_zone in ec2.subnets.values() for subnet in in_zone.values()]
    home = next(
        (each for each in subnets if each.vpc_id == group.vpc_id and address in ip_network(each.cidr_block)), None
    )
    if home is None and not any(address in network for network in TARGET_NETWORKS):
        raise Refusal("InvalidTarget", f"The IP address '{id}' is not a valid target: it is publicly routable")
    if home is None and zone is None:
        raise Refusal(
            "ValidationError", f"The Availability Zone is required for IP address '{id}' because it is not in the VPC"
        )
    if home is not None and zone == "all":
        raise Refusal(
            "ValidationError",
            f"The IP address '{id}' is within the VPC, and cannot have its Availability Zone overridden to 'all' from "
            f"'{home.availability_zone}'",
        )
