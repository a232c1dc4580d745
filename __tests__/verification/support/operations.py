"""The calls that no service model has. CloudTrail names an event after the operation."""

import json
import sys

from botocore.session import get_session

# By the sources of events, where these differ from the names of models. Some have several.
MODELS = {"elasticloadbalancing": ["elbv2", "elb"], "apigateway": ["apigateway", "apigatewayv2"]}

session = get_session()
unknown = []
for calls in json.load(sys.stdin):
    service = calls["source"].removeprefix("aws.")
    models = [session.get_service_model(name) for name in MODELS.get(service, [service])]
    known = {operation for model in models for operation in model.operation_names}
    unknown += [f"{service}:{name}" for name in calls["names"] if name not in known]
json.dump(unknown, sys.stdout)
