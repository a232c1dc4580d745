"""Stands in front of LocalStack: checks each request, and tells of the rules as the gateway of moto's server does."""

import json

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.handlers import serve_custom_service_request_handlers
from localstack.services.edge import ROUTER
from werkzeug.wrappers import Response

from . import registry
from .request import Request


def put_in_front_of_localstack() -> None:
    for path in registry.PAGES:
        ROUTER.add(path, _page)
    serve_custom_service_request_handlers.append(_check)


def _page(http) -> Response:
    return Response(json.dumps(registry.PAGES[http.path]()), mimetype="application/json")


def _check(chain, context: RequestContext, response) -> None:
    service, operation = context.service, context.operation
    request = Request(service.service_name, operation, context.service_request, context.account_id, context.region)
    try:
        for check in registry.checks:
            registry.noting_refusals(check, request)
    except registry.Refusal as refusal:
        error = service.shape_for_error_code(refusal.code).metadata["error"]
        raise CommonServiceException(refusal.code, refusal.message, status_code=error["httpStatusCode"]) from refusal
