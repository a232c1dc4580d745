"""CloudFront: VPC origins, which moto does not have."""

from datetime import UTC, datetime
from typing import Any

from moto.cloudfront.models import CloudFrontBackend, cloudfront_backends, random_id
from moto.ec2.models import ec2_backends
from moto.elbv2.models import FakeLoadBalancer, elbv2_backends

from .cloudfront import API, GUIDE, Config, items, sent_config
from .registry import Refusal, answers_operation, refuses, refuses_operation
from .request import Request

REQUIREMENTS = f"{GUIDE}/private-content-vpc-origins.html"
# Of Amazon's: the endpoints' owners admit it.
SERVICE_GROUP = "CloudFront-VPCOrigins-Service-SG"

VpcOrigin = dict[str, Any]

# By account and ID, as the API answers, with the ETag beside it.
vpc_origins: dict[str, dict[str, tuple[VpcOrigin, str]]] = {}


def _region(request: Request) -> str:
    return request.params["VpcOriginEndpointConfig"]["Arn"].split(":")[3]


def _load_balancer(request: Request) -> FakeLoadBalancer | None:
    arn = request.params["VpcOriginEndpointConfig"]["Arn"]
    return elbv2_backends[request.account][_region(request)].load_balancers.get(arn)


def _vpc_id(request: Request) -> str | None:
    """Of the load balancer, or the instance."""
    balancer = _load_balancer(request)
    if balancer:
        return balancer.vpc_id
    instance_id = request.params["VpcOriginEndpointConfig"]["Arn"].split("/")[-1]
    instances = ec2_backends[request.account][_region(request)].all_instances()
    return next((instance.vpc_id for instance in instances if instance.id == instance_id), None)


def _found(request: Request) -> tuple[VpcOrigin, str]:
    found = vpc_origins.get(request.account, {}).get(request.params["Id"])
    if found is None:
        raise Refusal("EntityNotFound", "The entity was not found.")
    return found


# How AWS answers.


@answers_operation("cloudfront", "CreateVpcOrigin", sources=[f"{API}/API_CreateVpcOrigin.html", REQUIREMENTS])
def vpc_origins_are_created(request: Request) -> dict[str, Any]:
    """CreateVpcOrigin answers with a deployed VPC origin. With the first one in a VPC, CloudFront creates its security
    group there."""
    id = f"vo_{random_id(length=22)}"
    arn = f"arn:aws:cloudfront::{request.account}:vpcorigin/{id}"
    now = datetime.now(UTC)
    origin = {
        "Id": id,
        "Arn": arn,
        "AccountId": request.account,
        "Status": "Deployed",
        "CreatedTime": now,
        "LastModifiedTime": now,
        "VpcOriginEndpointConfig": request.params["VpcOriginEndpointConfig"],
    }
    vpc_origins.setdefault(request.account, {})[id] = (origin, random_id())
    cloudfront_backends[request.account]["aws"].tag_resource(arn, items(request.params, "Tags"))
    _create_service_group(request)
    return _answer(vpc_origins[request.account][id])


def _create_service_group(request: Request) -> None:
    ec2, vpc_id = ec2_backends[request.account][_region(request)], _vpc_id(request)
    if not ec2.get_security_group_from_name(SERVICE_GROUP, vpc_id):
        ec2.create_security_group(SERVICE_GROUP, "CloudFront VPC origins", vpc_id)


@answers_operation("cloudfront", "GetVpcOrigin", sources=[f"{API}/API_GetVpcOrigin.html"])
def vpc_origins_are_read(request: Request) -> dict[str, Any]:
    """GetVpcOrigin answers with a VPC origin that exists."""
    return _answer(_found(request))


@answers_operation("cloudfront", "ListVpcOrigins", sources=[f"{API}/API_ListVpcOrigins.html"])
def vpc_origins_are_listed(request: Request) -> dict[str, Any]:
    """ListVpcOrigins answers with all VPC origins on one page."""
    summaries = [
        {
            **{name: origin[name] for name in ["Id", "Arn", "AccountId", "Status", "CreatedTime", "LastModifiedTime"]},
            "Name": origin["VpcOriginEndpointConfig"]["Name"],
            "OriginEndpointArn": origin["VpcOriginEndpointConfig"]["Arn"],
        }
        for origin, _ in vpc_origins.get(request.account, {}).values()
    ]
    page = {"Marker": "", "MaxItems": 100, "IsTruncated": False, "Quantity": len(summaries)}
    return {"VpcOriginList": {**page, **({"Items": summaries} if summaries else {})}}


@answers_operation("cloudfront", "UpdateVpcOrigin", sources=[f"{API}/API_UpdateVpcOrigin.html"])
def vpc_origins_are_updated(request: Request) -> dict[str, Any]:
    """UpdateVpcOrigin replaces the configuration of a VPC origin, and gives it another ETag."""
    origin, _ = _found(request)
    changed = {
        **origin,
        "VpcOriginEndpointConfig": request.params["VpcOriginEndpointConfig"],
        "LastModifiedTime": datetime.now(UTC),
    }
    vpc_origins[request.account][origin["Id"]] = (changed, random_id())
    return _answer(vpc_origins[request.account][origin["Id"]])


@answers_operation("cloudfront", "DeleteVpcOrigin", sources=[f"{API}/API_DeleteVpcOrigin.html"])
def vpc_origins_are_deleted(request: Request) -> dict[str, Any]:
    """DeleteVpcOrigin deletes a VPC origin. Its security group stays."""
    found = _found(request)
    del vpc_origins[request.account][request.params["Id"]]
    return _answer(found)


