"""What moto lacks, and the modules or commands read: each operation answers with what a test has put there, and with
nothing until then."""

from typing import Any

from .registry import Refusal, stores_answers
from .request import Request

CLOUDFRONT = "https://docs.aws.amazon.com/cloudfront/latest/APIReference"
EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference"

EMPTY_LIST = {"MaxItems": 100, "Quantity": 0}

# Service, operation, what it answers until a test fills it in (or the code of its error), and its page.
OPERATIONS: list[tuple[str, str, dict[str, Any] | str, str]] = [
    ("cloudfront", "ListFunctions", {"FunctionList": EMPTY_LIST}, f"{CLOUDFRONT}/API_ListFunctions.html"),
    ("cloudfront", "DescribeFunction", "NoSuchFunctionExists", f"{CLOUDFRONT}/API_DescribeFunction.html"),
    ("cloudfront", "GetFunction", "NoSuchFunctionExists", f"{CLOUDFRONT}/API_GetFunction.html"),
    (
        "cloudfront",
        "ListContinuousDeploymentPolicies",
        {"ContinuousDeploymentPolicyList": EMPTY_LIST},
        f"{CLOUDFRONT}/API_ListContinuousDeploymentPolicies.html",
    ),
    (
        "cloudfront",
        "GetContinuousDeploymentPolicy",
        "NoSuchContinuousDeploymentPolicy",
        f"{CLOUDFRONT}/API_GetContinuousDeploymentPolicy.html",
    ),
    ("ec2", "DescribeClientVpnEndpoints", {"ClientVpnEndpoints": []}, f"{EC2}/API_DescribeClientVpnEndpoints.html"),
    (
        "ec2",
        "DescribeClientVpnTargetNetworks",
        {"ClientVpnTargetNetworks": []},
        f"{EC2}/API_DescribeClientVpnTargetNetworks.html",
    ),
    (
        "ec2",
        "DescribeInstanceConnectEndpoints",
        {"InstanceConnectEndpoints": []},
        f"{EC2}/API_DescribeInstanceConnectEndpoints.html",
    ),
]

# By service and operation: parameters that a request must have, and the answer to it.
stored: dict[tuple[str, str], list[tuple[dict[str, Any], dict[str, Any]]]] = {}


def fill(entry: dict[str, Any]) -> bool:
    """Of {service, operation, answer, when}, where `when` holds parameters of the request. False for another
    operation."""
    key = entry["service"], entry["operation"]
    if key not in [operation[:2] for operation in OPERATIONS]:
        return False
    when = entry.get("when") or {}
    stored[key] = [(when, entry["answer"]), *(other for other in stored.get(key, []) if other[0] != when)]
    return True


def _answer(request: Request, empty: dict[str, Any] | str) -> dict[str, Any]:
    for when, answer in stored.get((request.service, request.operation.name), []):
        if when.items() <= request.params.items():
            return answer
    if isinstance(empty, str):
        raise Refusal(empty, "The resource does not exist.")
    return empty


def _declare() -> None:
    for service, name, empty, source in OPERATIONS:
        summary = f"Until then, the error {empty}." if isinstance(empty, str) else "Until then, an empty list."
        stores_answers(service, name, lambda request, empty=empty: _answer(request, empty), summary, source)


_declare()
