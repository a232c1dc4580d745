"""EC2: subnets that another account owns and shares with this one by AWS Resource Access Manager."""

from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.models.subnets import Subnet
from moto.ec2.models.vpcs import VPC
from moto.ec2.responses.flow_logs import FlowLogs

from .ec2_security_groups import API
from .registry import Refusal, answers_attribute, refuses

LIMITATIONS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html"

# The account that owns a subnet or VPC, by its ID, where it is not the account that asks. Tests fill it in.
owners: dict[str, str] = {}


def share(owner: str, ids: list[str]) -> None:
    owners.update(dict.fromkeys(ids, owner))


@answers_attribute(Subnet, "owner_id", sources=[f"{API}/API_Subnet.html"])
def owner_of_a_shared_subnet(subnet: Subnet) -> str:
    """A subnet that another account shares has the owner's account ID."""
    return owners.get(subnet.id, subnet.ec2_backend.account_id)


@answers_attribute(VPC, "owner_id", sources=[f"{API}/API_Vpc.html"])
def owner_of_a_shared_vpc(vpc: VPC) -> str:
    """A VPC with a subnet that another account shares has the owner's account ID."""
    return owners.get(vpc.id, vpc.ec2_backend.account_id)


@refuses(EC2Backend, "create_network_acl", sources=[LIMITATIONS], guessed_message=True)
def participants_create_no_network_acl(backend: EC2Backend, vpc_id: str, *rest: Any, **more: Any) -> None:
    """Only the owner of a shared VPC creates network ACLs in it."""
    _refuse_if_shared(vpc_id)


@refuses(EC2Backend, "replace_network_acl_association", sources=[LIMITATIONS], guessed_message=True)
def participants_associate_no_network_acl(backend: EC2Backend, association_id: str, network_acl_id: str) -> None:
    """Only the owner of a shared subnet changes its network ACL."""
    for acl in backend.network_acls.values():
        if association_id in acl._associations:
            _refuse_if_shared(acl._associations[association_id].subnet_id)


@refuses(FlowLogs, "create_flow_logs", sources=[LIMITATIONS], guessed_message=True)
def participants_log_no_flows_of_a_shared_subnet(call: FlowLogs) -> None:
    """Only the owner of a shared subnet creates flow logs of it. A participant creates them of network interfaces."""
    for id in call._get_param("ResourceIds", []):
        _refuse_if_shared(id)


def _refuse_if_shared(id: str) -> None:
    if id in owners:
        raise Refusal("UnauthorizedOperation", f"You are not authorized to perform this operation on {id}.")
