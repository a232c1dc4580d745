"""Calls that a test has refused, as if somebody had changed the permissions in the middle of an apply."""

from .registry import Refusal
from .request import Request

# By service and operation, as in botocore: how many calls still go through before one is refused.
_refused: dict[tuple[str, str], int] = {}


def refuse_next(service: str, operation: str, after: int = 0) -> None:
    _refused[service, operation] = after


def check(request: Request) -> None:
    key = request.service, request.operation.name
    if key not in _refused:
        return
    _refused[key] -= 1
    if _refused[key] < 0:
        del _refused[key]
        raise Refusal("AccessDenied", f"A test refuses this call of {request.operation.name}.")
