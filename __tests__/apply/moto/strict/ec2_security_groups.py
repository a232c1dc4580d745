"""EC2: security groups and their rules."""

import re
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

from moto.apigatewayv2.models import apigatewayv2_backends
from moto.ec2.exceptions import InvalidSecurityGroupNotFoundError
from moto.ec2.models import EC2Backend, ec2_backends
from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupRule
from moto.ec2.responses.security_groups import SecurityGroups
from moto.elbv2.models import elbv2_backends

from .registry import Refusal, answers, refuses

API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference"
QUOTAS = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups"
PREFIX_LISTS = "https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html"
ERRORS = f"{API}/errors-overview.html"

RULES_OF_A_GROUP = 60
# How many rules an AWS-managed prefix list counts as (PREFIX_LISTS).
WEIGHTS = {
    "cloudfront.origin-facing": 55,
    "groundstation": 5,
    "route53-healthchecks": 25,
    "s3express": 6,
    "vpc-lattice": 10,
    "ec2-instance-connect": 2,
}
AUTHORIZE = ["authorize_security_group_ingress", "authorize_security_group_egress"]
DESCRIPTION = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}")
DESCRIPTION_SET = "a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*"

Peer = tuple[str | None, str | None, str | None, str | None]


def peer_of(rule: SecurityGroupRule) -> Peer:
    """What a rule admits: an IPv4 or IPv6 CIDR block, a security group, or a prefix list."""
    group = rule.source_group.get("GroupId") or rule.source_group.get("GroupName")
    return rule.ip_range.get("CidrIp"), rule.ip_range.get("CidrIpv6"), group, rule.prefix_list_id


def all_groups(backend: EC2Backend) -> list[SecurityGroup]:
    return [group for in_vpc in backend.groups.values() for group in in_vpc.values()]


# How AWS answers.


@answers(
    SecurityGroupRule,
    "__init__",
    sources=[f"{API}/API_UserIdGroupPair.html", f"{API}/API_PrefixListId.html", f"{API}/API_SecurityGroupRule.html"],
)
def description_of_any_peer(original, rule: SecurityGroupRule, *args, **kwargs) -> None:
    """A rule about a security group or a prefix list keeps its description, as one about a CIDR block does."""
    original(rule, *args, **kwargs)
    prefix_list = kwargs.get("prefix_list_id") or (args[7] if len(args) > 7 else None) or {}
    # moto answers, and ModifySecurityGroupRules writes, the description of ip_range, whatever the peer is.
    for peer in [prefix_list, rule.source_group]:
        if peer.get("Description"):
            rule.ip_range = {**rule.ip_range, "Description": peer["Description"]}


@answers(SecurityGroupRule, "__init__", sources=[f"{API}/API_IpRange.html"])
def cidr_block_is_canonical(original, rule: SecurityGroupRule, *args, **kwargs) -> None:
    """The CIDR block of a rule is answered without host bits: 100.68.0.18/18 is 100.68.0.0/18."""
    original(rule, *args, **kwargs)
    for name in ["CidrIp", "CidrIpv6"]:
        if rule.ip_range.get(name):
            rule.ip_range = {**rule.ip_range, name: str(ip_network(rule.ip_range[name], strict=False))}


@answers(EC2Backend, "modify_security_group_rules", sources=[f"{API}/API_SecurityGroupRuleRequest.html"])
def any_peer_of_a_rule_is_modified(original, backend: EC2Backend, group_id: str, rules: dict[str, Any]) -> None:
    """A rule gets another IPv6 block, security group, or prefix list by a modification, as it gets another IPv4 block."""
    original(backend, group_id, rules)
    group = backend.get_security_group_from_id(group_id)
    for rule_id, wanted in rules.items():
        rule = group.get_rule(rule_id)
        if wanted.get("CidrIpv6"):
            rule.ip_range = {**rule.ip_range, "CidrIpv6": wanted["CidrIpv6"]}
        if wanted.get("PrefixListId"):
            rule.prefix_list_id = wanted["PrefixListId"]
        other = wanted.get("ReferencedGroupId")
        if other and other != rule.source_group.get("GroupId"):
            [rule.source_group] = backend._add_source_group([{"GroupId": other}], group.vpc_id)


