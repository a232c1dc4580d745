"""Stands in front of moto's server: checks each request, and answers what moto does not know."""

import json
from io import BytesIO

from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from werkzeug.wrappers import Request as HttpRequest
from werkzeug.wrappers import Response as HttpResponse

from . import copies, faults, registry, shared_subnets, stored_answers
from .request import read

# What tests ask of the layer besides `registry.PAGES`.
ANSWERS_PATH = "/strict/answers"
TIME_PATH = "/strict/time"
FAULTS_PATH = "/strict/faults"
SHARES_PATH = "/strict/shares"
COPY_PATH = "/strict/copy"


def put_in_front_of_moto() -> None:
    moto = DomainDispatcherApplication.__call__

    def call(application, environ, start_response):
        reply = _reply(application, environ)
        return reply(environ, start_response) if reply else moto(application, environ, start_response)

    DomainDispatcherApplication.__call__ = call


def _reply(application, environ) -> HttpResponse | None:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    try:
        environ["wsgi.input"] = BytesIO(body)
        http = HttpRequest(environ)
        return _own_reply(application, http, body) if http.path.startswith("/strict/") else _reply_of_service(http)
    finally:
        environ["wsgi.input"] = BytesIO(body)  # for moto


def _own_reply(application, http: HttpRequest, body: bytes) -> HttpResponse:
    if http.path in registry.PAGES:
        return HttpResponse(json.dumps(registry.PAGES[http.path]()), mimetype="application/json")
    if http.path == ANSWERS_PATH and http.method == "PUT":
        return HttpResponse(status=204 if stored_answers.fill(json.loads(body)) else 404)
    if http.path == TIME_PATH and http.method == "POST":
        for routine in registry.routines:
            routine()
        return HttpResponse(status=204)
    if http.path == FAULTS_PATH and http.method == "POST":
        faults.refuse_next(**json.loads(body))
        return HttpResponse(status=204)
    if http.path == SHARES_PATH and http.method == "POST":
        shared_subnets.share(**json.loads(body))
        return HttpResponse(status=204)
    if http.path == COPY_PATH and http.method == "POST":
        return HttpResponse(json.dumps(copies.copy_server(application)), mimetype="application/json")
    if http.path == COPY_PATH and http.method == "DELETE":
        copies.end_server()
    return HttpResponse(status=404)


def _reply_of_service(http: HttpRequest) -> HttpResponse | None:
    request = read(http)
    if request is None:
        return None
    try:
        faults.check(request)
        for check in registry.checks:
            registry.noting_refusals(check, request)
        answer = registry.operations.get((request.service, request.operation.name), lambda _: None)(request)
    except registry.Refusal as refusal:
        return request.reply(refusal)
    return None if answer is None else request.reply(answer)
