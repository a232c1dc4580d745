"""Step Functions: what the provider asks of a state machine, and moto does not have."""

import json
from typing import Any

from .registry import answers_operation
from .request import Request

API = "https://docs.aws.amazon.com/step-functions/latest/apireference"


@answers_operation("stepfunctions", "ListStateMachineVersions", sources=[f"{API}/API_ListStateMachineVersions.html"])
def state_machine_has_no_versions(request: Request) -> dict[str, Any]:
    """A state machine of which no version was published has none."""
    return {"stateMachineVersions": []}


@answers_operation(
    "stepfunctions", "ValidateStateMachineDefinition", sources=[f"{API}/API_ValidateStateMachineDefinition.html"]
)
def definition_is_validated(request: Request) -> dict[str, Any]:
    """A definition that is JSON, and names its first state among its states, is valid. AWS looks further."""
    try:
        definition = json.loads(request.params["definition"])
        valid = definition["StartAt"] in definition["States"]
    except (ValueError, KeyError, TypeError):
        valid = False
    fault = {"severity": "ERROR", "code": "SCHEMA_VALIDATION_FAILED", "message": "The definition is not valid"}
    return {"result": "OK" if valid else "FAIL", "diagnostics": [] if valid else [fault], "truncated": False}
