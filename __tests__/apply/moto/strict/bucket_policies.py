"""What the policy of a bucket lets a service of AWS do."""

import json
from typing import Any

from moto.s3.models import s3_backends


def allowed_actions(account: str, partition: str, bucket_name: str, service: str) -> set[str] | None:
    """Of a service, such as cloudtrail.amazonaws.com. None where the account has no such bucket."""
    bucket = s3_backends[account][partition].buckets.get(bucket_name)
    if bucket is None:
        return None
    return {action for statement in statements_of(bucket.policy) for action in _actions_for(service, statement)}


def statements_of(policy: str | bytes | None) -> list[dict[str, Any]]:
    """The statements of a policy, which can be one."""
    statements = json.loads(policy).get("Statement", []) if policy else []
    return statements if isinstance(statements, list) else [statements]


def actions_of(statement: dict[str, Any]) -> list[str]:
    """What a statement allows. Nothing if it denies."""
    actions = statement.get("Action") or []
    if statement.get("Effect") != "Allow":
        return []
    return [actions] if isinstance(actions, str) else actions


def _actions_for(service: str, statement: dict[str, Any]) -> list[str]:
    principal = statement.get("Principal")
    services = principal.get("Service") if isinstance(principal, dict) else None
    return actions_of(statement) if service in (services or "") else []
