/** What goes to the node: the routes, with what their integrations are today, and the node as API Gateway reaches it. */
import { hcl } from "../../../synth/language/expression/expression";
import { everyKey, matches, oneOf, wholeNumber } from "../../../synth/variables/rules";
import {
  bool,
  example,
  given,
  map,
  number,
  object,
  optional,
  ReferenceTo,
  Rule,
  set,
  string,
} from "../../../synth/variables/schema";
import { portNumber } from "../common-variables";
import { HOST, hostName } from "../identifiers";
import { apiGatewayId } from "../vpc-link";
import { RestApi } from "./api-schema";

/** The methods of a REST API. */
export const METHODS = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"] as const;

const ROUTE = new RegExp(`^(${METHODS.join("|")}) /[!-~]*$`);
const ROUTE_IN_WORDS = 'be called by method and resource path, such as "GET /orders/{id}" or "ANY /{proxy+}"';

const routeName = matches(ROUTE, ROUTE_IN_WORDS, {
  accepts: ["GET /orders", "ANY /{proxy+}"],
  refuses: ["/orders", "get /orders", "GET orders"],
});

export function routeNames(description: string) {
  return set(description, "route", string("Method and resource path.", routeName));
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html */
const parameterName = matches(
  /^integration[.]request[.](header|path|querystring)[.][!-~]+$/,
  'be named as API Gateway does, such as "integration.request.header.X-Name"',
  { accepts: ["integration.request.header.X-From"], refuses: ["X-From", "method.request.path.id"] },
);
const requestParameters = (description: string) =>
  optional(
    example(
      map(
        description,
        "parameter",
        string("Where the value comes from, or a constant in single quotes."),
        everyKey(parameterName, "'shop'"),
      ),
      { "integration.request.header.X-From": "'shop'" },
    ),
    {},
  );

/**
 * Edge-optimized APIs keep the limit that the others can have raised.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
function timeoutRules({ endpoint_type }: RestApi): Rule<number>[] {
  return [
    wholeNumber(50, 300000, "milliseconds"),
    {
      test: (timeout) => hcl`${timeout} <= 29000 || ${endpoint_type} != "EDGE"`,
      requirement: "be at most 29000 for an API of the endpoint type EDGE",
      refuses: [given({ rest_api: { endpoint_type: "EDGE" } }, 29001)],
      accepts: [given({ rest_api: { endpoint_type: "EDGE" } }, 29000)],
    },
  ];
}

export const applicationSchema = optional(
  example(
    object("The application, as the API's integrations reach it today.", {
      url: optional(
        string(
          "Protocol, name and base path that the path of a route is appended to, for the routes without a uri of their own.",
          matches(
            new RegExp(`^https?://${HOST}(:[1-9][0-9]{0,4})?(/[!-~]*)?$`),
            'be a URL such as "https://shop.example.com/v1"',
            {
              accepts: ["https://shop.example.com/v1", "http://shop.example.com:8080"],
              refuses: ["shop.example.com", "https://shop.example.com:0"],
            },
          ),
        ),
      ),
    }),
    { url: "https://shop.example.com" },
  ),
  {},
);

export type Application = ReferenceTo<typeof applicationSchema>;

/** Named as the arguments of aws_api_gateway_integration. */
function routeSchema(restApi: RestApi) {
  return object("A route: its integration of today, which it has again at 0.", {
    uri: optional(
      string(
        "URL of the application for this route, with the parameters of the path in braces. Null: application.url and the route's own path. At the node the same path is asked for.",
        matches(/^https?:\/\/[^/]+(\/[!-~]*)?$/, 'be a URL such as "https://shop.example.com/orders/{id}"', {
          accepts: ["https://shop.example.com/orders/{id}"],
          refuses: ["arn:aws:apigateway:eu-central-1:lambda:path/functions/f/invocations", "shop.example.com"],
        }),
      ),
    ),
    type: optional(
      string("Type; of the others, AWS and MOCK ones, no node can be put in front.", oneOf("HTTP_PROXY", "HTTP")),
      "HTTP_PROXY",
    ),
    integration_http_method: optional(
      string("Method of the request to the application; null: the route's.", oneOf(...METHODS)),
    ),
    vpc_link_id: optional(
      string("ID of the VPC link over which the application is reached today; null: over the internet.", apiGatewayId),
    ),
    request_parameters: requestParameters(
      "Mapped parameters, beside those of the path in the uri, which are mapped by themselves.",
    ),
    request_templates: optional(
      map("Mapping templates of the type HTTP, by content type.", "template", string("Template.")),
      {},
    ),
    passthrough_behavior: optional(
      string("What happens to a body without a template.", oneOf("WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER")),
    ),
    content_handling: optional(string("Conversion of the body.", oneOf("CONVERT_TO_BINARY", "CONVERT_TO_TEXT"))),
    cache_key_parameters: optional(set("Parameters that tell cached answers apart.", "parameter", string("Name.")), []),
    cache_namespace: optional(string("Namespace of the cached answers; null: API Gateway's own.")),
    timeout_milliseconds: optional(
      number("Milliseconds after which API Gateway gives a request up.", ...timeoutRules(restApi)),
      29000,
    ),
    tls_insecure_skip_verification: optional(bool("Whether the application may show any certificate."), false),
  });
}

/** @param application where the routes without a uri go */
export function routesSchema(restApi: RestApi, application: Application) {
  return optional(
    example(
      map(
        'What goes to the node: existing methods of the API, each under its method and the path of its resource, such as "GET /orders/{id}" = {} or "ANY /{proxy+}" = {}, with what differs from the defaults.',
        "route",
        routeSchema(restApi),
        everyKey(routeName, {}),
        {
          test: (routes) => hcl`${application.url} != null || alltrue([for route in ${routes} : route.uri != null])`,
          requirement: "have a uri where there is no application.url",
          refuses: [given({ application: { url: null } }, { "GET /orders": {} })],
          accepts: [
            given({ application: { url: null } }, { "GET /orders": { uri: "https://shop.example.com/orders" } }),
          ],
          offending: (routes) => hcl`[for name, route in ${routes} : name if route.uri == null]`,
        },
      ),
      given({ application: { url: "https://shop.example.com" } }, { "GET /orders": {} }),
    ),
    {},
  );
}

export type Routes = ReferenceTo<ReturnType<typeof routesSchema>>;

export function nodeSchema(restApi: RestApi) {
  return object("The Wallarm Node, as API Gateway reaches it over the VPC link.", {
    host: string(
      "Name that requests are sent to: the Host header, and with HTTPS the name that the node's certificate must be for. Where they go is decided by the VPC link, so the name need not exist.",
      hostName,
    ),
    protocol: optional(string("Protocol.", oneOf("HTTP", "HTTPS")), "HTTP"),
    port: optional(number("Port of the load balancer's listener; null: 80 or 443, by the protocol.", portNumber)),
    timeout_milliseconds: optional(
      number(
        "Milliseconds after which API Gateway gives a request up; null: those of the route. Tell node-config, in limits.entry_point_timeout.",
        ...timeoutRules(restApi),
      ),
    ),
    tls_insecure_skip_verification: optional(
      bool("With HTTPS, whether the node may show a certificate of an authority that API Gateway does not know."),
      false,
    ),
    request_parameters: requestParameters("Mapped parameters of requests to the node, beside those of the route."),
  });
}

export type Node = ReferenceTo<ReturnType<typeof nodeSchema>>;
