/** The header by which the routes tell CloudFront's requests from others. */
import { IResolvable } from "cdktf";
import { dynamic } from "../../synth/language/expression/dynamic";
import { hcl } from "../../synth/language/expression/expression";
import { bool, example, given, like, object, optional, ReferenceTo, Rule } from "../../synth/variables/schema";
import { blueGreenValuesSchema, DEFAULT_SECRET_HEADER, secretHeaderName } from "../parts/secret-header";
import { routeSchema } from "./route-schema";

/** @param values secret_header_values */
export function secretHeaderSchema(values: SecretHeaderValues) {
  return optional(
    example(
      object(
        "A header that CloudFront adds to its requests, and that the routes demand: a request without it is answered with 403. Each route then has a closing_priority. Its values are in secret_header_values. Null: no header is demanded.",
        {
          name: optional(secretHeaderName, DEFAULT_SECRET_HEADER),
          enforced: bool(
            "False adds the rules that answer 403 behind the routes, where no request reaches them. True makes the routes demand the header: set it when CloudFront sends it.",
          ),
        },
        {
          test: () => hcl`${values} != null`,
          requirement: "be given with secret_header_values: without them, the routes would accept no request",
          refuses: [given({ secret_header_values: null }, {})],
        },
      ),
      given({ secret_header_values: VALUES, routes: { example: like(routeSchema, { closing_priority: 11 }) } }, {}),
    ),
  );
}

const VALUES = { blue: "00000000000000000000000000000001" };

export const secretHeaderValuesSchema = optional(
  blueGreenValuesSchema(
    "The values of secret_header that are accepted: two while CloudFront changes from one to the other. They are in the state, and in the listener's rules.",
  ),
);

export type SecretHeader = ReferenceTo<ReturnType<typeof secretHeaderSchema>>;
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
export function routesWithSecretHeader(header: SecretHeader): Rule<IResolvable>[] {
  // Those that leave requests without the header to what they stand before.
  const unclosed = (routes: IResolvable) => hcl`[
    for key, route in ${routes} : key
    if route.closing_priority == null && !anytrue([
      for other in ${routes} : try(other.closing_priority < route.mirrors_priority, false)
      if other.catch_all && other.listener_arn == route.listener_arn
    ])
  ]`;
  const withHeader = { secret_header: { enforced: true }, secret_header_values: VALUES };
  return [
    {
      test: (routes) => hcl`${header} == null || length(${routes}) > 0`,
      requirement: "not be empty with secret_header, which they demand",
      refuses: [given(withHeader, {})],
    },
    {
      test: (routes) => hcl`${header} == null || length(${unclosed(routes)}) == 0`,
      requirement:
        "have a closing_priority with secret_header, or a catch_all of the listener that has one before the rule that they mirror",
      offending: unclosed,
      refuses: [
        given(withHeader, { example: routeSchema.example }),
        given(withHeader, {
          a: like(routeSchema, { conditions: [], mirrors_priority: 20 }),
          b: like(routeSchema, { priority: 21, conditions: [], catch_all: true, closing_priority: 22 }),
        }),
      ],
      accepts: [
        given(withHeader, {
          a: like(routeSchema, { conditions: [], mirrors_priority: 20 }),
          b: like(routeSchema, { priority: 11, conditions: [], catch_all: true, closing_priority: 12 }),
        }),
      ],
    },
  ];
}
