"""AWS publishes a model of each service, which botocore carries: SDKs leave most of what it says to AWS."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any

from botocore.model import Shape

from .registry import Refusal, refuses_requests
from .request import Request

# Services whose requests are checked, with the code of their validation errors.
CODES = {
    "apigateway": "BadRequestException",
    "apigatewayv2": "BadRequestException",
    "autoscaling": "ValidationError",
    "cloudfront": "InvalidArgument",
    "cloudtrail": "InvalidParameterException",
    "config": "ValidationException",
    "ec2": "InvalidParameterValue",
    "ecs": "InvalidParameterException",
    "elbv2": "ValidationError",
    "events": "ValidationException",
    "iam": "ValidationError",
    "logs": "InvalidParameterException",
    "s3": "MalformedXML",
    "secretsmanager": "InvalidParameterException",
    "sns": "InvalidParameter",
    "stepfunctions": "ValidationException",
    "wafv2": "WAFInvalidParameterException",
}

# Maps from which an empty value removes a key, whatever the model says of its length.
# Source: TestAccAPIGatewayV2Integration_dataMappingHTTP, which runs on AWS, in
# https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigatewayv2/integration_test.go
REMOVING = {("apigatewayv2", "UpdateIntegration"): "RequestParameters"}


@refuses_requests(
    sources=[
        "https://github.com/boto/botocore/tree/develop/botocore/data",
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Tag.html",
    ],
    guessed_message=True,
)
def request_matches_service_model(request: Request) -> None:
    """A request has the required members, and values with the lengths, ranges, patterns, and enums of the service's
    model. Keys of tags do not begin with `aws:`.

    Messages have the form of Elastic Load Balancing's; other services word theirs differently.
    """
    code = CODES.get(request.service)
    if code is None or request.operation.input_shape is None:
        return
    params = dict(request.params)
    removing = REMOVING.get((request.service, request.operation.name))
    if params.get(removing):
        params[removing] = {key: value for key, value in params[removing].items() if value != ""}
    found = list(_violations(request.operation.input_shape, params, ""))
    if found:
        plural = "s" if len(found) > 1 else ""
        raise Refusal(code, f"{len(found)} validation error{plural} detected: {'; '.join(found)}")


def _violations(shape: Shape, value: Any, path: str) -> Iterator[str]:
    if value is None:
        return
    kind = shape.type_name
    if kind == "structure" and isinstance(value, dict):
        yield from _violations_of_structure(shape, value, path)
    elif kind == "list" and isinstance(value, list):
        yield from _violations_of_size(shape, value, path, len(value), "length")
        for index, item in enumerate(value, 1):
            yield from _violations(shape.member, item, f"{path}.{index}.member")
    elif kind == "map" and isinstance(value, dict):
        for key, item in value.items():
            yield from _violations(shape.key, key, f"{path}.key")
            yield from _violations(shape.value, item, f"{path}.{key}.member")
    elif kind == "string" and isinstance(value, str):
        yield from _violations_of_string(shape, value, path)
    elif kind in ["integer", "long", "float", "double"] and isinstance(value, (int, float)):
        yield from _violations_of_size(shape, value, path, value, "value")


def _violations_of_structure(shape: Shape, value: dict[str, Any], path: str) -> Iterator[str]:
    for name, member in shape.members.items():
        member_path = f"{path}.{name}" if path else name
        if name in shape.required_members and value.get(name) is None:
            yield _violation("null", member_path, "Member must not be null", quote="")
        yield from _violations(member, value.get(name), member_path)
    key = value.get("Key") or value.get("key") or value.get("TagKey")
    if shape.name in ["Tag", "TagStructure"] and str(key).lower().startswith("aws:"):
        yield _violation(key, f"{path}.key", "aws: prefixed tag key names are not allowed for external use")


def _violations_of_string(shape: Shape, value: str, path: str) -> Iterator[str]:
    enum = getattr(shape, "enum", None)
    if enum and value not in enum:
        yield _violation(value, path, f"Member must satisfy enum value set: [{', '.join(enum)}]")
    yield from _violations_of_size(shape, value, path, len(value), "length")
    pattern = shape.metadata.get("pattern")
    expression = _compiled(pattern) if pattern else None
    if expression and not expression.fullmatch(value):
        yield _violation(value, path, f"Member must satisfy regular expression pattern: {pattern}")


def _violations_of_size(shape: Shape, value: Any, path: str, size: float, noun: str) -> Iterator[str]:
    low, high = _limits(shape)
    if low is not None and size < low:
        yield _violation(value, path, f"Member must have {noun} greater than or equal to {low}")
    if high is not None and size > high:
        yield _violation(value, path, f"Member must have {noun} less than or equal to {high}")


def _violation(value: Any, path: str, constraint: str, quote: str = "'") -> str:
    return f"Value {quote}{value}{quote} at '{path}' failed to satisfy constraint: {constraint}"


def _limits(shape: Shape) -> tuple[float | None, float | None]:
    # API Gateway's model has them in the names of its shapes.
    named = re.search(r"WithLengthBetween(\d+)And(\d+)$", shape.name)
    if named:
        return int(named[1]), int(named[2])
    return shape.metadata.get("min"), shape.metadata.get("max")


@cache
def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(re.sub(r"\\p\{(\w+)\}", lambda match: _characters_of(match[1]), pattern))
    except re.error:  # a construct of Java that Python does not have
        return None


@cache
def categories() -> list[tuple[str, int, int]]:
    """Unicode's general categories of all characters, in the order of the characters: (category, first, last)."""
    return [
        (category, codes[0], codes[-1])
        for category, group in groupby(range(sys.maxunicode + 1), lambda code: unicodedata.category(chr(code)))
        for codes in [list(group)]
    ]


@cache
def _characters_of(java_class: str) -> str:
    """The ranges of a class of characters in Java's regular expressions, such as `\\p{L}`, which Python's do not have."""
    if java_class == "ASCII":
        return r"\x00-\x7f"
    return "".join(
        f"\\U{first:08x}-\\U{last:08x}" for category, first, last in categories() if category.startswith(java_class)
    )
