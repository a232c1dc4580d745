/** The conditions of a listener rule, from the caller or from the rule that a route mirrors. */
import { dynamic } from "../../../synth/language/expression/dynamic";
import { hcl } from "../../../synth/language/expression/expression";

/** The kinds of conditions that another load balancer behind the node can have. */
const BEHIND_NODE = ["host_header", "http_header", "http_request_method", "path_pattern", "query_string"] as const;

/** Every kind of condition that provider 5.100 knows. */
const KINDS = [...BEHIND_NODE, "source_ip"] as const;

/** A condition sets one kind and leaves the others null. */
export const NO_CONDITION = `{ ${KINDS.map((kind) => `${kind} = null`).join(", ")} }`;

/** The blocks of a condition: of the kinds, the one that is not null. */
export const CONDITION = blocks(KINDS);

export const CONDITION_BEHIND_NODE = blocks(BEHIND_NODE);

function blocks(kinds: readonly string[]) {
  return {
    ...Object.fromEntries(
      kinds.map((kind) => [kind, dynamic(hcl`condition.value.${kind}[*]`, { values: hcl`${kind}.value.values` })]),
    ),
    http_header: dynamic(hcl`condition.value.http_header[*]`, {
      http_header_name: hcl`http_header.value.http_header_name`,
      values: hcl`http_header.value.values`,
    }),
    query_string: dynamic(hcl`flatten(condition.value.query_string[*].values)`, {
      key: hcl`query_string.value.key`,
      value: hcl`query_string.value.value`,
    }),
  };
}
