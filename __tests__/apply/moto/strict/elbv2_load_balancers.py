"""Elastic Load Balancing: load balancers."""

from collections import Counter
from typing import Any

from moto.core.responses import ActionResult
from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer
from moto.elbv2.responses import ELBV2Response

from .elbv2 import API, GUIDE, is_true, load_balancer_of
from .registry import Refusal, answers, refuses


LOGS = {f"access_logs.s3.{name}": value for name, value in [("enabled", "false"), ("bucket", ""), ("prefix", "")]}
# What a new load balancer has, by its type.
ATTRIBUTES = {
    "application": {
        **LOGS,
        "client_keep_alive.seconds": "3600",
        **{name.replace("access", "connection"): value for name, value in LOGS.items()},
        "deletion_protection.enabled": "false",
        "idle_timeout.timeout_seconds": "60",
        "load_balancing.cross_zone.enabled": "true",
        "routing.http.desync_mitigation_mode": "defensive",
        "routing.http.drop_invalid_header_fields.enabled": "false",
        "routing.http.preserve_host_header.enabled": "false",
        "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
        "routing.http.xff_client_port.enabled": "false",
        "routing.http.xff_header_processing.mode": "append",
        "routing.http2.enabled": "true",
        "waf.fail_open.enabled": "false",
        "zonal_shift.config.enabled": "false",
    },
    "network": {
        **LOGS,
        "deletion_protection.enabled": "false",
        "dns_record.client_routing_policy": "any_availability_zone",
        "load_balancing.cross_zone.enabled": "false",
        "zonal_shift.config.enabled": "false",
    },
}


def subnet_ids(params: dict[str, Any]) -> list[str]:
    return params.get("Subnets") or [mapping["SubnetId"] for mapping in params.get("SubnetMappings") or []]


@answers(
    ELBv2Backend,
    "create_load_balancer",
    sources=[
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html",
        f"{API}/API_CreateLoadBalancer.html",
    ],
)
def arn_names_the_type(original, backend: ELBv2Backend, *args: Any, **kwargs: Any):
    """The ARN of a Network Load Balancer has `net` where that of an Application Load Balancer has `app`, and so do those
    of its listeners."""
    balancer = original(backend, *args, **kwargs)
    if balancer.type == "network":
        tags = backend.tagging_service.get_tag_dict_for_resource(balancer.arn)
        del backend.load_balancers[balancer.arn]
        balancer.arn = balancer.arn.replace(":loadbalancer/app/", ":loadbalancer/net/")
        backend.load_balancers[balancer.arn] = balancer
        backend.tagging_service.tag_resource(balancer.arn, [{"Key": key, "Value": value} for key, value in tags.items()])
    return balancer


@answers(FakeLoadBalancer, "__init__", sources=[f"{API}/API_LoadBalancerAttribute.html"])
def new_load_balancer_has_all_attributes(original, balancer: FakeLoadBalancer, *args: Any, **kwargs: Any) -> None:
    """A new load balancer has all attributes of its type, with AWS's defaults."""
    original(balancer, *args, **kwargs)
    balancer.attrs.update(ATTRIBUTES.get(balancer.type, {}))


@answers(
    ELBV2Response,
    "set_security_groups",
    sources=[
        f"{API}/API_SetSecurityGroups.html",
        f"{API}/API_LoadBalancer.html",
        "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elbv2/load_balancer_test.go",
    ],
)
def private_link_enforcement_is_kept(original, call: ELBV2Response):
    """What SetSecurityGroups says about inbound rules on PrivateLink traffic is kept and answered. Before that, the
    setting is absent from answers, which means on."""
    setting = call._get_params().get("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic")
    answer = original(call)
    balancer = load_balancer_of(call)
    name = "enforce_security_group_inbound_rules_on_private_link_traffic"
    if setting:
        setattr(balancer, name, setting)
    kept = getattr(balancer, name, None)
    if not kept:
        return answer
    return ActionResult({**answer.result, "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": kept})


@refuses(
    ELBV2Response,
    "create_load_balancer",
    "set_security_groups",
    sources=[
        "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups",
        f"{GUIDE}/network/load-balancer-security-groups.html",
        "https://github.com/boto/boto3/issues/177",
        "https://github.com/hashicorp/terraform/issues/30261",
    ],
    guessed_message=True,
)
def security_groups_of_load_balancer(call: ELBV2Response) -> None:
    """A load balancer has at most five security groups, all in its VPC. A Network Load Balancer that was created
    without security groups gets none later, and one that has some keeps at least one."""
    params, ec2 = call._get_params(), call.elbv2_backend.ec2_backend
    ids = params.get("SecurityGroups") or []
    if len(ids) > 5:
        raise Refusal(
            "InvalidConfigurationRequest", "The maximum number of security groups per load balancer has been reached."
        )
    balancer = load_balancer_of(call)
    vpc_id = balancer.vpc_id if balancer else next((ec2.get_subnet(id).vpc_id for id in subnet_ids(params)), None)
    for group in filter(None, map(ec2.get_security_group_from_id, ids)):
        if vpc_id and group.vpc_id != vpc_id:
            raise Refusal(
                "InvalidConfigurationRequest", f'Security group "{group.id}" does not belong to VPC "{vpc_id}"'
            )
    if balancer and balancer.type == "network" and bool(balancer.security_groups) != bool(ids):
        raise Refusal(
            "InvalidConfigurationRequest",
            "You cannot add security groups to a Network Load Balancer that was created without security groups, or "
            "remove all of them.",
        )


@refuses(
    ELBV2Response,
    "create_load_balancer",
    sources=[
        f"{API}/API_CreateLoadBalancer.html",
        "https://github.com/aws-samples/aws-cdk-examples/issues/226",
        "https://github.com/robertdebock/terraform-aws-vault/issues/5",
    ],
    guessed_message=True,
)
def subnets_of_load_balancer(call: ELBV2Response) -> None:
    """An Application Load Balancer has subnets in two Availability Zones, one in each. The VPC of an internet-facing
    load balancer has an internet gateway."""
    params, ec2 = call._get_params(), call.elbv2_backend.ec2_backend
    subnets = [ec2.get_subnet(id) for id in subnet_ids(params)]
    zones = Counter(subnet.availability_zone for subnet in subnets)
    if max(zones.values(), default=0) > 1:
        raise Refusal(
            "InvalidConfigurationRequest",
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
        )
    if params.get("Type", "application") == "application" and len(zones) < 2:
        raise Refusal("ValidationError", "At least two subnets in two different Availability Zones must be specified")
    for vpc_id in {subnet.vpc_id for subnet in subnets}:
        has_gateway = any(gateway.vpc and gateway.vpc.id == vpc_id for gateway in ec2.internet_gateways.values())
        if params.get("Scheme", "internet-facing") == "internet-facing" and not has_gateway:
            raise Refusal("InvalidSubnet", f"VPC {vpc_id} has no internet gateway")


@refuses(
    ELBV2Response,
    "delete_load_balancer",
    sources=[f"{API}/API_DeleteLoadBalancer.html", "https://github.com/hashicorp/terraform-provider-aws/issues/2512"],
)
def deletion_protection(call: ELBV2Response) -> None:
    """A load balancer with deletion protection is not deleted."""
    balancer = load_balancer_of(call)
    if balancer and is_true(balancer.attrs.get("deletion_protection.enabled")):
        raise Refusal(
            "OperationNotPermitted",
            f"Load balancer '{balancer.arn}' cannot be deleted because deletion protection is enabled",
        )
