/** Routes of a load balancer: the conditions of a listener rule, as the caller writes them. */
import { IResolvable } from "cdktf";
import { hcl } from "../../../synth/language/expression/expression";
import { characters, everyKey, matches, notEmpty, wholeNumber } from "../../../synth/variables/rules";
import {
  example,
  like,
  list,
  object,
  optional,
  Optional,
  Rule,
  Schema,
  string,
  Value,
} from "../../../synth/variables/schema";
import { tagCharacters } from "../common-variables";
import { cidrBlock } from "../identifiers";

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html */
export const priority = wholeNumber(1, 50000);

/**
 * Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, and for the
 * number of values and wildcards https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const pattern = string(
  "Value.",
  matches(/^[ -~]{1,128}$/, "have 1 to 128 printable ASCII characters, with * and ? as wildcards", {
    accepts: ["shop", "~", "0".repeat(128)],
    refuses: ["", "münchen.example", "0".repeat(129)],
  }),
);

/**
 * Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HostHeaderConditionConfig.html; for
 * wildcards after the last dot, https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/987; without a dot,
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2561; for ports,
 * https://github.com/hashicorp/terraform-provider-aws/issues/49147
 */
const host = string(
  "Value.",
  matches(
    /^[0-9A-Za-z.*?-]*[.][A-Za-z*?-]+$/,
    "be a host name with a dot, of letters, digits, hyphens, and the wildcards * and ?, without a port, and without digits after the last dot",
    {
      accepts: ["shop.example.com", "*.example.com", "api-*.*", "xn--mnchen-3ya.example"],
      refuses: [
        ...(["shop", "shop.example.com:8443", "10.0.1.10", "shop_1.example.com", "münchen.example", "*"] as const),
        "example.com.",
      ],
    },
  ),
  atMost128(".com"),
);

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html */
const pathPattern = string(
  "Value.",
  matches(
    /^[0-9A-Za-z_.$\/~"'@:+&*?-]+$/,
    "have letters, digits, characters of _ - . $ / ~ \" ' @ : + &, and the wildcards * and ?",
    { accepts: ["/api/*", "/~\"'@:+&$_.-?"], refuses: ["/a b", "/a,b", "/a%20b", "/a;b", "/a=b", "/käse", ""] },
  ),
  atMost128("/"),
);
const method = string(
  "Value.",
  matches(/^[A-Z_-]{1,40}$/, "be a method in uppercase, such as GET", {
    accepts: ["GET", "M".repeat(40)],
    refuses: ["post", "", "M".repeat(41)],
  }),
);
const parameter = object("A parameter.", {
  key: optional({ ...pattern, description: "Name. Null: any name." }),
  value: pattern,
});
const headerName = string(
  "Name.",
  matches(/^[0-9A-Za-z!#$%&'*+.^_`|~-]{1,40}$/, "be a header name of 1 to 40 characters", {
    accepts: ["X-Api", "x".repeat(40)],
    refuses: ["X Api", "", "x".repeat(41)],
  }),
  {
    test: (name) => hcl`lower(${name}) != "host"`,
    requirement: "not be Host: use host_header",
    refuses: ["HOST", "host"],
  },
);

/**
 * Shaped as the `condition` block of aws_lb_listener_rule, and as its data source reads it.
 * @param sourceIp the field for source addresses
 * @param kinds those that a condition can have, besides path_pattern
 */
function conditionSchemaWith(
  sourceIp: Optional<IResolvable>,
  kinds: readonly string[],
  ...rules: Rule<{ readonly source_ip: IResolvable }>[]
) {
  return example(
    object(
      "A condition of one kind.",
      {
        host_header: optional(object("Host names.", { values: values(host) })),
        http_header: optional(object("A header.", { http_header_name: headerName, values: values(pattern) })),
        http_request_method: optional(object("Methods.", { values: values(method) })),
        path_pattern: optional(object("Paths, without the query.", { values: values(pathPattern) })),
        query_string: optional(object("Query parameters.", { values: values(parameter) })),
        source_ip: sourceIp,
      },
      {
        test: (kinds) => hcl`length([for kind in values(${kinds}) : kind if kind != null]) == 1`,
        requirement: "have exactly one kind: to require several, add several conditions",
        refuses: [{ host_header: { values: ["shop.example.com"] } }, { path_pattern: null }],
      },
      ...rules,
    ),
    { path_pattern: { values: ["/api/*"] } },
    Object.fromEntries(kinds.map((kind) => [kind, { path_pattern: null }])),
  );
}

const KINDS_BEHIND_NODE = ["host_header", "http_header", "http_request_method", "query_string"];

export const conditionSchema = conditionSchemaWith(
  optional(object("Source addresses of the connection.", { values: values(string("Value.", cidrBlock)) })),
  [...KINDS_BEHIND_NODE, "source_ip"],
);

/** Behind the node, which opens all connections. */
export const conditionBehindNodeSchema = conditionSchemaWith(
  optional(example(object("Not possible behind the node.", {}), null)),
  KINDS_BEHIND_NODE,
  {
    test: ({ source_ip }) => hcl`${source_ip} == null`,
    requirement:
      "have no source_ip, because every connection comes from the node: leave these requests out, or use a header that the entry point sets",
    // Terraform drops the values.
    refuses: [{ path_pattern: null, source_ip: {} }],
  },
);

/** Examples of a condition. */
const paths = (...values: string[]) => like(conditionSchema, { path_pattern: { values } });
const header = (...values: string[]) =>
  like(conditionSchema, { path_pattern: null, http_header: { http_header_name: "X-Api", values } });
const parameters = (...values: { key?: string; value: string }[]) =>
  like(conditionSchema, { path_pattern: null, query_string: { values } });

/** Of a route, together. */
export const conditionsRules: readonly Rule<{ readonly conditions: IResolvable }>[] = [
  {
    test: ({ conditions }) => {
      const kinds = hcl`regexall("\\"(host_header|path_pattern|http_request_method|source_ip)\\":[{]", jsonencode(${conditions}))`;
      return hcl`length(distinct(${kinds})) == length(${kinds})`;
    },
    requirement:
      "have host_header, path_pattern, http_request_method, and source_ip at most once: put all values in one condition",
    refuses: [{ conditions: [paths("/a"), paths("/b")] }],
    accepts: [{ conditions: [header("a"), header("b")] }],
  },
  {
    test: ({ conditions }) => hcl`length(${conditionValues(conditions)}) <= 5`,
    requirement:
      "have at most five values in all its conditions, and a query parameter counts as one: use several routes",
    refuses: [
      { conditions: [paths("/1", "/2", "/3", "/4"), parameters({ key: "a", value: "5" }, { value: "6" })] },
      { conditions: [paths("/1", "/2", "/3", "/4", "/5", "/6")] },
    ],
    accepts: [{ conditions: [paths("/1", "/2", "/3", "/4"), parameters({ key: "a", value: "5" })] }],
  },
  {
    // Five in the guide, six in the table of quotas, whose link is above.
    test: ({ conditions }) => hcl`length(regexall("[*?]", jsonencode(${conditionValues(conditions)}))) <= 5`,
    requirement: "have at most five wildcards (* and ?) in all its conditions: use several routes",
    refuses: [{ conditions: [paths("/*/*", "/?/?"), parameters({ key: "*", value: "?" })] }],
    accepts: [{ conditions: [paths("/*/*", "/?/?"), parameters({ value: "*" })] }],
  },
];

/** Of the names of routes, which are part of the tag Name. @param route that the maps in tests have under each name */
export const routeNames = (route: Value) => [everyKey(tagCharacters, route), everyKey(characters(1, 200), route)];

/** @param part of a value that only this rule refuses */
function atMost128(part: string): Rule<string> {
  return {
    test: (value) => hcl`length(${value}) <= 128`,
    requirement: "have at most 128 characters",
    refuses: ["a".repeat(129 - part.length) + part],
    accepts: ["a".repeat(128 - part.length) + part],
  };
}

function values<E>(element: Schema<E>) {
  return list("Values. One of them must match.", "value", element, notEmpty("value"));
}

/** All values in the conditions of a route, as AWS counts them: a query parameter counts as one, the name of a header does not count. */
function conditionValues(conditions: IResolvable): IResolvable {
  return hcl`flatten([
    for condition in ${conditions} : [
      try(condition.host_header.values, []),
      try(condition.http_header.values, []),
      try(condition.http_request_method.values, []),
      try(condition.path_pattern.values, []),
      try(condition.query_string.values, []),
      try(condition.source_ip.values, [])
    ]
  ])`;
}
