/**
 * The fields of the contract that the module uses: whether all requests go through the node, the ports to admit, and the target
 * groups whose health a load balancer checks.
 */
import { ROUTING, VERSION } from "../../contract/routing";
import { hcl } from "../../synth/language/expression/expression";
import { example, map, object, optional, ReferenceTo } from "../../synth/variables/schema";
import { take } from "../parts/routing-input";

const { application, entry_points } = ROUTING.fields;

/** Maximum number of ports for a CIDR block: each port has ten of its hundred rule numbers. */
export const MAX_PORTS = 10;

/** The variable `routing`. Other fields of the output are ignored. */
export const routingSchema = example(
  object(
    "The output routing of a routing module in the same root module. Terraform derives the order of an apply from this reference: see the runbook.",
    {
      schema_version: optional(take(ROUTING.fields, "schema_version").schema_version, VERSION),
      ...take(ROUTING.fields, "vpc_id", "node_traffic_percent", "live_after_apply"),
      application: optional(object(application.description, take(application.fields, "ports", "target_group_arns"))),
      entry_points: map(entry_points.description, entry_points.elementName, object("An entry point.", {})),
    },
    {
      test: ({ vpc_id }) => hcl`${vpc_id} != null`,
      requirement:
        "have a vpc_id, which the output of api-gateway-rest does not have: use the output of the module nlb or alb behind it",
      refuses: [{ vpc_id: null }],
    },
    {
      test: ({ application: { ports } }) => hcl`try(length(${ports}) > 0, false)`,
      requirement: "have application.ports, to which the ACL admits the node: set application in the routing module",
      refuses: [{ application: null }, { application: { ports: null } }, { application: { ports: [] } }],
    },
    {
      test: ({ application: { ports } }) => hcl`try(length(${ports}) <= ${MAX_PORTS}, true)`,
      requirement: `have at most ${MAX_PORTS} application.ports, because a CIDR block has ten rule numbers for them`,
      refuses: [{ application: { ports: Array.from({ length: MAX_PORTS + 1 }, (_, index) => 8000 + index) } }],
      accepts: [{ application: { ports: Array.from({ length: MAX_PORTS }, (_, index) => 8000 + index) } }],
    },
    {
      test: ({ entry_points }) => hcl`length(${entry_points}) > 0`,
      requirement:
        "have entry_points, because the module cannot know when the owner of a listener or an API sends the requests to the node",
      refuses: [{ entry_points: {} }],
    },
    {
      test: ({ live_after_apply }) => live_after_apply,
      requirement:
        "be live when the apply ends, or the ACL would cut off requests that still go to the application: set wait_for_deployment = true in cloudfront, and let the API's module deploy the stage",
      refuses: [{ live_after_apply: false }],
    },
  ),
  { vpc_id: "vpc-0123456789abcdef0", application: { ports: [80] } },
);

export type Routing = ReferenceTo<typeof routingSchema>;
