"""API Gateway: HTTP APIs."""

import json
import re
from collections.abc import Callable
from typing import Any

from moto.apigatewayv2.models import Api, ApiGatewayV2Backend, Integration, Route, apigatewayv2_backends
from moto.ec2.models import ec2_backends

from .registry import Refusal, answers_operation, refuses
from .request import Request

API = "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference"
PROVIDER_ISSUE = "https://github.com/hashicorp/terraform-provider-aws/issues"

LISTENER = re.compile(r"arn:aws[^:]*:elasticloadbalancing:[^:]+:\d+:listener/(app|net)/.+/.+/.+")
CLOUD_MAP_SERVICE = re.compile(r"arn:aws[^:]*:servicediscovery:[^:]+:\d+:service/.+")
ZONES_WITHOUT_VPC_LINKS = ["use1-az3", "usw1-az2", "ape1-az1", "cac1-az4", "euw3-az2"]
RESERVED_HEADER = re.compile(
    r"access-control-.*|apigw-.*|authorization|connection|content-encoding|content-length|content-location|forwarded"
    r"|keep-alive|origin|proxy-authenticate|proxy-authorization|te|trailers|transfer-encoding|upgrade|x-amz-.*|x-amzn-.*"
    r"|x-forwarded-for|x-forwarded-host|x-forwarded-proto|via",
    re.IGNORECASE,
)


def backend_of(request: Request) -> ApiGatewayV2Backend:
    return apigatewayv2_backends[request.account][request.region]


def api_of(request: Request) -> Api:
    api = backend_of(request).apis.get(request.params["ApiId"])
    if api is None:
        raise Refusal("NotFoundException", f"Invalid API identifier specified {request.params['ApiId']}")
    return api


def routes_to(api: Api, integration: Integration) -> list[Route]:
    return [route for route in api.routes.values() if route.target == f"integrations/{integration.id}"]


@refuses(
    Api,
    "delete_integration",
    sources=[f"{PROVIDER_ISSUE}/12195", "https://github.com/milliHQ/terraform-aws-next-js/issues/247"],
)
def integration_of_a_route_is_not_deleted(api: Api, integration_id: str) -> None:
    """An integration that a route uses is not deleted."""
    integration = api.integrations.get(integration_id)
    ids = [route.route_id for route in routes_to(api, integration)] if integration else []
    if ids:
        raise Refusal(
            "ConflictException",
            f"Cannot delete Integration because it is referenced by the following Routes with Ids: [{', '.join(ids)}]",
        )


@refuses(ApiGatewayV2Backend, "delete_vpc_link", sources=[f"{PROVIDER_ISSUE}/12195"])
def vpc_link_of_a_route_is_not_deleted(backend: ApiGatewayV2Backend, vpc_link_id: str) -> None:
    """A VPC link is not deleted while the integration of a route uses it."""
    routes = [
        f"{integration.integration_method}:{route.route_id}"
        for api in backend.apis.values()
        for integration in api.integrations.values()
        if integration.connection_id == vpc_link_id and integration.connection_type == "VPC_LINK"
        for route in routes_to(api, integration)
    ]
    if routes:
        raise Refusal(
            "BadRequestException",
            f"Cannot delete vpc link. Vpc link '{vpc_link_id}', is referenced in [{', '.join(routes)}] in format of "
            "[Method:Resource].",
        )


@refuses(
    ApiGatewayV2Backend,
    "create_vpc_link",
    sources=["https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html"],
    guessed_message=True,
)
def zones_of_a_vpc_link(
    backend: ApiGatewayV2Backend, name: str, sg_ids: list[str], subnet_ids: list[str], tags: dict[str, str]
) -> None:
    """The subnets of a VPC link are in Availability Zones that have VPC links."""
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    for id in subnet_ids:
        subnet = next((zone[id] for zone in ec2.subnets.values() if id in zone), None)
        if subnet and subnet.availability_zone_id in ZONES_WITHOUT_VPC_LINKS:
            raise Refusal("BadRequestException", f"Subnet {id} is in an unsupported Availability Zone")


def _value(backend: ApiGatewayV2Backend, api_id: str, wanted: dict[str, Any]) -> Callable[[str], Any]:
    """Of a property after CreateIntegration or UpdateIntegration."""
    api = backend.apis.get(api_id)
    existing = api.integrations.get(wanted.get("integration_id")) if api else None
    return lambda name: getattr(existing, name, None) if wanted.get(name) is None else wanted[name]


