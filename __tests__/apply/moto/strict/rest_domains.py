"""API Gateway: custom domains of REST APIs, for clients with a certificate, and what a domain leads to."""

import re
from collections.abc import Iterable
from typing import Any

from localstack.services.apigateway.legacy.provider import ApigatewayProvider, get_apigateway_store
from localstack.services.apigateway.models import apigateway_stores
from localstack.services.s3.models import s3_stores
from localstack.services.stores import RegionBundle

from .custom_domains import (
    CERTIFICATE_SOURCES,
    GUIDE,
    CustomDomain,
    check_certificate,
    check_mutual_tls,
    check_owner,
    check_truststore,
)
from .registry import Refusal, answers, refuses_operation
from .request import Request
from .rest_apis import API, PROVIDER_ISSUE, backend_of, store_of

CREATE_DOMAIN = f"{API}/API_CreateDomainName.html"
UPDATE_DOMAIN = f"{API}/patch-operations.html#UpdateDomainName-Patch"
CREATE_MAPPING = f"{API}/API_CreateBasePathMapping.html"
UPDATE_MAPPING = f"{API}/API_UpdateBasePathMapping.html"
DOMAINS = f"{GUIDE}/how-to-custom-domains.html"
MAPPINGS = f"{GUIDE}/rest-api-mappings.html"
MUTUAL_TLS = f"{GUIDE}/rest-api-mutual-tls.html"


# How AWS answers.


@answers(ApigatewayProvider, "create_domain_name", sources=[CREATE_DOMAIN])
def domain_is_kept(original, provider, context, domain_name: str, **wanted) -> dict[str, Any]:
    """A domain keeps who must have a certificate, the certificate that proves its owner, and its tags."""
    domain = original(provider, context, domain_name=domain_name, **wanted)
    domain["mutualTlsAuthentication"] = wanted.get("mutual_tls_authentication")
    domain["ownershipVerificationCertificateArn"] = wanted.get("ownership_verification_certificate_arn")
    domain["tags"] = wanted.get("tags") or {}
    return domain


@answers(ApigatewayProvider, "update_domain_name", sources=[UPDATE_DOMAIN])
def domains_are_updated(
    original, provider, context, domain_name: str, patch_operations: Iterable[dict[str, str]] = (), **_
) -> dict[str, Any]:
    """UpdateDomainName replaces members of a domain, and parts of its truststore. LocalStack does nothing."""
    domain = get_apigateway_store(context=context).domain_names[domain_name]
    domain.update(_patched(domain, patch_operations))
    return domain


def _patched(domain: dict[str, Any], operations: Iterable[dict[str, str]]) -> dict[str, Any]:
    result = dict(domain)
    for operation in operations:
        match operation["path"].split("/"):
            case [_, member]:
                result[member] = operation["value"]
            case [_, member, part]:
                result[member] = {**(result.get(member) or {}), part: operation["value"]}
    return result


# What AWS refuses.

CHANGES = ["CreateDomainName", "UpdateDomainName"]


@refuses_operation(
    "apigateway", "CreateDomainName", sources=[DOMAINS, "https://github.com/Miserlou/Zappa/issues/1410"]
)
def name_of_a_domain_is_free(request: Request) -> None:
    """Two domains of a Region do not have the same name, in different accounts either."""
    if any(request.params["domainName"] in store[request.region].domain_names for store in _stores(request.account)):
        raise Refusal("BadRequestException", "The domain name you provided already exists.")


def _stores(account: str) -> list[RegionBundle]:
    """Of all accounts. A copy of an account has no others beside it: see localstack/start.py."""
    own = apigateway_stores[account]
    others = [store for store in apigateway_stores.values() if not hasattr(store, "is_copy")]
    return [own] if hasattr(own, "is_copy") else others


def _settings(request: Request) -> dict[str, Any]:
    """Of a domain, as a request sends or leaves them."""
    if request.operation.name == "CreateDomainName":
        return request.params
    domain = store_of(request).domain_names.get(request.params["domainName"])
    if domain is None:
        raise Refusal("NotFoundException", "Invalid domain name identifier specified")
    return _patched(domain, request.params.get("patchOperations") or [])


def _wanted(request: Request) -> CustomDomain:
    settings = _settings(request)
    (endpoint_type,) = (settings.get("endpointConfiguration") or {}).get("types") or ["EDGE"]
    mutual_tls = settings.get("mutualTlsAuthentication") or {}
    return CustomDomain(
        name=request.params["domainName"],
        endpoint_type=endpoint_type,
        security_policy=settings.get("securityPolicy"),
        certificate_arn=settings.get("certificateArn" if endpoint_type == "EDGE" else "regionalCertificateArn"),
        proof_arn=settings.get("ownershipVerificationCertificateArn"),
        truststore_uri=mutual_tls.get("truststoreUri"),
        truststore_version=mutual_tls.get("truststoreVersion"),
    )


@refuses_operation(
    "apigateway",
    *CHANGES,
    sources=[CREATE_DOMAIN, f"{PROVIDER_ISSUE}/3276", "https://github.com/anomalyco/sst/issues/4131"],
)
def certificate_goes_with_the_endpoint_type(request: Request) -> None:
    """A Regional domain has a Regional certificate, and an edge-optimized domain has the other kind."""
    endpoint_type = _wanted(request).endpoint_type
    settings = _settings(request)
    certificates = {"EDGE": settings.get("certificateArn"), "REGIONAL": settings.get("regionalCertificateArn")}
    for other, certificate in certificates.items():
        if certificate and other != endpoint_type:
            raise Refusal(
                "BadRequestException", f"Cannot import certificates for {other} while {endpoint_type} is active."
            )
    if not certificates.get(endpoint_type):
        raise Refusal("BadRequestException", f"A certificate was not provided for the endpoint type {endpoint_type}.")


