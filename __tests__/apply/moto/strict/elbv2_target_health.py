"""Elastic Load Balancing: the health of targets, as security groups and network ACLs let load balancers check it.

Whatever listens on a target is taken to answer. A load balancer checks from each of its subnets; the addresses of its
interfaces are not known, so that a rule about a CIDR block admits it only if the block contains the whole subnet.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.models.subnets import Subnet
from moto.elbv2.models import FakeHealthStatus, FakeLoadBalancer, FakeTargetGroup, elbv2_backends

from .elbv2 import GUIDE, is_true
from .registry import answers

EPHEMERAL_PORTS = range(1024, 65536)

# Codes and descriptions of TargetHealth.
NO_LISTENER = "Target.NotInUse", "Target group is not configured to receive traffic from the load balancer"
ZONE_NOT_ENABLED = (
    "Target.NotInUse",
    "Target is in an Availability Zone that is not enabled for the load balancer",
)
TIMEOUT = "Target.Timeout", "Request timed out"


@dataclass(frozen=True)
class Place:
    """One end of a connection."""

    subnet: Subnet | None
    # The address of a target, or the subnet of a load balancer.
    network: IPv4Network
    # None: no security group filters the traffic.
    security_group_ids: frozenset[str] | None


@answers(
    FakeTargetGroup,
    "health_for",
    sources=[
        f"{GUIDE}/application/target-group-health-checks.html",
        f"{GUIDE}/network/target-group-health-checks.html",
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html",
    ],
)
def health_follows_the_network(
    original, group: FakeTargetGroup, target: dict[str, Any], ec2: EC2Backend
) -> FakeHealthStatus:
    """A target is unused while no listener forwards to its target group, or while its Availability Zone is not enabled
    for the load balancer. It is unhealthy while security groups or network ACLs keep the load balancer from its health
    check port. moto's targets are healthy."""
    status = original(group, target, ec2)
    if status.status != "healthy" or group.target_type not in ["instance", "ip"]:
        return status
    balancers = elbv2_backends[group.account_id][group.region_name].load_balancers
    users = [balancers[arn] for arn in group.load_balancer_arns]
    if not users:
        return _with(status, "unused", NO_LISTENER)
    place = _place_of_target(group, status.instance_id, ec2)
    if place is None:
        return status
    if place.subnet and not any(_is_enabled(user, place.subnet.availability_zone) for user in users):
        return _with(status, "unused", ZONE_NOT_ENABLED)
    port = int(status.port if group.health_check_port == "traffic-port" else group.health_check_port)
    if not all(_admits(ec2, node, place, port) for user in users for node in _nodes(user, group, place)):
        return _with(status, "unhealthy", TIMEOUT)
    return status


def _is_enabled(balancer: FakeLoadBalancer, zone: str) -> bool:
    return any(subnet.availability_zone == zone for subnet in balancer.subnets)


def _with(status: FakeHealthStatus, state: str, reason: tuple[str, str]) -> FakeHealthStatus:
    status.status = state
    status.reason, status.description = reason
    return status


def _place_of_target(group: FakeTargetGroup, id: str, ec2: EC2Backend) -> Place | None:
    if group.target_type == "instance":
        interfaces = ec2.get_instance_by_id(id).nics.values()
    else:
        interfaces = [each for each in ec2.enis.values() if each.private_ip_address == id]
    for interface in interfaces:
        if interface.subnet.vpc_id == group.vpc_id:
            ids = frozenset(getattr(each, "id", each) for each in interface.group_set)
            return Place(interface.subnet, IPv4Network(interface.private_ip_address), ids)
    try:
        address = IPv4Address(id)
    except ValueError:
        return None
    # An address without an interface that moto knows, as that of a task.
    subnets = [subnet for in_zone in ec2.subnets.values() for subnet in in_zone.values()]
    home = next((s for s in subnets if s.vpc_id == group.vpc_id and address in IPv4Network(s.cidr_block)), None)
    return Place(home, IPv4Network(id), None)