@refuses(
    ApiGatewayV2Backend,
    "create_integration",
    "update_integration",
    sources=[f"{PROVIDER_ISSUE}/14391", "https://github.com/aws/aws-cdk/issues/8066"],
)
def uri_of_a_private_integration(backend: ApiGatewayV2Backend, api_id: str, **wanted: Any) -> None:
    """The URI of a private integration is the ARN of a listener or of a Cloud Map service."""
    value = _value(backend, api_id, wanted)
    if value("connection_type") != "VPC_LINK" or value("integration_type") != "HTTP_PROXY":
        return
    uri = value("integration_uri") or ""
    if not LISTENER.fullmatch(uri) and not CLOUD_MAP_SERVICE.fullmatch(uri):
        raise Refusal(
            "BadRequestException",
            "For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid Cloud Map service "
            "ARN.",
        )


@refuses(
    ApiGatewayV2Backend,
    "create_integration",
    "update_integration",
    sources=[f"{API}/apis-apiid-integrations.html"],
    guessed_message=True,
)
def vpc_link_of_an_integration_exists(backend: ApiGatewayV2Backend, api_id: str, **wanted: Any) -> None:
    """The VPC link of an HTTP API's integration exists."""
    value, api = _value(backend, api_id, wanted), backend.apis.get(api_id)
    if value("connection_type") != "VPC_LINK" or api is None or api.protocol_type != "HTTP":
        return
    if value("connection_id") not in backend.vpc_links:
        raise Refusal("BadRequestException", f"Invalid VpcLink identifier specified {value('connection_id')}")


@refuses(
    ApiGatewayV2Backend,
    "create_integration",
    "update_integration",
    sources=["https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html"],
    guessed_message=True,
)
def reserved_headers_are_not_mapped(backend: ApiGatewayV2Backend, api_id: str, **wanted: Any) -> None:
    """Parameter mapping does not change reserved headers."""
    for key in wanted.get("request_parameters") or {}:
        header = re.fullmatch(r"(?:append|overwrite|remove):header\.(.+)", key)
        if header and RESERVED_HEADER.fullmatch(header[1]):
            raise Refusal(
                "BadRequestException",
                "Invalid mapping expression specified: Validation Result: warnings : [], errors : "
                f"[Operations on header {header[1]} are restricted]",
            )


@refuses(Api, "create_route", sources=[f"{API}/apis-apiid-routes.html"], guessed_message=True)
def route_key_is_unique(api: Api, *_, route_key=None, **__) -> None:
    """Two routes of an API do not have the same key."""
    if any(route.route_key == route_key for route in api.routes.values()):
        raise Refusal("ConflictException", f"Route with key {route_key} already exists for this API")


@answers_operation(
    "apigatewayv2",
    "ExportApi",
    sources=[
        f"{API}/apis-apiid-exports-specification.html",
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-export.html",
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html",
    ],
)
def api_is_exported(request: Request) -> dict[str, Any]:
    """ExportApi answers with the routes of an HTTP API and their integrations, as an OpenAPI document in JSON."""
    api = api_of(request)
    paths: dict[str, dict[str, Any]] = {}
    for route in api.routes.values():
        is_default = route.route_key == "$default"
        method, path = ("ANY", "/$default") if is_default else route.route_key.split(" ")
        key = "x-amazon-apigateway-any-method" if method == "ANY" else method.lower()
        integration = api.integrations.get((route.target or "").removeprefix("integrations/"))
        paths.setdefault(path, {})[key] = {
            **({"isDefaultRoute": True} if is_default else {}),
            "responses": {"default": {"description": f"Default response for {route.route_key}"}},
            **({"x-amazon-apigateway-integration": _exported(integration)} if integration else {}),
        }
    document = {"openapi": "3.0.1", "info": {"title": api.name, "version": api.version or "1"}, "paths": paths}
    return {"body": json.dumps(document).encode()}


def _exported(integration: Integration) -> dict[str, Any]:
    properties = {
        "type": integration.integration_type.lower(),
        "httpMethod": integration.integration_method,
        "uri": integration.integration_uri,
        "connectionType": integration.connection_type,
        "connectionId": integration.connection_id,
        "payloadFormatVersion": integration.payload_format_version,
        "requestParameters": integration.request_parameters or None,
        "responseParameters": integration.response_parameters or None,
        "timeoutInMillis": integration.timeout_in_millis,
    }
    return {name: value for name, value in properties.items() if value is not None}