@refuses_operation("apigateway", *CHANGES, sources=CERTIFICATE_SOURCES, guessed_message=True)
def certificate_of_a_domain(request: Request) -> None:
    """The certificate of a domain is in ACM, in the same Region, and is valid for its name."""
    check_certificate(request, _wanted(request))


@refuses_operation("apigateway", *CHANGES, sources=[CREATE_DOMAIN, MUTUAL_TLS, f"{PROVIDER_ISSUE}/35741"])
def owner_of_a_domain_is_verified(request: Request) -> None:
    """With mutual TLS, an imported certificate needs a public one beside it, which proves who owns the domain."""
    check_owner(request, _wanted(request))


@refuses_operation("apigateway", *CHANGES, sources=[CREATE_DOMAIN, MUTUAL_TLS], guessed_message=True)
def truststore_of_a_domain(request: Request) -> None:
    """The truststore of a domain is an object in S3, in a version that exists."""
    domain = _wanted(request)
    bucket, key = domain.truststore
    found = s3_stores[request.account][request.region].buckets.get(bucket)
    objects = found.objects.values(with_versions=True) if found else []
    check_truststore(domain, [each.version_id for each in objects if each.key == key])


@refuses_operation("apigateway", *CHANGES, sources=[MUTUAL_TLS], guessed_message=True)
def mutual_tls_of_a_domain(request: Request) -> None:
    """Mutual TLS needs a Regional domain with TLS 1.2."""
    check_mutual_tls(_wanted(request))


@refuses_operation(
    "apigateway",
    "CreateBasePathMapping",
    sources=[CREATE_MAPPING, "https://github.com/Vadorequest/serverless-with-next5-boilerplate/issues/3"],
)
def domain_of_a_mapping_exists(request: Request) -> None:
    """A mapping is made for a domain that exists."""
    if request.params["domainName"] not in store_of(request).domain_names:
        raise Refusal("NotFoundException", "Invalid domain name identifier specified")


# What a mapping has for no base path, or no stage.
NONE = "(none)"


def _change(request: Request, member: str) -> str | None:
    """What a request makes of a member of a mapping. None: it leaves it."""
    if request.operation.name == "CreateBasePathMapping":
        return request.params.get(member) or NONE
    operations = request.params.get("patchOperations") or []
    # The provider writes /restapiId.
    values = [each["value"] for each in operations if each["path"].lower() == f"/{member}".lower()]
    return values[-1] or NONE if values else None


def _mappings(request: Request) -> dict[str, dict[str, str]]:
    """Of the domain, by base path."""
    mappings = store_of(request).base_path_mappings.get(request.params["domainName"], [])
    return {mapping["basePath"]: mapping for mapping in mappings}


MAPPING_CHANGES = ["CreateBasePathMapping", "UpdateBasePathMapping"]


@refuses_operation(
    "apigateway",
    *MAPPING_CHANGES,
    sources=[
        CREATE_MAPPING,
        UPDATE_MAPPING,
        "https://github.com/aws/serverless-application-model/issues/192",
        "https://github.com/aws/aws-cdk/issues/931",
    ],
)
def stage_of_a_mapping_exists(request: Request) -> None:
    """A domain leads to a stage that exists."""
    mapping = _mappings(request).get(request.params.get("basePath") or NONE, {})
    stage = _change(request, "stage") or mapping.get("stage")
    api = backend_of(request).apis.get(_change(request, "restApiId") or mapping.get("restApiId"))
    if api is None or stage not in [NONE, *api.stages]:
        raise Refusal("BadRequestException", "Invalid stage identifier specified")


@refuses_operation(
    "apigateway",
    *MAPPING_CHANGES,
    sources=[MAPPINGS, f"{PROVIDER_ISSUE}/21986", "https://github.com/aws/chalice/issues/1897"],
)
def characters_of_a_base_path(request: Request) -> None:
    """A base path is one part of a path, has at most 300 characters, and has the documented ones."""
    base_path = _change(request, "basePath") or NONE
    if "/" in base_path:
        raise Refusal(
            "BadRequestException",
            "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create a multi-level base "
            "path mapping, use API Gateway V2.",
        )
    if not re.fullmatch(r"[0-9A-Za-z$_.+!*'()-]{1,300}", base_path):
        raise Refusal("BadRequestException", "The base path is too long, or has other characters.")  # a guess


@refuses_operation(
    "apigateway",
    *MAPPING_CHANGES,
    sources=[
        CREATE_MAPPING,
        "https://github.com/amplify-education/serverless-domain-manager/issues/214",
        "https://github.com/pulumi/pulumi-aws/issues/1035",
    ],
)
def base_path_of_a_mapping_is_unique(request: Request) -> None:
    """Two mappings of a domain do not have the same base path."""
    base_path = _change(request, "basePath")
    is_same = request.operation.name == "UpdateBasePathMapping" and base_path == request.params["basePath"]
    if base_path in _mappings(request) and not is_same:
        raise Refusal("ConflictException", "Base path already exists for this domain name")
