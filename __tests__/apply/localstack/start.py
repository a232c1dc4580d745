"""LocalStack, with what its API Gateway forgets and AWS keeps: a plan after an apply is then as empty as it is there.

Beside that, it has AWS's own rules (moto/strict/README.md), copies accounts, and exports any deployment, for suites that
break applies."""

import os
import sys
from contextvars import ContextVar
from copy import deepcopy
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from localstack.runtime.main import main
from localstack.services.apigateway import exporter
from localstack.services.apigateway.legacy import provider
from localstack.services.apigateway.models import apigateway_stores
from localstack.services.apigateway.next_gen.provider import ApigatewayNextGenProvider
from localstack.services.edge import ROUTER
from localstack.services.s3.models import s3_stores
from localstack.services.stores import LOCAL_ATTR_PREFIX
from localstack.utils.patch import patch
from moto.acm.models import acm_backends
from moto.apigateway.exceptions import DeploymentNotFoundException
from moto.apigateway.models import Integration, RestAPI, Stage, apigateway_backends


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


@patch(RestAPI.get_deployment)
def get_deployment(fn, self, deployment_id):
    """LocalStack fails where there is none."""
    if deployment_id not in self.deployments:
        raise DeploymentNotFoundException()
    return fn(self, deployment_id)


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


@patch(ApigatewayNextGenProvider.create_deployment)
def create_deployment(fn, self, context, rest_api_id, *args, **kwargs):
    """LocalStack keeps what a deployment has where no copy of an account would have it."""
    created = fn(self, context, rest_api_id, *args, **kwargs)
    client = exporter.connect_to(aws_access_key_id=context.account_id, region_name=context.region).apigateway
    deployment = provider.get_moto_rest_api(context, rest_api_id).deployments[created["id"]]
    deployment.resources = client.get_resources(restApiId=rest_api_id)
    return created


deployed = ContextVar("deployed")


@patch(provider.ApigatewayProvider.get_export)
def get_export(fn, self, context, rest_api_id, stage_name, **kwargs):
    """AWS exports what a stage serves, and LocalStack what the API has now. AWS exports no other deployment."""
    api = provider.get_moto_rest_api(context, rest_api_id)
    deployment_id = context.request.values.get("deployment") or api.stages[stage_name].deployment_id
    deployed.set(api.deployments[deployment_id].resources)
    return fn(self, context, rest_api_id, stage_name, **kwargs)


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
    """LocalStack exports no method ANY, and integrations only as one of all extensions."""
    served = deepcopy(deployed.get())
    for resource in served["items"]:
        methods = resource.get("resourceMethods", {})
        if "ANY" in methods:
            methods["x-amazon-apigateway-any-method"] = methods.pop("ANY")
    fn(self, spec, served, True)


def copy_account(request):
    """Copies REST APIs and what belongs to them, with their IDs. Nobody can send requests to the copies. They share the
    certificates and truststores of their domains, which nobody changes."""
    source, target, region = (request.json[key] for key in ["source", "target", "region"])
    backend = {key: value for key, value in vars(apigateway_backends[source][region]).items() if key != "account_id"}
    vars(apigateway_backends[target][region]).update(deepcopy(backend))
    store = apigateway_stores[source][region]
    kept = {key: value for key, value in vars(store).items() if key.startswith(LOCAL_ATTR_PREFIX)}
    vars(apigateway_stores[target][region]).update(deepcopy(kept))
    apigateway_stores[target][region].TAGS.update(deepcopy(store.TAGS))
    apigateway_stores[target].is_copy = True
    acm_backends[target][region]._certificates.update(acm_backends[source][region]._certificates)
    s3_stores[target][region].buckets.update(s3_stores[source][region].buckets)


ROUTER.add("/strict/copy", copy_account, methods=["POST"])

# Its own suite compares it with a server that does not have it.
if os.environ.get("STRICT") != "0":
    sys.path.append(str(Path(__file__).parent / "../moto"))
    import strict

    strict.switch_on_in_localstack()

main()
