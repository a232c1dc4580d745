/**
 * The API calls that can open a path around the node, as event patterns.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { ApiCallPatternsProps, callsLocal } from "./api-calls/calls";
import { edgeCalls } from "./api-calls/edge";
import { loadBalancerCalls } from "./api-calls/load-balancers";
import { networkCalls } from "./api-calls/network";

export interface ApiCallPatternsScopes {
  readonly patterns: Construct;
  readonly network: Construct;
  readonly loadBalancers: Construct;
  readonly edge: Construct;
}

/** The patterns, by kind of call. The kinds are known at plan, whatever is known of the resources. */
export function apiCallPatterns(scopes: ApiCallPatternsScopes, props: ApiCallPatternsProps): IResolvable {
  const network = callsLocal(scopes.network, "network_calls", networkCalls(scopes.network, props));
  const loadBalancers = callsLocal(
    scopes.loadBalancers,
    "load_balancer_calls",
    loadBalancerCalls(scopes.loadBalancers, props),
  );
  const edge = callsLocal(scopes.edge, "edge_calls", edgeCalls(scopes.edge, props));
  return local(
    scopes.patterns,
    "api_calls",
    hcl`{
      for kind, calls in merge(${network}, ${loadBalancers}, ${edge}) : kind => jsonencode({
        source        = [calls.source]
        "detail-type" = ["AWS API Call via CloudTrail"]
        detail = merge(
          { eventName = calls.names, errorCode = [{ exists = false }] },
          { for name, filters in { requestParameters = try(calls.parameters, {}) } : name => filters if length(filters) > 0 },
          try(calls.detail, {})
        )
      }) if try(calls.enabled, true) && !contains(try(${props.apiCallAlerts.excluded_kinds}, []), kind)
    }`,
    "Successful calls that can open a path around the node, as event patterns. A filter by resource also accepts calls that do not name the resource: it can cause an extra alert, but it hides no call to a monitored resource.",
  );
}
