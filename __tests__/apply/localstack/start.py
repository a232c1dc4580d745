"""LocalStack, with what its API Gateway forgets and AWS keeps: a plan after an apply is then as empty as it is there."""

import os
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from localstack.runtime.main import main
from localstack.services.apigateway import exporter
from localstack.services.apigateway.legacy import provider
from localstack.utils.patch import patch
from moto.apigateway.models import Integration, Stage


@patch(provider.ApigatewayProvider.create_vpc_link)
def create_vpc_link(fn, self, context, name, target_arns, description=None, tags=None, **kwargs):
    """LocalStack keeps the id alone."""
    created = fn(self, context, name, target_arns, **kwargs)
    link = provider.get_apigateway_store(context=context).vpc_links[created["id"]]
    link.update(name=name, targetArns=target_arns, description=description, tags=tags)
    return provider.VpcLink(**link)


@patch(provider.ApigatewayProvider.generate_client_certificate)
def generate_client_certificate(fn, self, context, **kwargs):
    """LocalStack's is no certificate, and ends after 30 days."""
    created = fn(self, context, **kwargs)
    start = datetime.now(timezone.utc)
    end = start + timedelta(days=365)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "ApiGateway")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), start, end)
    certificates = provider.get_apigateway_store(context=context).client_certificates
    certificate = certificates[created["clientCertificateId"]]
    certificate["pemEncodedCertificate"] = made.sign(key, SHA256()).public_bytes(Encoding.PEM).decode()
    certificate["expirationDate"] = int(end.timestamp())
    return provider.to_client_cert_response_json(certificate)


@patch(Integration.__init__)
def init_integration(fn, self, *args, **kwargs):
    """LocalStack forgets the VPC link when an integration is updated."""
    fn(self, *args, **kwargs)
    self.connection_id = None


@patch(Integration.to_json)
def integration_to_json(fn, self):
    return {**fn(self), "connectionId": self.connection_id or None}


@patch(Stage.__init__)
def init_stage(fn, self, *args, **kwargs):
    """LocalStack knows no backend certificate of a stage."""
    fn(self, *args, **kwargs)
    self.client_certificate_id = None


@patch(Stage.to_json)
def stage_to_json(fn, self):
    return {**fn(self), "clientCertificateId": self.client_certificate_id or None}


export_integration = exporter._BaseOpenApiExporter._get_integration


def export_integration_with_connection(method_integration):
    """LocalStack exports no connection:
    https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html."""
    connection = {key: method_integration.get(key) for key in ["connectionType", "connectionId"]}
    return {**export_integration(method_integration), **{key: value for key, value in connection.items() if value}}


# A static method, which patch would call with an instance.
exporter._BaseOpenApiExporter._get_integration = staticmethod(export_integration_with_connection)


@patch(exporter._OpenApiOAS30Exporter._add_paths)
def add_paths(fn, self, spec, resources, with_extension):
    """LocalStack exports no method ANY."""
    for resource in resources["items"]:
        methods = resource.get("resourceMethods", {})
        if "ANY" in methods:
            methods["x-amazon-apigateway-any-method"] = methods.pop("ANY")
    fn(self, spec, resources, with_extension)


# Its own suite compares it with a server that does not have it.
if os.environ.get("STRICT") != "0":
    sys.path.append(str(Path(__file__).parent / "../moto"))
    import strict

    strict.switch_on_in_localstack()

main()