@answers(SecurityGroupRule, "__eq__", sources=[f"{API}/API_RevokeSecurityGroupIngress.html", ERRORS])
def description_does_not_distinguish_rules(original, rule: SecurityGroupRule, other: SecurityGroupRule) -> bool:
    """Rules with the same protocol, ports, and peer are equal, whatever their descriptions: a rule is revoked without
    its description."""
    if rule.ip_protocol != other.ip_protocol or peer_of(rule) != peer_of(other):
        return False
    return rule.ip_protocol == "-1" or (rule.from_port, rule.to_port) == (other.from_port, other.to_port)


@answers(EC2Backend, "_verify_group_will_respect_rule_count_limit", sources=[QUOTAS])
def rules_of_ipv4_and_ipv6_are_counted_separately(original, backend: EC2Backend, *args, **kwargs) -> None:
    """A security group has 60 rules for IPv4 and 60 for IPv6 in each direction. moto adds them up;
    `sixty_rules_of_a_security_group` counts instead."""


# What AWS refuses.


@refuses(
    EC2Backend,
    "authorize_security_group_ingress",
    sources=[ERRORS, "https://github.com/hashicorp/terraform/issues/1874"],
)
def duplicate_ingress_rule(backend: EC2Backend, group_name_or_id, *args, **kwargs) -> None:
    """An ingress rule that equals an existing one, except for its description, is refused."""
    group = backend.get_security_group_from_id(group_name_or_id)
    if group:
        _check_duplicates(group.ingress_rules, _wanted_rules(backend, group, *args, **kwargs))


@refuses(
    EC2Backend,
    "authorize_security_group_egress",
    sources=[ERRORS, "https://github.com/hashicorp/terraform/issues/1874"],
)
def duplicate_egress_rule(backend: EC2Backend, group_name_or_id, *args, **kwargs) -> None:
    """An egress rule that equals an existing one, except for its description, is refused."""
    group = backend.get_security_group_from_id(group_name_or_id)
    if group:
        _check_duplicates(group.egress_rules, _wanted_rules(backend, group, *args, **kwargs))


def _wanted_rules(
    backend: EC2Backend, group: SecurityGroup, ip_protocol, from_port, to_port, ip_ranges, *_, **peers
) -> Iterator[SecurityGroupRule]:
    ranges = ip_ranges if isinstance(ip_ranges, list) else []
    groups, lists = peers.get("source_groups") or [], peers.get("prefix_list_ids") or []
    return backend._iterate_security_rules(ip_protocol, group.id, from_port, to_port, ranges, groups, lists)


def _check_duplicates(existing: list[SecurityGroupRule], wanted: Iterator[SecurityGroupRule]) -> None:
    for rule in wanted:
        if rule not in existing:
            continue
        protocol = "ALL" if rule.ip_protocol == "-1" else str(rule.ip_protocol).upper()
        ports = "ALL" if rule.from_port is None else f"from port: {rule.from_port}, to port: {rule.to_port}"
        peer = next(part for part in peer_of(rule) if part)
        raise Refusal(
            "InvalidPermission.Duplicate",
            f'the specified rule "peer: {peer}, {protocol}, {ports}, ALLOW" already exists',
        )


