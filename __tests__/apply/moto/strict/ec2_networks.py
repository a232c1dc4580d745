"""EC2: network ACLs, flow logs, prefix lists."""

from ipaddress import ip_network

from moto.ec2.exceptions import InvalidRouteTableIdError
from moto.ec2.models import EC2Backend
from moto.ec2.responses.flow_logs import FlowLogs

from .ec2_security_groups import API, ERRORS, PREFIX_LISTS
from .registry import Refusal, answers, refuses

ENTRIES_OF_A_DIRECTION = 20
DEFAULT_ENTRY = 32767


@answers(
    EC2Backend,
    "describe_network_acls",
    sources=[
        ERRORS,
        "https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/ec2/errors.go",
    ],
)
def missing_network_acl_has_its_own_code(original, backend: EC2Backend, *args, **kwargs):
    """The code of the error about a network ACL that does not exist is InvalidNetworkAclID.NotFound. moto's is about a
    route table, and the provider does not take it for a network ACL that is gone."""
    try:
        return original(backend, *args, **kwargs)
    except InvalidRouteTableIdError as error:
        raise Refusal("InvalidNetworkAclID.NotFound", error.message.replace("routeTable", "networkAcl")) from error


@refuses(
    EC2Backend,
    "create_network_acl_entry",
    sources=[
        "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls",
        "https://github.com/jantman/awslimitchecker/issues/538",
        f"{API}/API_CreateNetworkAclEntry.html",
        ERRORS,
    ],
    guessed_message=True,
)
def entries_of_a_network_acl(
    backend: EC2Backend, network_acl_id, rule_number, protocol, rule_action, egress, cidr_block, **rest
) -> None:
    """A network ACL has 20 entries in each direction and version of IP, with numbers from 1 to 32766. An entry about
    TCP or UDP has ports."""
    acl = backend.network_acls.get(network_acl_id)
    if acl is None or rule_number == DEFAULT_ENTRY:
        return
    if not 1 <= rule_number < DEFAULT_ENTRY:
        raise Refusal("InvalidParameterValue", f"Value ({rule_number}) for parameter ruleNumber is invalid.")
    is_ipv6 = bool(rest.get("ipv6_cidr_block"))
    numbers = [
        entry.rule_number
        for entry in acl.network_acl_entries
        if (entry.egress, bool(entry.ipv6_cidr_block)) == (egress, is_ipv6) and entry.rule_number != DEFAULT_ENTRY
    ]
    if len(numbers) >= ENTRIES_OF_A_DIRECTION and rule_number not in numbers:
        raise Refusal("NetworkAclEntryLimitExceeded", "The maximum number of network ACL entries has been reached.")
    if str(protocol) in ["6", "17"] and None in [rest.get("port_range_from"), rest.get("port_range_to")]:
        raise Refusal("MissingParameter", "The request must contain the parameter portRange")


@answers(EC2Backend, "create_network_acl_entry", sources=[f"{API}/API_CreateNetworkAclEntry.html"])
def cidr_block_of_an_entry_is_canonical(
    original, backend: EC2Backend, network_acl_id, rule_number, protocol, rule_action, egress, cidr_block, **rest
):
    """The IPv4 block of an entry is answered without host bits: 100.68.0.18/18 is 100.68.0.0/18."""
    block = str(ip_network(cidr_block, strict=False)) if cidr_block else cidr_block
    return original(backend, network_acl_id, rule_number, protocol, rule_action, egress, block, **rest)


@refuses(EC2Backend, "delete_network_acl", sources=[f"{API}/API_DeleteNetworkAcl.html"], guessed_message=True)
def default_network_acl_is_not_deleted(backend: EC2Backend, network_acl_id) -> None:
    """The default network ACL of a VPC is not deleted."""
    acl = backend.network_acls.get(network_acl_id)
    if acl and acl.default:
        raise Refusal("InvalidParameterValue", f"Cannot delete default network ACL {network_acl_id}")


@answers(FlowLogs, "create_flow_logs", sources=[f"{API}/API_DestinationOptionsResponse.html"])
def destination_options_of_a_flow_log_are_kept(original, call: FlowLogs):
    """A flow log to S3 keeps its file format and partitions: by default plain text, one partition a day, without
    prefixes of Hive."""
    answer = original(call)
    if call._get_param("LogDestinationType") == "s3":
        for id in answer.result["FlowLogIds"]:
            call.ec2_backend.flow_logs[id].destination_options = {
                "FileFormat": "plain-text",
                "HiveCompatiblePartitions": False,
                "PerHourPartition": False,
                **(call._get_param("DestinationOptions") or {}),
            }
    return answer


@answers(EC2Backend, "create_default_pls", sources=[PREFIX_LISTS])
def cloudfront_has_an_ipv6_prefix_list(original, backend: EC2Backend) -> None:
    """Among the AWS-managed prefix lists is com.amazonaws.global.ipv6.cloudfront.origin-facing."""
    original(backend)
    backend._create_aws_managed_prefix_list(
        name="com.amazonaws.global.ipv6.cloudfront.origin-facing",
        address_family="IPv6",
        entries=[{"Cidr": "2600:9000:1000::/36", "Description": "default"}],
    )
