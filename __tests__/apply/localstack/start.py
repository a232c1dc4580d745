"""LocalStack, with what its API Gateway does not keep and AWS does, so that a plan after an apply is empty as it is there."""

from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from localstack.runtime.main import main
from localstack.services.apigateway import exporter, patches
from localstack.services.apigateway.legacy import provider
from localstack.utils.patch import patch
from localstack.utils.time import now_utc
from moto.apigateway import models


@patch(provider.ApigatewayProvider.create_vpc_link)
def keep_what_a_link_is_made_of(fn, self, context, **request):
    link = fn(self, context, **request)
    given = {name: value for name, value in request.items() if value is not None}
    stored = provider.get_apigateway_store(context=context).vpc_links[link["id"]]
    stored.update({"targetArns": given.pop("target_arns"), **given})
    return provider.VpcLink(**link, **{name: stored[name] for name in stored.keys() - link.keys()})


@patch(provider.ApigatewayProvider.generate_client_certificate)
def make_a_certificate(fn, self, context, **request):
    """Of a key that nobody has, for 365 days, as AWS does."""
    certificate = fn(self, context, **request)
    start = now_utc()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "ApiGateway")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(context_time(start))
        .not_valid_after(context_time(start) + timedelta(days=365))
        .sign(key, SHA256())
    )
    stored = provider.get_apigateway_store(context=context).client_certificates[certificate["clientCertificateId"]]
    stored["pemEncodedCertificate"] = made.public_bytes(Encoding.PEM).decode()
    stored["expirationDate"] = start + 365 * 24 * 60 * 60
    return provider.ClientCertificate(**{**certificate, **{name: stored[name] for name in ("pemEncodedCertificate", "expirationDate")}})


