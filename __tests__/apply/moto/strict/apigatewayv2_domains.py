"""API Gateway: custom domains of HTTP APIs, for clients with a certificate, and what a domain leads to."""

from typing import Any

from moto.apigatewayv2.models import ApiMapping, DomainName
from moto.s3.models import s3_backends

from .apigatewayv2 import API, PROVIDER_ISSUE, backend_of
from .custom_domains import (
    CERTIFICATE_SOURCES,
    GUIDE,
    CustomDomain,
    check_certificate,
    check_mutual_tls,
    check_owner,
    check_truststore,
)
from .registry import Refusal, answers, answers_operation, refuses_operation
from .request import Request, capitalized, uncapitalized

DOMAIN = f"{API}/domainnames-domainname.html"
DOMAINS = f"{API}/domainnames.html"
MAPPING = f"{API}/domainnames-domainname-apimappings-apimappingid.html"
MAPPINGS = f"{API}/domainnames-domainname-apimappings.html"
MUTUAL_TLS = f"{GUIDE}/http-api-mutual-tls.html"


def _domain(request: Request) -> DomainName:
    domain = backend_of(request).domain_names.get(request.params["DomainName"])
    if domain is None:
        raise Refusal("NotFoundException", "Invalid domain name identifier specified")
    return domain


def _mapping(request: Request) -> ApiMapping:
    mapping = backend_of(request).api_mappings.get(request.params["ApiMappingId"])
    if mapping is None:
        raise Refusal("NotFoundException", "Invalid mapping identifier specified")
    return mapping


# How AWS answers.


@answers(DomainName, "to_json", sources=[DOMAIN])
def domain_has_an_endpoint(original, domain: DomainName) -> dict[str, Any]:
    """A domain says where its DNS record leads, and that it is available."""
    answer = original(domain)
    region = domain.domain_name_arn.split(":")[3]
    for configuration in answer["domainNameConfigurations"]:
        configuration.setdefault("apiGatewayDomainName", f"d-a1b2c3d4e5.execute-api.{region}.amazonaws.com")
        configuration.setdefault("hostedZoneId", "Z1UJRXOUMOOFQ8")
        configuration.setdefault("domainNameStatus", "AVAILABLE")
        configuration.setdefault("ipAddressType", "ipv4")
    return answer


@answers_operation("apigatewayv2", "UpdateDomainName", sources=[DOMAIN])
def domains_are_updated(request: Request) -> dict[str, Any]:
    """UpdateDomainName changes the settings that are sent, and no others."""
    domain = _domain(request)
    if request.params.get("DomainNameConfigurations"):
        domain.domain_name_configurations = list(map(uncapitalized, request.params["DomainNameConfigurations"]))
    domain.mutual_tls_authentication |= uncapitalized(request.params.get("MutualTlsAuthentication") or {})
    answer = capitalized(domain.to_json())
    return {
        **answer,
        "DomainNameConfigurations": list(map(capitalized, answer["DomainNameConfigurations"])),
        "MutualTlsAuthentication": capitalized(answer["MutualTlsAuthentication"]),
    }


@answers_operation("apigatewayv2", "UpdateApiMapping", sources=[MAPPING])
def mappings_are_updated(request: Request) -> dict[str, Any]:
    """UpdateApiMapping changes the settings that are sent, and no others."""
    mapping = _mapping(request)
    mapping.api_mapping_key = request.params.get("ApiMappingKey", mapping.api_mapping_key)
    mapping.stage = request.params.get("Stage", mapping.stage)
    return capitalized(mapping.to_json())


# What AWS refuses.

CHANGES = ["CreateDomainName", "UpdateDomainName"]


@refuses_operation("apigatewayv2", *CHANGES, sources=[DOMAINS, f"{PROVIDER_ISSUE}/18312"])
def domain_has_one_configuration(request: Request) -> None:
    """A domain has one configuration, which is sent with each change."""
    if len(request.params.get("DomainNameConfigurations") or []) != 1:
        raise Refusal("BadRequestException", "Invalid input. Expected one domain name configuration")


def _wanted(request: Request) -> CustomDomain:
    (configuration,) = request.params["DomainNameConfigurations"]
    mutual_tls = request.params.get("MutualTlsAuthentication") or {}
    return CustomDomain(
        name=request.params["DomainName"],
        endpoint_type=configuration.get("EndpointType"),
        security_policy=configuration.get("SecurityPolicy"),
        certificate_arn=configuration.get("CertificateArn"),
        proof_arn=configuration.get("OwnershipVerificationCertificateArn"),
        truststore_uri=mutual_tls.get("TruststoreUri"),
        truststore_version=mutual_tls.get("TruststoreVersion"),
    )


@refuses_operation("apigatewayv2", *CHANGES, sources=CERTIFICATE_SOURCES, guessed_message=True)
def certificate_of_a_domain(request: Request) -> None:
    """The certificate of a domain is in ACM, in the same Region, and is valid for its name."""
    check_certificate(request, _wanted(request))


@refuses_operation("apigatewayv2", *CHANGES, sources=[MUTUAL_TLS, f"{PROVIDER_ISSUE}/35741"])
def owner_of_a_domain_is_verified(request: Request) -> None:
    """With mutual TLS, an imported certificate needs a public one beside it, which proves who owns the domain."""
    check_owner(request, _wanted(request))


@refuses_operation("apigatewayv2", *CHANGES, sources=[MUTUAL_TLS], guessed_message=True)
def truststore_of_a_domain(request: Request) -> None:
    """The truststore of a domain is an object in S3, in a version that exists."""
    domain = _wanted(request)
    bucket, key = domain.truststore
    found = s3_backends[request.account]["aws"].buckets.get(bucket)
    check_truststore(domain, [each.version_id for each in found.keys.getlist(key, [])] if found else [])


@refuses_operation("apigatewayv2", "CreateDomainName", sources=[MUTUAL_TLS], guessed_message=True)
def mutual_tls_of_a_domain(request: Request) -> None:
    """Mutual TLS needs a Regional domain with TLS 1.2."""
    check_mutual_tls(_wanted(request))


@refuses_operation(
    "apigatewayv2",
    "CreateApiMapping",
    "UpdateApiMapping",
    sources=[MAPPINGS, "https://github.com/aws/aws-cdk/issues/9078"],
)
def stage_of_a_mapping_exists(request: Request) -> None:
    """A domain leads to a stage that exists."""
    if request.operation.name == "UpdateApiMapping" and "Stage" not in request.params:
        return
    api = backend_of(request).apis.get(request.params["ApiId"])
    if api is None or request.params["Stage"] not in api.stages:
        raise Refusal("BadRequestException", "Invalid stage identifier specified")


@refuses_operation(
    "apigatewayv2",
    "CreateApiMapping",
    "UpdateApiMapping",
    sources=[
        MAPPINGS,
        "https://github.com/aws/aws-cdk/issues/22660",
        "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1151",
    ],
)
def key_of_a_mapping_is_unique(request: Request) -> None:
    """Two mappings of a domain do not have the same key."""
    if request.operation.name == "UpdateApiMapping" and "ApiMappingKey" not in request.params:
        return
    for id, mapping in backend_of(request).api_mappings.items():
        is_other = mapping.domain_name == request.params["DomainName"] and id != request.params.get("ApiMappingId")
        if is_other and (mapping.api_mapping_key or "") == request.params.get("ApiMappingKey", ""):
            raise Refusal("ConflictException", "ApiMapping key already exists for this domain name")
