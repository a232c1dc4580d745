"""EC2: network interfaces, instances, launch templates."""

from base64 import b64decode
from collections.abc import Iterable
from fnmatch import fnmatch

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import EC2Backend
from moto.ec2.models.instances import Instance
from moto.ec2.models.launch_templates import LaunchTemplate, LaunchTemplateVersion
from moto.ec2.responses.elastic_network_interfaces import ElasticNetworkInterfaces
from moto.ec2.responses.instances import InstanceResponse
from moto.ec2.responses.launch_templates import LaunchTemplates
from moto.ec2.utils import generic_filter, parse_user_data

from .ec2_security_groups import API, QUOTAS
from .registry import Refusal, answers, refuses

GROUPS_OF_AN_INTERFACE = 5
FILTER_VALUES = 200
USER_DATA_BYTES = 16384
USER_DATA = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html"


@refuses(
    ElasticNetworkInterfaces,
    "create_network_interface",
    "modify_network_interface_attribute",
    sources=[QUOTAS, "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/682"],
)
def five_security_groups_of_an_interface(call: ElasticNetworkInterfaces) -> None:
    """A network interface has at most 5 security groups."""
    _check_number(call._get_param("Groups"))


@refuses(
    EC2Backend,
    "run_instances",
    sources=[QUOTAS, "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/682"],
)
def five_security_groups_of_an_instance(backend: EC2Backend, *_, **kwargs) -> None:
    """An instance has at most 5 security groups, which RunInstances or its launch template names."""
    template = _launch_template(backend, kwargs)
    _check_number(kwargs.get("security_group_ids"))
    _check_number(template.get("SecurityGroupIds"))
    for interface in [*(template.get("NetworkInterfaces") or []), *(kwargs.get("nics") or [])]:
        _check_number(interface.get("Groups") or interface.get("SecurityGroupId"))


def _check_number(group_ids: Iterable[str] | None) -> None:
    if len(set(group_ids or [])) > GROUPS_OF_AN_INTERFACE:
        raise Refusal(
            "SecurityGroupsPerInterfaceLimitExceeded",
            "The maximum number of security groups per interface has been reached.",
        )


@refuses(
    ElasticNetworkInterfaces,
    "create_network_interface",
    sources=[f"{API}/API_CreateNetworkInterface.html"],
    guessed_message=True,
)
def security_groups_of_an_interface_are_in_its_vpc(call: ElasticNetworkInterfaces) -> None:
    """The security groups and the subnet of a network interface are in one VPC."""
    _check_vpc(call.ec2_backend, call._get_param("Groups"), call._get_param("SubnetId"))


@refuses(EC2Backend, "run_instances", sources=[f"{API}/API_RunInstances.html"], guessed_message=True)
def security_groups_of_an_instance_are_in_its_vpc(backend: EC2Backend, *_, **kwargs) -> None:
    """The security groups and the subnet of an instance are in one VPC."""
    template = _launch_template(backend, kwargs)
    _check_vpc(
        backend,
        kwargs.get("security_group_ids") or template.get("SecurityGroupIds") or _groups_of_interface(template),
        kwargs.get("subnet_id") or template.get("SubnetId"),
    )


@answers(
    EC2Backend,
    "run_instances",
    sources=[f"{API}/API_LaunchTemplateInstanceNetworkInterfaceSpecificationRequest.html"],
)
def instance_has_the_groups_of_its_template(original, backend: EC2Backend, *settings, **kwargs):
    """An instance has the security groups of the network interface in its launch template. moto gives it none."""
    groups = _groups_of_interface(_launch_template(backend, kwargs))
    if groups and not kwargs.get("security_group_ids"):
        kwargs["security_group_ids"] = groups
    return original(backend, *settings, **kwargs)


@answers(
    EC2Backend,
    "run_instances",
    sources=[f"{API}/API_LaunchTemplateInstanceNetworkInterfaceSpecificationRequest.html"],
)
def interface_ends_as_its_template_says(original, backend: EC2Backend, *settings, **kwargs):
    """A network interface whose launch template says so is deleted with its instance. moto keeps it."""
    template = _launch_template(backend, kwargs)
    reservation = original(backend, *settings, **kwargs)
    if any(interface.get("DeleteOnTermination") in (True, "true") for interface in template.get("NetworkInterfaces") or []):
        for instance in reservation.instances:
            instance.nics[0].delete_on_termination = True
    return reservation


def _check_vpc(backend: EC2Backend, group_ids: Iterable[str] | None, subnet_id: str | None) -> None:
    try:
        subnet = backend.get_subnet(subnet_id) if subnet_id else None
    except EC2ClientError:  # moto refuses it
        return
    for group in filter(None, map(backend.get_security_group_from_id, group_ids or [])):
        if subnet is not None and group.vpc_id != subnet.vpc_id:
            raise Refusal(
                "InvalidParameter", f"Security group {group.id} and subnet {subnet.id} belong to different networks."
            )


