"""A request that an SDK repeats, because the answer was lost, gets that answer.

An SDK repeats a request if the connection closes before the answer comes. Where moto had carried it out, the second one was
refused as a duplicate: a test failed, and the reason was not in what it tests.
"""

from collections import OrderedDict

from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from werkzeug.wrappers import Response

# Answers that are kept.
KEPT = 1000

# By the ID that an SDK gives all attempts of a call.
answers: OrderedDict[str, Response] = OrderedDict()


def remember_answers() -> None:
    original = DomainDispatcherApplication.__call__

    def call(application, environ, start_response):
        invocation = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        if invocation is None:
            return original(application, environ, start_response)
        answer = answers.get(invocation)
        if answer is None:
            answer = Response.from_app(
                lambda environ, start_response: original(application, environ, start_response), environ, buffered=True
            )
            # A call that was refused is tried anew: it may have been throttled.
            if answer.status_code < 300:
                answers[invocation] = answer
                if len(answers) > KEPT:
                    answers.popitem(last=False)
        return answer(environ, start_response)

    DomainDispatcherApplication.__call__ = call