def _nodes(balancer: FakeLoadBalancer, group: FakeTargetGroup, target: Place) -> Iterator[Place]:
    """From where a load balancer checks a target: from its Availability Zone only, unless load balancing is
    cross-zone."""
    ids = frozenset(balancer.security_groups) if balancer.security_groups else None
    setting = group.attributes.get("load_balancing.cross_zone.enabled")
    if setting == "use_load_balancer_configuration":
        setting = balancer.attrs.get("load_balancing.cross_zone.enabled", str(balancer.type == "application"))
    for subnet in balancer.subnets:
        same_zone = target.subnet is None or subnet.availability_zone == target.subnet.availability_zone
        if is_true(setting) or same_zone:
            yield Place(subnet, IPv4Network(subnet.cidr_block), ids)


def _admits(ec2: EC2Backend, node: Place, target: Place, port: int) -> bool:
    return (
        _groups_admit(ec2, node, target, port, egress=True)
        and _groups_admit(ec2, target, node, port, egress=False)
        and _network_acls_admit(ec2, node, target, port)
    )


def _groups_admit(ec2: EC2Backend, own: Place, peer: Place, port: int, egress: bool) -> bool:
    if own.security_group_ids is None:
        return True
    groups = filter(None, map(ec2.get_security_group_from_id, own.security_group_ids))
    rules = (rule for group in groups for rule in (group.egress_rules if egress else group.ingress_rules))
    return any(_rule_admits(ec2, rule, peer, port) for rule in rules)


def _rule_admits(ec2: EC2Backend, rule: SecurityGroupRule, peer: Place, port: int) -> bool:
    if rule.ip_protocol != "-1":
        if rule.ip_protocol != "tcp" or not int(rule.from_port) <= port <= int(rule.to_port):
            return False
    if rule.source_group:
        return rule.source_group.get("GroupId") in (peer.security_group_ids or [])
    return any(peer.network.subnet_of(IPv4Network(block, strict=False)) for block in _ipv4_blocks(ec2, rule))


def _ipv4_blocks(ec2: EC2Backend, rule: SecurityGroupRule) -> list[str]:
    if rule.prefix_list_id:
        prefix_list = ec2.managed_prefix_lists.get(rule.prefix_list_id)
        entries = prefix_list.entries[prefix_list.version] if prefix_list else []
        return [entry["Cidr"] for entry in entries if ":" not in entry["Cidr"]]
    return [rule.ip_range["CidrIp"]] if rule.ip_range.get("CidrIp") else []


def _network_acls_admit(ec2: EC2Backend, node: Place, target: Place, port: int) -> bool:
    """There, and back to the ephemeral port of the load balancer. Network ACLs do not filter within a subnet."""
    if node.subnet is None or target.subnet is None or node.subnet.id == target.subnet.id:
        return True
    return (
        _acl_admits(ec2, node.subnet, target.network, [port], egress=True)
        and _acl_admits(ec2, target.subnet, node.network, [port], egress=False)
        and _acl_admits(ec2, target.subnet, node.network, EPHEMERAL_PORTS, egress=True)
        and _acl_admits(ec2, node.subnet, target.network, EPHEMERAL_PORTS, egress=False)
    )


def _acl_admits(ec2: EC2Backend, subnet: Subnet, peer: IPv4Network, ports: Iterable[int], egress: bool) -> bool:
    acl = next(
        (
            acl
            for acl in ec2.network_acls.values()
            if any(association.subnet_id == subnet.id for association in acl.associations)
        ),
        None,
    )
    if acl is None:
        return True
    entries = sorted(
        (entry for entry in acl.network_acl_entries if entry.egress == egress), key=lambda e: e.rule_number
    )
    # Entries begin and end at few ports: what holds at these holds between them.
    bounds = {int(entry.port_range_from or 0) for entry in entries} | {
        int(entry.port_range_to or 0) + 1 for entry in entries
    }
    wanted = {port for port in bounds if port in ports} | {min(ports)}
    return all(_first_match_allows(entries, peer, port) for port in wanted)


def _first_match_allows(entries: list[Any], peer: IPv4Network, port: int) -> bool:
    """By the first entry that is about the peer's whole network. An entry about a part of it denies if it denies
    that."""
    for entry in entries:
        if not entry.cidr_block or str(entry.protocol) not in ["-1", "6"]:
            continue
        if str(entry.protocol) == "6" and not int(entry.port_range_from) <= port <= int(entry.port_range_to):
            continue
        block = IPv4Network(entry.cidr_block, strict=False)
        if peer.subnet_of(block):
            return entry.rule_action == "allow"
        if peer.overlaps(block) and entry.rule_action == "deny":
            return False
    return False
