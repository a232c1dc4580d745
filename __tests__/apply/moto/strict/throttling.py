"""The rate at which AWS takes requests."""

import os
import time

from .registry import Refusal, refuses_requests
from .request import Request

CAPACITY = 40
TOKENS_PER_SECOND = 10

buckets: dict[tuple[str, str], tuple[float, float]] = {}


@refuses_requests(
    sources=["https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html"],
)
def elbv2_reads_are_throttled(request: Request) -> None:
    """Elastic Load Balancing has 40 tokens for reads in an account and Region, and 10 come back each second. Off,
    because it slows every suite, unless the server's environment has `THROTTLE=1`."""
    if os.environ.get("THROTTLE") != "1" or request.service != "elbv2":
        return
    if not request.operation.name.startswith("Describe"):
        return
    now = time.monotonic()
    tokens, then = buckets.get((request.account, request.region), (CAPACITY, now))
    tokens = min(CAPACITY, tokens + (now - then) * TOKENS_PER_SECOND)
    buckets[request.account, request.region] = max(tokens - 1, 0) if tokens >= 1 else tokens, now
    if tokens < 1:
        raise Refusal("ThrottlingException", "Rate exceeded")
