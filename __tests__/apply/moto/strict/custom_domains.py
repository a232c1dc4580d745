"""API Gateway: what it checks of the custom domains of HTTP and of REST APIs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cryptography.x509 import DNSName, SubjectAlternativeName
from moto.acm.models import CertBundle, acm_backends

from .registry import Refusal
from .request import Request

GUIDE = "https://docs.aws.amazon.com/apigateway/latest/developerguide"
CERTIFICATE_SOURCES = [
    f"{GUIDE}/how-to-custom-domains-prerequisites.html",
    "https://github.com/aws/aws-cdk/issues/3612",
    "https://github.com/amplify-education/serverless-domain-manager/issues/161",
]


@dataclass(frozen=True)
class CustomDomain:
    """As it will be after a request."""

    name: str
    endpoint_type: str | None
    security_policy: str | None
    certificate_arn: str | None
    # A public certificate beside an imported one.
    proof_arn: str | None
    # For mutual TLS. Without it, clients need no certificate.
    truststore_uri: str | None
    truststore_version: str | None

    @property
    def truststore(self) -> tuple[str, str]:
        """Bucket and key."""
        bucket, _, key = (self.truststore_uri or "").removeprefix("s3://").partition("/")
        return bucket, key


def check_certificate(request: Request, domain: CustomDomain) -> None:
    certificate = _certificate(request, domain.certificate_arn)
    if certificate is None:
        raise Refusal("BadRequestException", "The provided certificate does not exist.")
    if not _covers(certificate, domain.name):
        raise Refusal("BadRequestException", "The certificate does not match the domain name.")


def check_owner(request: Request, domain: CustomDomain) -> None:
    certificate = _certificate(request, domain.certificate_arn)
    if not domain.truststore_uri or certificate is None or _is_public(certificate):
        return
    if not domain.proof_arn:
        raise Refusal("BadRequestException", "Missing ownershipVerificationCertificate.")
    proof = _certificate(request, domain.proof_arn)
    if proof is None or not _is_public(proof) or not _covers(proof, domain.name):
        raise Refusal("BadRequestException", "Invalid ownershipVerificationCertificate.")  # a guess


def check_truststore(domain: CustomDomain, versions: Iterable[str | None]) -> None:
    """@param versions: of the object"""
    if domain.truststore_uri and not any(domain.truststore_version in (None, version) for version in versions):
        raise Refusal("BadRequestException", "The truststore, or its version, does not exist.")


def check_mutual_tls(domain: CustomDomain) -> None:
    is_old = domain.security_policy == "TLS_1_0" or domain.endpoint_type == "EDGE"
    if domain.truststore_uri and is_old:
        raise Refusal("BadRequestException", "Mutual TLS requires a Regional domain name and TLS 1.2.")


def _certificate(request: Request, arn: str | None) -> CertBundle | None:
    """Of ACM, in the same Region."""
    certificates: dict[str | None, Any] = acm_backends[request.account][request.region]._certificates
    return certificates.get(arn)


def _is_public(certificate: CertBundle) -> bool:
    return certificate.type == "AMAZON_ISSUED"


def _covers(certificate: CertBundle, domain_name: str) -> bool:
    """An asterisk stands for one label."""
    names = certificate._cert.extensions.get_extension_for_class(SubjectAlternativeName).value
    _, _, parent = domain_name.partition(".")
    return any(name in (domain_name, f"*.{parent}") for name in names.get_values_for_type(DNSName))