def _answer(found: tuple[VpcOrigin, str]) -> dict[str, Any]:
    origin, etag = found
    return {"VpcOrigin": origin, "ETag": etag}


# What AWS refuses.

CHANGES = ["CreateVpcOrigin", "UpdateVpcOrigin"]
VERSIONED = ["UpdateVpcOrigin", "DeleteVpcOrigin"]


@refuses_operation(
    "cloudfront", *CHANGES, sources=[f"{API}/API_CreateVpcOrigin.html", f"{API}/API_UpdateVpcOrigin.html"]
)
def name_of_a_vpc_origin_is_unique(request: Request) -> None:
    """Two VPC origins do not have the same name."""
    name, own = request.params["VpcOriginEndpointConfig"]["Name"], request.params.get("Id")
    for id, (origin, _) in vpc_origins.get(request.account, {}).items():
        if id != own and origin["VpcOriginEndpointConfig"]["Name"] == name:
            raise Refusal("EntityAlreadyExists", "The entity already exists. You must provide a unique entity.")


@refuses_operation(
    "cloudfront", *CHANGES, sources=[REQUIREMENTS, f"{API}/API_CreateVpcOrigin.html"], guessed_message=True
)
def endpoint_of_a_vpc_origin_exists(request: Request) -> None:
    """The endpoint of a VPC origin is a load balancer or an instance of the account."""
    if _vpc_id(request) is None:
        raise Refusal("InvalidArgument", "The endpoint of the VPC origin does not exist.")


@refuses_operation(
    "cloudfront", *CHANGES, sources=[REQUIREMENTS, f"{API}/API_CreateVpcOrigin.html"], guessed_message=True
)
def vpc_of_a_vpc_origin_has_an_internet_gateway(request: Request) -> None:
    """The VPC of the endpoint has an internet gateway, though no request passes through it."""
    gateways = ec2_backends[request.account][_region(request)].internet_gateways.values()
    if not any(gateway.vpc and gateway.vpc.id == _vpc_id(request) for gateway in gateways):
        raise Refusal("InvalidArgument", "The VPC of the endpoint has no internet gateway.")


@refuses_operation(
    "cloudfront", *CHANGES, sources=[REQUIREMENTS, f"{API}/API_CreateVpcOrigin.html"], guessed_message=True
)
def network_load_balancers_of_vpc_origins(request: Request) -> None:
    """A Network Load Balancer of a VPC origin has security groups, IPv4 addresses alone, and no TLS listener."""
    balancer = _load_balancer(request)
    if balancer is None or balancer.type != "network":
        return
    has_tls = any(listener.protocol == "TLS" for listener in balancer.listeners.values())
    if not balancer.security_groups or balancer.ip_address_type != "ipv4" or has_tls:
        raise Refusal("InvalidArgument", "The Network Load Balancer is not supported as the endpoint of a VPC origin.")


@refuses_operation(
    "cloudfront", *VERSIONED, sources=[f"{API}/API_UpdateVpcOrigin.html", f"{API}/API_DeleteVpcOrigin.html"]
)
def change_of_an_old_version_of_a_vpc_origin(request: Request) -> None:
    """A VPC origin is updated and deleted with the ETag of the last answer."""
    if request.params["IfMatch"] != _found(request)[1]:
        raise Refusal(
            "PreconditionFailed", "The precondition in one or more of the request fields evaluated to false."
        )


@refuses_operation(
    "cloudfront",
    "UpdateVpcOrigin",
    sources=[
        REQUIREMENTS,
        f"{API}/API_UpdateVpcOrigin.html",
        "https://github.com/hashicorp/terraform-provider-aws/issues/40905",
        "https://github.com/aws/aws-cdk/issues/34629",
    ]
)
def vpc_origin_in_use_is_not_updated(request: Request) -> None:
    """A VPC origin that a distribution uses is not updated."""
    _refuse_use(request, "CannotUpdateEntityWhileInUse")


@refuses_operation(
    "cloudfront",
    "DeleteVpcOrigin",
    sources=[REQUIREMENTS, f"{API}/API_DeleteVpcOrigin.html", "https://github.com/aws/aws-cdk/issues/34629"],
)
def vpc_origin_in_use_is_not_deleted(request: Request) -> None:
    """A VPC origin that a distribution uses is not deleted."""
    _refuse_use(request, "CannotDeleteEntityWhileInUse")


def _refuse_use(request: Request, code: str) -> None:
    for distribution in cloudfront_backends[request.account]["aws"].distributions.values():
        if request.params["Id"] in _used_by(vars(distribution.distribution_config), request.account):
            raise Refusal(
                code,
                "The specified VPC origin is currently associated with one or more distributions. Please disassociate "
                "the VPC origin from all distributions before updating or deleting.",
            )


def _used_by(config: Config, account: str) -> list[str]:
    """IDs of its VPC origins, without those that another account shares."""
    settings = [origin.get("VpcOriginConfig") or {} for origin in items(config, "Origins")]
    return [each["VpcOriginId"] for each in settings if each and each.get("OwnerAccountId", account) == account]


@refuses(
    CloudFrontBackend,
    "create_distribution_with_tags",
    "update_distribution",
    sources=[f"{API}/API_CreateDistribution.html", f"{API}/API_UpdateDistribution.html"],
)
def vpc_origins_of_a_distribution_exist(backend: CloudFrontBackend, *args, **kwargs) -> None:
    """The VPC origins of the account that a distribution uses exist."""
    for id in _used_by(sent_config(args, kwargs), backend.account_id):
        if id not in vpc_origins.get(backend.account_id, {}):
            raise Refusal("EntityNotFound", "The entity was not found.")