@refuses(SecurityGroup, "add_ingress_rule", "add_egress_rule", sources=[QUOTAS, PREFIX_LISTS])
def sixty_rules_of_a_security_group(group: SecurityGroup, rule: SecurityGroupRule) -> None:
    """A security group has at most 60 rules in each direction and version of IP. A rule about a security group counts
    for both versions, and a prefix list as many times as it has entries at most, CloudFront's as 55."""
    existing = group.egress_rules if rule.is_egress else group.ingress_rules
    for version in "46":
        if sum(_weight(group.ec2_backend, each, version) for each in [*existing, rule]) > RULES_OF_A_GROUP:
            raise Refusal(
                "RulesPerSecurityGroupLimitExceeded", "The maximum number of rules per security group has been reached."
            )


def _weight(backend: EC2Backend, rule: SecurityGroupRule, version: str) -> int:
    if rule.prefix_list_id:
        prefix_list = backend.managed_prefix_lists.get(rule.prefix_list_id)
        if prefix_list is None or prefix_list.address_family[-1] != version:
            return 0
        managed = next((weight for name, weight in WEIGHTS.items() if name in prefix_list.prefix_list_name), 1)
        return int(prefix_list.max_entries or managed)
    if rule.ip_range.get("CidrIp"):
        return int(version == "4")
    if rule.ip_range.get("CidrIpv6"):
        return int(version == "6")
    return 1


@answers(
    EC2Backend,
    "_add_source_group",
    sources=[
        f"{API}/API_UserIdGroupPair.html",
        "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html",
    ],
)
def group_of_another_account(original, backend: EC2Backend, source_groups, vpc_id) -> list[dict[str, Any]]:
    """A rule refers to a security group of another account by that account's ID and the group's."""
    groups = []
    for source in source_groups or []:
        account = _backend_of(backend, source)
        if account is backend:
            groups += original(backend, [source], vpc_id)
        elif account.get_security_group_from_id(source.get("GroupId")):
            groups.append(source)
        else:
            raise InvalidSecurityGroupNotFoundError(source.get("GroupId"))
    return groups


def _backend_of(backend: EC2Backend, source: dict[str, Any]) -> EC2Backend:
    return ec2_backends[source.get("UserId", backend.account_id)][backend.region_name]


@refuses(
    EC2Backend,
    *AUTHORIZE,
    sources=[
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
        "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1862",
    ],
)
def referenced_group_is_in_the_same_network(
    backend: EC2Backend, group_name_or_id, *_, source_groups=None, **__
) -> None:
    """A rule refers to a security group of the same VPC or of a peered one."""
    group = backend.get_security_group_from_id(group_name_or_id)
    for source in source_groups or []:
        other = _backend_of(backend, source).get_security_group_from_id(source.get("GroupId"))
        if group is None or other is None or group.vpc_id == other.vpc_id:
            continue
        if not any(
            {peering.vpc.id, peering.peer_vpc.id} == {group.vpc_id, other.vpc_id} and peering._status.code == "active"
            for peering in backend.vpc_pcxs.values()
        ):
            raise Refusal(
                "InvalidGroup.NotFound", "You have specified two resources that belong to different networks."
            )


@refuses(EC2Backend, *AUTHORIZE, sources=[f"{API}/API_IpPermission.html"], guessed_message=True)
def ports_of_a_rule(backend: EC2Backend, group_name_or_id, ip_protocol, from_port, to_port, *_, **__) -> None:
    """The ports of a TCP or UDP rule go upward, within 0 to 65535."""
    protocol = str(ip_protocol).lower()
    if protocol in ["tcp", "udp", "6", "17"] and not 0 <= int(from_port) <= int(to_port) <= 65535:
        raise Refusal(
            "InvalidParameterValue",
            f"Invalid value for portRange. Invalid {protocol.upper()} port range ({from_port}:{to_port})",
        )


