"""Evaluates configuration items by a policy, with AWS's own evaluator."""

import json
import sys

from cfn_guard_rs import run_checks

question = json.load(sys.stdin)
json.dump([run_checks(item, question["policy"]).status for item in question["items"]], sys.stdout)
