"""API Gateway: REST APIs, which LocalStack has."""

from localstack.services.apigateway.models import ApiGatewayStore, apigateway_stores
from localstack.services.apigateway.next_gen.execute_api.gateway import RestApiGateway
from moto.apigateway.models import APIGatewayBackend, apigateway_backends

from .custom_domains import GUIDE
from .registry import Refusal, answers, refuses_operation
from .request import Request

API = "https://docs.aws.amazon.com/apigateway/latest/api"
PROVIDER_ISSUE = "https://github.com/hashicorp/terraform-provider-aws/issues"


def store_of(request: Request) -> ApiGatewayStore:
    """Of LocalStack: domains and mappings."""
    return apigateway_stores[request.account][request.region]


def backend_of(request: Request) -> APIGatewayBackend:
    """Of LocalStack's moto: APIs and their stages."""
    return apigateway_backends[request.account][request.region]


@answers(
    RestApiGateway,
    "process_with_context",
    sources=[f"{GUIDE}/rest-api-disable-default-endpoint.html", f"{GUIDE}/how-to-custom-domains.html"],
)
def disabled_endpoint_is_forbidden(original, gateway, context, response) -> None:
    """The default endpoint answers 403 if it was disabled when the API was deployed."""
    if context.deployment.rest_api.rest_api.get("disableExecuteApiEndpoint"):
        response.status_code = 403
        response.set_json({"message": "Forbidden"})
    else:
        original(gateway, context, response)


@refuses_operation("apigateway", "DeleteVpcLink", sources=[f"{PROVIDER_ISSUE}/12195"])
def vpc_link_of_an_integration_is_not_deleted(request: Request) -> None:
    """A VPC link is not deleted while an integration uses it."""
    link = request.params["vpcLinkId"]
    for api in backend_of(request).apis.values():
        for resource in api.resources.values():
            for method in resource.resource_methods.values():
                integration = method.method_integration
                if integration and integration.connection_id == link:
                    raise Refusal(
                        "BadRequestException",
                        f"Cannot delete vpc link. Vpc link '{link}', is referenced in "
                        f"[{method.http_method}:{resource.id}] in format of [Method:Resource].",
                    )


@refuses_operation("apigateway", "DeleteDeployment", sources=[f"{PROVIDER_ISSUE}/19805"])
def deployment_of_a_stage_is_not_deleted(request: Request) -> None:
    """A deployment that a stage serves, in its canary too, is not deleted."""
    api = backend_of(request).apis.get(request.params["restApiId"])
    for stage in api.stages.values() if api else []:
        canary = getattr(stage, "canary_settings", None) or {}
        if request.params["deploymentId"] in (stage.deployment_id, canary.get("deploymentId")):
            raise Refusal("BadRequestException", "Active stages pointing to this deployment must be moved or deleted")


def _domains_of(request: Request, stage: str | None = None) -> str:
    """The domains that lead to an API, or to one stage of it."""
    return ", ".join(
        domain
        for domain, mappings in store_of(request).base_path_mappings.items()
        for mapping in mappings
        if mapping["restApiId"] == request.params["restApiId"] and stage in (None, mapping["stage"])
    )


@refuses_operation(
    "apigateway",
    "DeleteRestApi",
    sources=["https://github.com/serverless/serverless/issues/3638", "https://github.com/glomex/gcdt/issues/373"],
)
def api_of_a_mapping_is_not_deleted(request: Request) -> None:
    """An API to which a domain leads is not deleted."""
    if domains := _domains_of(request):
        raise Refusal(
            "BadRequestException",
            f"Deleting RestApi {request.params['restApiId']} failed. Please remove all base path mappings related to the "
            f"RestApi in your domains: {domains}.",
        )


@refuses_operation("apigateway", "DeleteStage", sources=[f"{PROVIDER_ISSUE}/41651"])
def stage_of_a_mapping_is_not_deleted(request: Request) -> None:
    """A stage to which a domain leads is not deleted."""
    stage = request.params["stageName"]
    if domains := _domains_of(request, stage):
        raise Refusal(
            "BadRequestException",
            f"Deleting stage {stage} failed. Please remove all base path mappings related to the stage in your domains: "
            f"{domains}.",
        )
