/** The header that identifies CloudFront's requests. */
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
        "A header that CloudFront adds to its requests and that the routes require. The load balancer answers 403 to requests without it. Each route then needs a closing_priority. The values are in secret_header_values. Null: no header is required.",
        {
          name: optional(secretHeaderName, DEFAULT_SECRET_HEADER),
          enforced: bool(
            "False: adds the closing rules after the routes, where no request reaches them yet. True: the routes require the header. Set true when CloudFront sends it.",
          ),
        },
        {
          test: () => hcl`${values} != null`,
          requirement: "be set together with secret_header_values, or the routes would accept no request",
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
    "The accepted values of secret_header. Set both during a rotation. They are in the Terraform state and in the listener rules.",
  ),
);

export type SecretHeader = ReferenceTo<ReturnType<typeof secretHeaderSchema>>;
export type SecretHeaderValues = ReferenceTo<typeof secretHeaderValuesSchema>;

/**
 * Maximum number of values in a route's own conditions. AWS allows five in a rule. Two are reserved for the header, even if
 * it has one value, because a rotation needs both.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export const VALUES_BESIDE_SECRET_HEADER = 3;

/** The condition on the header, if it is enforced. */
export function secretHeaderCondition(header: SecretHeader, { blue, green }: SecretHeaderValues) {
  // Not over the values: they are sensitive, and a dynamic block does not accept sensitive values.
  return dynamic(hcl`[for header in ${header}[*] : header if header.enforced]`, {
    http_header: [
      {
        http_header_name: hcl`condition.value.name`,
        values: hcl`[for value in [${blue}, ${green}] : value if value != null]`,
      },
    ],
  });
}

/** The rules of the variable `routes` with the header. */
export function routesWithSecretHeader(header: SecretHeader): Rule<IResolvable>[] {
  // Routes that leave requests without the header to the rules after them.
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
      requirement: "not be empty if secret_header is set",
      refuses: [given(withHeader, {})],
    },
    {
      test: (routes) => hcl`${header} == null || length(${unclosed(routes)}) == 0`,
      requirement:
        "have a closing_priority if secret_header is set, or a catch_all on the same listener must have one before the rule that they mirror",
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
