/** The header by which the routes tell CloudFront's requests from others. */
import { dynamic } from "../../synth/language/expression/dynamic";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { bool, object, optional, ReferenceTo } from "../../synth/variables/schema";
import { blueGreenValuesSchema, DEFAULT_SECRET_HEADER, secretHeaderName } from "../parts/secret-header";

export const secretHeaderSchema = optional(
  object(
    "A header that CloudFront adds to its requests, and that the routes demand: a request without it is answered with 403. Each route then has a closing_priority. Its values are in secret_header_values. Null: no header is demanded.",
    {
      name: optional(secretHeaderName, DEFAULT_SECRET_HEADER),
      enforced: bool(
        "False adds the rules that answer 403 behind the routes, where no request reaches them. True makes the routes demand the header: set it when CloudFront sends it.",
      ),
    },
  ),
);

export const secretHeaderValuesSchema = optional(
  blueGreenValuesSchema(
    "The values of secret_header that are accepted: two while CloudFront changes from one to the other. They are in the state, and in the listener's rules.",
  ),
);

export type SecretHeader = ReferenceTo<typeof secretHeaderSchema>;
export type SecretHeaderValues = ReferenceTo<typeof secretHeaderValuesSchema>;

/**
 * How many values a route's own conditions may have. AWS allows five in a rule, and two are kept for the header even while
 * there is one: the other has to fit in when it is to be changed.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export const VALUES_BESIDE_SECRET_HEADER = 3;

/** The condition of a rule that demands the header, where it is enforced. */
export function secretHeaderCondition(header: SecretHeader, { blue, green }: SecretHeaderValues) {
  // Not over the values: they are sensitive, and a block must not depend on what is.
  return dynamic(hcl`[for header in ${header}[*] : header if header.enforced]`, {
    http_header: [
      {
        http_header_name: hcl`condition.value.name`,
        values: hcl`[for value in [${blue}, ${green}] : value if value != null]`,
      },
    ],
  });
}

/** What the header requires of the variable `routes`. */
export function routesWithSecretHeader(header: SecretHeader): Validation[] {
  // Those that leave requests without the header to what they stand before.
  const unclosed = hcl`[
    for key, route in var.routes : key
    if route.closing_priority == null && !anytrue([
      for other in var.routes : try(other.closing_priority < route.mirrors_priority, false)
      if other.catch_all && other.listener_arn == route.listener_arn
    ])
  ]`;
  return [
    {
      condition: hcl`${header} == null || length(var.routes) > 0`,
      errorMessage:
        "routes must not be empty with secret_header, which they demand. An owner who edits the listener with the output forward_action adds a condition to the rules himself.",
    },
    {
      condition: hcl`${header} == null || length(${unclosed}) == 0`,
      errorMessage:
        "routes need a closing_priority with secret_header: the rule or default action behind them would " +
        "answer the requests without it. A route that mirrors a rule needs none where a catch_all of its " +
        text`listener has one before that rule. Missing: ${hcl`join(", ", ${unclosed})`}.`,
    },
  ];
}
