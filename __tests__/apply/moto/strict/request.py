"""A request as the service's model describes it."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from botocore.model import OperationModel
from moto.core.responses import ActionResult, BaseResponse
from moto.core.utils import get_service_model
from werkzeug.wrappers import Request as HttpRequest
from werkzeug.wrappers import Response as HttpResponse

# Services by the names in signatures, where these differ from botocore's.
SERVICES = {
    "cloudcontrolapi": "cloudcontrol",
    "elasticloadbalancing": "elbv2",
    "monitoring": "cloudwatch",
    "states": "stepfunctions",
}


@dataclass(frozen=True)
class Request:
    service: str
    operation: OperationModel
    params: dict[str, Any]
    account: str
    region: str


@dataclass(frozen=True)
class MotoRequest(Request):
    response: BaseResponse

    def reply(self, result: object) -> HttpResponse:
        """The members of the operation's output, or an error, in the service's protocol."""
        status, headers, body = self.response.serialized(ActionResult(result))
        return HttpResponse(body, status, headers)


class _AnyResponse(BaseResponse):
    """Reads and writes by the model, whatever moto knows of the service."""

    def __init__(self, service: str) -> None:
        super().__init__(service)
        self.automated_parameter_parsing = True

    def _get_action(self) -> str:
        if self.service_name == "s3":
            return self._get_action_of_s3()
        if self.service_name != "cloudfront":
            return super()._get_action()
        # Operations of one path differ in its query.
        action = super()._get_action()
        if action == "CreateDistribution" and "WithTags" in self.querystring:
            return "CreateDistributionWithTags"
        return {"Tag": "TagResource", "Untag": "UntagResource"}.get(self.querystring.get("Operation", [""])[0], action)

    def _get_action_of_s3(self) -> str:
        self.uri_match = re.fullmatch("/(?P<Bucket>[^/]+)/?", self.raw_path)
        uris = ["/{Bucket}?" + key for key in self.querystring] + ["/{Bucket}"]
        operations = _operations_on_buckets()
        return next(operations[self.method, uri] for uri in uris if self.uri_match and (self.method, uri) in operations)


@cache
def _operations_on_buckets() -> dict[tuple[str, str], str]:
    """By method and URI, such as PUT and `/{Bucket}?versioning`. Requests for objects are read by moto alone."""
    model = get_service_model("s3")
    operations = map(model.operation_model, model.operation_names)
    return {
        (each.http["method"], each.http["requestUri"]): each.name
        for each in operations
        if not each.deprecated and re.fullmatch(r"/\{Bucket\}(\?[\w-]+)?", each.http["requestUri"])
    }


def read(http: HttpRequest) -> MotoRequest | None:
    """None where no model describes the request: moto knows what to say of it."""
    scope = re.search(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/", http.headers.get("Authorization", ""))
    if scope is None:
        return None
    service = SERVICES.get(scope[1], scope[1])
    if service == "apigateway" and http.path.startswith("/v2/"):
        service = "apigatewayv2"
    response = _AnyResponse(service)
    try:
        response.setup_class(http, http.url, http.headers)
        operation = get_service_model(service).operation_model(response._get_action())
        account, region = response.current_account, response.region
        return MotoRequest(service, operation, response.params, account, region, response)
    except Exception:  # another service, an unknown operation, or a body that is not of its protocol
        return None


def capitalized(members: dict[str, Any]) -> dict[str, Any]:
    """Of an answer as moto writes it: the names of its members as in the service's model."""
    return {f"{name[0].upper()}{name[1:]}": value for name, value in members.items()}


def uncapitalized(members: dict[str, Any]) -> dict[str, Any]:
    return {f"{name[0].lower()}{name[1:]}": value for name, value in members.items()}
