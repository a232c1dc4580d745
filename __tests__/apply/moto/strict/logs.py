"""CloudWatch Logs: query definitions, which moto does not have."""

from typing import Any
from uuid import uuid4

from .registry import Refusal, answers_operation
from .request import Request

API = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference"

# By account, Region, and ID.
definitions: dict[tuple[str, str, str], dict[str, Any]] = {}


@answers_operation("logs", "PutQueryDefinition", sources=[f"{API}/API_PutQueryDefinition.html"])
def query_definition_is_kept(request: Request) -> dict[str, Any]:
    """PutQueryDefinition creates a query definition, or replaces the one with the same ID."""
    id = request.params.get("queryDefinitionId") or str(uuid4())
    definitions[request.account, request.region, id] = {**request.params, "queryDefinitionId": id}
    return {"queryDefinitionId": id}


@answers_operation("logs", "DescribeQueryDefinitions", sources=[f"{API}/API_DescribeQueryDefinitions.html"])
def query_definitions_are_described(request: Request) -> dict[str, Any]:
    """DescribeQueryDefinitions answers with the query definitions whose names begin as asked."""
    prefix = request.params.get("queryDefinitionNamePrefix") or ""
    scope = (request.account, request.region)
    found = [each for key, each in definitions.items() if key[:2] == scope and each["name"].startswith(prefix)]
    return {"queryDefinitions": found}


@answers_operation("logs", "DeleteQueryDefinition", sources=[f"{API}/API_DeleteQueryDefinition.html"])
def query_definition_is_deleted(request: Request) -> dict[str, Any]:
    """DeleteQueryDefinition deletes a query definition."""
    key = request.account, request.region, request.params["queryDefinitionId"]
    if definitions.pop(key, None) is None:
        raise Refusal("ResourceNotFoundException", "The specified query definition does not exist.")
    return {"success": True}
