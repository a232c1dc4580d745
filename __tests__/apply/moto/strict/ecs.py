"""ECS."""

from ipaddress import IPv4Address
from uuid import uuid4

from moto.core.utils import utcnow
from moto.ecs.models import Service, ecs_backends
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.elbv2.models import FakeTargetGroup, elbv2_backends

from .registry import Refusal, acts_over_time, answers, refuses

API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference"


@refuses(
    EC2ContainerServiceResponse,
    "create_service",
    "update_service",
    sources=[
        f"{API}/API_LoadBalancer.html",
        "https://github.com/hashicorp/terraform/issues/32908",
    ],
)
def target_group_of_a_service_has_a_load_balancer(call: EC2ContainerServiceResponse) -> None:
    """The target group of a service is behind a listener."""
    backend = call.ecs_backend
    groups = elbv2_backends[backend.account_id][backend.region_name].target_groups
    for balancer in call._get_param("loadBalancers") or []:
        arn = balancer.get("targetGroupArn")
        if arn in groups and not groups[arn].load_balancer_arns:
            raise Refusal(
                "InvalidParameterException",
                f"The target group with targetGroupArn {arn} does not have an associated load balancer.",
            )


@refuses(
    EC2ContainerServiceResponse,
    "create_service",
    "update_service",
    sources=[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/register-multiple-targetgroups.html",
        "https://github.com/hashicorp/terraform/issues/25306",
    ],
)
def five_target_groups_of_a_service(call: EC2ContainerServiceResponse) -> None:
    """A service has at most five target groups."""
    if len(call._get_param("loadBalancers") or []) > 5:
        raise Refusal("InvalidParameterException", "load balancers can have at most 5 items.")


@refuses(
    EC2ContainerServiceResponse,
    "update_service",
    sources=[
        f"{API}/API_UpdateService.html",
        "https://github.com/kayac/ecspresso/issues/393",
        "https://github.com/hashicorp/terraform-provider-aws/issues/27291",
    ],
    guessed_message=True,
)
def controller_of_a_service_with_other_target_groups(call: EC2ContainerServiceResponse) -> None:
    """Only a service with the deployment controller ECS gets other target groups."""
    if call._get_param("loadBalancers") is None:
        return
    backend = call.ecs_backend
    service = backend._get_service(call._get_param("cluster", "default"), call._get_param("service").split("/")[-1])
    controller = service.deployment_controller["type"]
    if controller != "ECS":
        raise Refusal(
            "InvalidParameterException",
            f"Unable to update load balancers on services with a {controller} deployment controller.",
        )


@answers(
    EC2ContainerServiceResponse,
    "create_service",
    sources=[f"{API}/API_CreateService.html", f"{API}/API_DeploymentConfiguration.html"],
)
def settings_of_a_new_service_are_kept(original, call: EC2ContainerServiceResponse):
    """A new service has the deployment configuration, the grace period for health checks, and the rebalancing of
    Availability Zones that it was created with, or their defaults."""
    answer = original(call)
    service = answer.result["service"]
    given = call._get_param("deploymentConfiguration") or {}
    service.deployment_configuration = {"maximumPercent": 200, "minimumHealthyPercent": 100, **given}
    service.health_check_grace_period_seconds = call._get_param("healthCheckGracePeriodSeconds", 0)
    service.availability_zone_rebalancing = call._get_param("availabilityZoneRebalancing", "ENABLED")
    return answer


@acts_over_time(
    sources=[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshoot-service-load-balancers.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html",
    ],
)
def unhealthy_tasks_are_replaced() -> None:
    """An ECS service replaces a task that stays unhealthy in a target group: a new address takes the place of its
    address, and an event of the service tells why. moto's services have no tasks."""
    for by_region in ecs_backends.values():
        for backend in by_region.values():
            target_groups = elbv2_backends[backend.account_id][backend.region_name].target_groups
            for service in backend.services.values():
                for balancer in service.load_balancers:
                    if balancer.get("targetGroupArn") in target_groups:
                        _replace_unhealthy(service, target_groups[balancer["targetGroupArn"]])


def _replace_unhealthy(service: Service, group: FakeTargetGroup) -> None:
    for target in list(group.targets.values()):
        health = group.health_for(target, group.ec2_backend)
        if health.status != "unhealthy":
            continue
        service.events.insert(
            0,
            {
                "id": str(uuid4()),
                "createdAt": utcnow(),
                "message": f"(service {service.name}) (port {target['Port']}) is unhealthy in "
                f"(target-group {group.arn}) due to (reason {health.description})",
            },
        )
        group.deregister([target])
        group.register([{**target, "Id": _next_address(group, target["Id"])}])


def _next_address(group: FakeTargetGroup, address: str) -> str:
    taken = {*group.targets, *group.deregistered_targets}
    taken |= {interface.private_ip_address for interface in group.ec2_backend.enis.values()}
    candidate = IPv4Address(address) + 1
    while str(candidate) in taken:
        candidate += 1
    return str(candidate)