def _groups_of_interface(template: dict) -> list[str]:
    return next((interface["Groups"] for interface in template.get("NetworkInterfaces") or [] if "Groups" in interface), [])


def _launch_template(backend: EC2Backend, run_instances: dict) -> dict:
    template = run_instances.get("launch_template")
    return backend._get_template_from_args(template).data if template else {}


@refuses(
    LaunchTemplates,
    "create_launch_template",
    "create_launch_template_version",
    sources=[USER_DATA, f"{API}/API_RequestLaunchTemplateData.html"],
    guessed_message=True,
)
def user_data_of_a_launch_template(call: LaunchTemplates) -> None:
    """User data has at most 16 KB before it is encoded."""
    _check_user_data((call._get_param("LaunchTemplateData") or {}).get("UserData"))


@refuses(InstanceResponse, "run_instances", sources=[USER_DATA, f"{API}/API_RunInstances.html"], guessed_message=True)
def user_data_of_an_instance(call: InstanceResponse) -> None:
    """User data has at most 16 KB before it is encoded."""
    _check_user_data(call._get_param("UserData"))


def _check_user_data(encoded: str | None) -> None:
    if encoded and len(b64decode(str(encoded))) > USER_DATA_BYTES:
        raise Refusal("InvalidParameterValue", "User data is limited to 16384 bytes")


@answers(
    LaunchTemplates,
    "create_launch_template_version",
    sources=[f"{API}/API_CreateLaunchTemplateVersion.html"],
)
def version_inherits_from_its_source(original, call: LaunchTemplates):
    """A version of a launch template that names a source version has what it does not set itself from there."""
    source = call._get_param("SourceVersion")
    answer = original(call)
    if source:
        version = answer.result["LaunchTemplateVersion"]
        template = call.ec2_backend.get_launch_template(version["LaunchTemplateId"])
        data = {**template.get_version(source).data, **version["LaunchTemplateData"]}
        template.get_version(version["VersionNumber"]).data = version["LaunchTemplateData"] = data
    return answer


@answers(LaunchTemplate, "create_version", sources=[f"{API}/API_CreateLaunchTemplateVersion.html"])
def later_version_has_user_data(
    original, template: LaunchTemplate, data: dict, description: str
) -> LaunchTemplateVersion:
    """Instances start from a later version of a launch template with its user data, on which moto fails."""
    user_data = data.get("UserData")
    if isinstance(user_data, str):  # the first version's is parsed already
        data = {**data, "UserData": parse_user_data(user_data)}
    return original(template, data, description)


@answers(
    Instance,
    "add_block_device",
    sources=["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html"],
)
def volume_has_the_size_of_the_image(original, instance: Instance, size, device, snapshot_id, *settings, **more) -> None:
    """A volume in a launch template without a size, which replaces one of the image, has the size of that: here 8 GiB."""
    original(instance, size if size or snapshot_id else 8, device, snapshot_id, *settings, **more)


@answers(
    EC2Backend,
    "get_all_network_interfaces",
    sources=[
        f"{API}/API_DescribeNetworkInterfaces.html",
        f"{API}/API_Filter.html",
    ],
)
def interfaces_are_filtered(original, backend: EC2Backend, eni_ids=None, filters=None):
    """DescribeNetworkInterfaces filters by association.public-ip, and by group-id: an interface matches if it has one of
    the groups. moto wants it to have all of them, or no others."""
    rest = dict(filters or {})
    groups, addresses = rest.pop("group-id", None), rest.pop("association.public-ip", None)
    interfaces = generic_filter(rest, original(backend, eni_ids))
    return [
        interface
        for interface in interfaces
        if (groups is None or {group.id for group in interface.group_set} & set(groups))
        and (addresses is None or any(fnmatch(interface.public_ip or "", address) for address in addresses))
        and (addresses is None or interface.public_ip)
    ]


@refuses(
    ElasticNetworkInterfaces,
    "describe_network_interfaces",
    sources=["https://github.com/gjbae1212/gossm/issues/47", "https://github.com/convox/rack/issues/2205"],
)
def two_hundred_values_of_filters(call: ElasticNetworkInterfaces) -> None:
    """The filters of a call have at most 200 values."""
    if sum(len(values) for values in call._filters_from_querystring().values()) > FILTER_VALUES:
        raise Refusal(
            "FilterLimitExceeded", f"The maximum number of filter values specified on a single call is {FILTER_VALUES}"
        )