@refuses(
    EC2Backend,
    *AUTHORIZE,
    sources=[f"{API}/API_IpRange.html", "https://github.com/aws-cloudformation/cfn-lint/issues/173"],
)
def description_of_a_rule(
    backend: EC2Backend, *_: Any, ip_ranges=(), source_groups=None, prefix_list_ids=None, **__: Any
) -> None:
    """The description of a rule has at most 255 characters, of a documented set."""
    for peer in [*(ip_ranges or []), *(source_groups or []), *(prefix_list_ids or [])]:
        if isinstance(peer, dict) and not DESCRIPTION.fullmatch(peer.get("Description") or ""):
            raise Refusal(
                "InvalidParameterValue",
                "Invalid rule description. Valid descriptions are strings less than 256 characters from the following "
                f"set:  {DESCRIPTION_SET}",
            )


@refuses(
    EC2Backend,
    "create_security_group",
    sources=[
        f"{API}/API_CreateSecurityGroup.html",
        "https://github.com/hashicorp/terraform-provider-aws/issues/43854",
        "https://github.com/cds-snc/notification-terraform/issues/561",
    ],
)
def name_and_description_of_a_group(backend: EC2Backend, name: str, description: str, *_, **__) -> None:
    """The name of a security group does not begin with `sg-`. Name and description have characters of a documented
    set."""
    if name.lower().startswith("sg-"):
        raise Refusal(
            "InvalidParameterValue",
            f"Value ({name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.",
        )
    for parameter, value in [("GroupName", name), ("GroupDescription", description or "")]:
        if not value.isascii():
            raise Refusal(
                "InvalidParameterValue",
                f"Value ({value}) for parameter {parameter} is invalid. Character sets beyond ASCII are not supported.",
            )
        if not DESCRIPTION.fullmatch(value):
            raise Refusal(
                "InvalidParameterValue",
                "Invalid security group description. Valid descriptions are strings less than 256 characters from the "
                f"following set:  {DESCRIPTION_SET}",
            )


@refuses(
    SecurityGroups,
    "delete_security_group",
    sources=[
        f"{API}/API_DeleteSecurityGroup.html",
        "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1897",
    ],
)
def security_group_in_use_is_not_deleted(call: SecurityGroups) -> None:
    """A security group that an interface has, or that a rule of another group refers to, is not deleted."""
    group = call.ec2_backend.get_security_group_from_id(call._get_param("GroupId"))
    if group and next(_users(call.ec2_backend, group.id), None):
        raise Refusal("DependencyViolation", f"resource {group.id} has a dependent object")


@refuses(SecurityGroups, "delete_security_group", sources=[f"{API}/API_DeleteSecurityGroup.html", ERRORS])
def default_security_group_is_not_deleted(call: SecurityGroups) -> None:
    """The default security group of a VPC is not deleted."""
    group = call.ec2_backend.get_security_group_from_id(call._get_param("GroupId"))
    if group and group.is_default:
        raise Refusal("CannotDelete", f'the specified group: "{group.id}" name: "default" cannot be deleted by a user')


def _users(backend: EC2Backend, group_id: str) -> Iterator[str]:
    """Whatever keeps a security group from being deleted."""
    ended = ["terminated", "shutting-down"]
    for reservation in backend.reservations.values():
        for instance in reservation.instances:
            if instance.state not in ended and group_id in _ids(instance.security_groups):
                yield instance.id
    for interface in backend.enis.values():
        attached_to_ended = interface.instance is not None and interface.instance.state in ended
        if not attached_to_ended and group_id in _ids(interface.group_set):
            yield interface.id
    for group in all_groups(backend):
        for rule in [*group.ingress_rules, *group.egress_rules]:
            if group.id != group_id and rule.source_group.get("GroupId") == group_id:
                yield group.id
    for balancer in elbv2_backends[backend.account_id][backend.region_name].load_balancers.values():
        if group_id in (balancer.security_groups or []):
            yield balancer.arn
    for link in apigatewayv2_backends[backend.account_id][backend.region_name].vpc_links.values():
        if group_id in (link.sg_ids or []):
            yield link.arn


def _ids(groups) -> set[str]:
    return {getattr(group, "id", group) for group in groups}
