"""LocalStack, with what its API Gateway forgets and AWS keeps: a plan after an apply is then as empty as it is there."""

from datetime import datetime, timedelta, timezone

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from localstack.runtime.main import main
from localstack.services.apigateway import exporter
from localstack.services.apigateway.legacy import provider
from localstack.services.apigateway.next_gen.provider import ApigatewayNextGenProvider
from localstack.utils.patch import patch
from moto.apigateway.models import Integration, Stage, apigateway_backends


@patch(provider.ApigatewayProvider.create_vpc_link)
def create_vpc_link(fn, self, context, name, target_arns, description=None, tags=None, **kwargs):
    """LocalStack keeps the id alone."""
    created = fn(self, context, name, target_arns, **kwargs)
    link = provider.get_apigateway_store(context=context).vpc_links[created["id"]]
    link.update(name=name, targetArns=target_arns, description=description, tags=tags)
    return provider.VpcLink(**link)


@patch(provider.ApigatewayProvider.delete_vpc_link)
def delete_vpc_link(fn, self, context, vpc_link_id, **kwargs):
    """AWS deletes none that an integration uses: https://github.com/hashicorp/terraform-provider-aws/issues/12195."""
    for api in apigateway_backends[context.account_id][context.region].apis.values():
        for resource in api.resources.values():
            for method in resource.resource_methods.values():
                integration = method.method_integration
                if integration and integration.connection_id == vpc_link_id:
                    raise provider.BadRequestException(
                        f"Cannot delete vpc link. Vpc link '{vpc_link_id}', is referenced in "
                        f"[{method.http_method}:{resource.id}] in format of [Method:Resource]."
                    )
    fn(self, context, vpc_link_id, **kwargs)


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


@patch(provider.ApigatewayProvider.create_domain_name)
def create_domain_name(fn, self, context, domain_name, mutual_tls_authentication=None, tags=None, **kwargs):
    """LocalStack forgets who must have a certificate."""
    fn(self, context, domain_name, **kwargs)
    domain = provider.get_apigateway_store(context=context).domain_names[domain_name]
    domain["mutualTlsAuthentication"] = mutual_tls_authentication
    domain["tags"] = tags or {}
    return domain


@patch(provider.ApigatewayProvider.update_domain_name)
def update_domain_name(fn, self, context, domain_name, domain_name_id=None, patch_operations=None, **kwargs):
    """LocalStack has no updates of domains. The provider replaces the truststore in parts:
    https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateDomainName-Patch."""
    domain = provider.get_apigateway_store(context=context).domain_names[domain_name]
    for operation in patch_operations or []:
        _, member, field = operation["path"].split("/")
        domain[member] = {**(domain.get(member) or {}), field: operation["value"]}
    return domain


@patch(ApigatewayNextGenProvider.delete_deployment)
def delete_deployment(fn, self, context, rest_api_id, deployment_id, **kwargs):
    """AWS deletes none that a stage serves, in its canary either."""
    for stage in provider.get_moto_rest_api(context, rest_api_id).stages.values():
        canary = getattr(stage, "canary_settings", None) or {}
        if deployment_id in (stage.deployment_id, canary.get("deploymentId")):
            raise provider.BadRequestException("Active stages pointing to this deployment must be moved or deleted")
    fn(self, context, rest_api_id, deployment_id, **kwargs)


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


main()
