"""Matches events by patterns, with LocalStack's engine. Of LocalStack, nothing else is needed, or there."""

import json
import sys
import types

errors = types.ModuleType("localstack.aws.api.events")
errors.InvalidEventPatternException = type("InvalidEventPatternException", (Exception,), {})
sys.modules["localstack.aws.api.events"] = errors

from localstack.services.events.event_rule_engine import EventPatternCompiler, EventRuleEngine  # noqa: E402

question = json.load(sys.stdin)
patterns = {name: EventPatternCompiler().compile_event_pattern(text) for name, text in question["patterns"].items()}
json.dump(
    [
        [name for name, pattern in patterns.items() if EventRuleEngine().evaluate_pattern_on_event(pattern, event)]
        for event in question["events"]
    ],
    sys.stdout,
)
