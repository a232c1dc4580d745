"""API Gateway: deployments of HTTP APIs and updates of their stages, which moto does not have."""

from datetime import UTC, datetime
from typing import Any

from moto.apigatewayv2.models import Stage
from moto.moto_api._internal import mock_random

from .apigatewayv2 import API, api_of
from .registry import Refusal, answers, answers_operation, refuses_operation
from .request import Request, capitalized, uncapitalized

DEPLOYMENTS = f"{API}/apis-apiid-deployments.html"
DEPLOYMENT = f"{API}/apis-apiid-deployments-deploymentid.html"
STAGE = f"{API}/apis-apiid-stages-stagename.html"

# By API and ID, as the API answers.
deployments: dict[tuple[str, str], dict[str, Any]] = {}


def _stage(request: Request) -> Stage:
    stage = api_of(request).stages.get(request.params["StageName"])
    if stage is None:
        raise Refusal("NotFoundException", "Invalid stage identifier specified")
    return stage


def _deployment(request: Request) -> dict[str, Any]:
    key = request.params["ApiId"], request.params["DeploymentId"]
    if key not in deployments:
        raise Refusal("NotFoundException", "Invalid deployment identifier specified")
    return deployments[key]


# How AWS answers.


@answers(Stage, "to_json", sources=[STAGE])
def stage_has_a_deployment(original, stage: Stage) -> dict[str, Any]:
    """A stage says which deployment it serves."""
    deployment_id = stage.config.get("deploymentId")
    return {**original(stage), **({"deploymentId": deployment_id} if deployment_id else {})}


@answers_operation("apigatewayv2", "CreateDeployment", sources=[DEPLOYMENTS])
def deployments_are_created(request: Request) -> dict[str, Any]:
    """CreateDeployment answers with a finished deployment, and lets the stage serve it that is named."""
    api_of(request)
    deployment = {
        "DeploymentId": mock_random.get_random_string(6, lower_case=True),
        "DeploymentStatus": "DEPLOYED",
        "AutoDeployed": False,
        "CreatedDate": datetime.now(UTC),
        "Description": request.params.get("Description"),
    }
    deployments[request.params["ApiId"], deployment["DeploymentId"]] = deployment
    if request.params.get("StageName"):
        _stage(request).config["deploymentId"] = deployment["DeploymentId"]
    return deployment


@answers_operation("apigatewayv2", "GetDeployment", sources=[DEPLOYMENT])
def deployments_are_read(request: Request) -> dict[str, Any]:
    """GetDeployment answers with a deployment that exists."""
    return _deployment(request)


@answers_operation("apigatewayv2", "DeleteDeployment", sources=[DEPLOYMENT])
def deployments_are_deleted(request: Request) -> dict[str, Any]:
    """DeleteDeployment deletes a deployment."""
    _deployment(request)
    del deployments[request.params["ApiId"], request.params["DeploymentId"]]
    return {}


@answers_operation("apigatewayv2", "UpdateStage", sources=[STAGE])
def stages_are_updated(request: Request) -> dict[str, Any]:
    """UpdateStage changes the settings that are sent, and no others."""
    stage = _stage(request)
    changed = {name: value for name, value in request.params.items() if name not in ["ApiId", "StageName"]}
    stage.config.update(uncapitalized(changed))
    stage.description = changed.get("Description", stage.description)
    answer = stage.to_json()
    return {name: value for name, value in capitalized(answer).items() if not name.endswith("Date")}


# What AWS refuses.


@refuses_operation(
    "apigatewayv2",
    "UpdateStage",
    sources=[
        STAGE,
        "https://github.com/aws-controllers-k8s/apigatewayv2-controller/pull/15",
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-stage.html",
    ],
    guessed_message=True,
)
def stage_with_automatic_deployment_takes_no_other(request: Request) -> None:
    """No deployment is set for a stage with automatic deployment."""
    if request.params.get("DeploymentId") and _stage(request).auto_deploy:
        raise Refusal("BadRequestException", "Deployment ID cannot be set on a stage with auto deploy.")


@refuses_operation(
    "apigatewayv2",
    "DeleteDeployment",
    sources=[DEPLOYMENT, "https://github.com/hashicorp/terraform-provider-aws/issues/19805"],
    guessed_message=True,
)
def deployment_of_a_stage_is_not_deleted(request: Request) -> None:
    """A deployment that a stage serves is not deleted. The source tells so of REST APIs."""
    stages = api_of(request).stages.values()
    if any(stage.config.get("deploymentId") == request.params["DeploymentId"] for stage in stages):
        raise Refusal("BadRequestException", "Active stages pointing to this deployment must be moved or deleted")
