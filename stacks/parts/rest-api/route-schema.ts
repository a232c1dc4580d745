/** The routes with their current integrations, and the node as API Gateway reaches it. */
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
import { RestApi } from "./api-schema";

/** The methods of a REST API. */
export const METHODS = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"] as const;

const ROUTE = new RegExp(`^(${METHODS.join("|")}) /[!-~]*$`);
const ROUTE_IN_WORDS = 'be a method and a resource path, such as "GET /orders/{id}" or "ANY /{proxy+}"';

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
  'be a parameter name of API Gateway, such as "integration.request.header.X-Name"',
  { accepts: ["integration.request.header.X-From"], refuses: ["X-From", "method.request.path.id"] },
);

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html */
const parameterSource = matches(
  /^(method[.]request[.](header|path|querystring|multivalueheader|multivaluequerystring|body)[.!-~]*|(context|stageVariables)[.][!-~]+|'.*')$/,
  "be a source such as method.request.header.X-Name, context.requestId, or stageVariables.name, or a constant in single quotes",
  {
    accepts: [
      "'shop'",
      "method.request.path.id",
      "method.request.body",
      "context.identity.sourceIp",
      "stageVariables.host",
    ],
    refuses: ["shop", "$context.requestId", "integration.request.header.X-From", ""],
  },
);
const requestParameters = (description: string) =>
  optional(
    example(
      map(
        description,
        "parameter",
        string("Source of the value, or a constant in single quotes.", parameterSource),
        everyKey(parameterName, "'shop'"),
      ),
      { "integration.request.header.X-From": "'shop'" },
    ),
    {},
  );

/**
 * AWS can raise the limit, but not for edge-optimized APIs.
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

/** A reference to a variable of the stage, which API Gateway resolves for each request. */
const STAGE_VARIABLE = "\\$\\{stageVariables\\.[0-9A-Za-z_]+\\}";

export const applicationSchema = optional(
  example(
    object("The application, as the API's integrations reach it today.", {
      url: optional(
        string(
          "URL with the protocol, name, and base path of the application, for routes without a uri. The path of the route is appended. The name, the port, and the path can have stage variables. The node gets the path that is written here, so a variable with a name must not contain a path too.",
          matches(
            new RegExp(
              `^https?://(${HOST}|[0-9A-Za-z.-]*(${STAGE_VARIABLE}[0-9A-Za-z.-]*)+)(:([1-9][0-9]{0,4}|${STAGE_VARIABLE}))?(/[!-~]*)?$`,
            ),
            'be a URL such as "https://shop.example.com/v1"',
            {
              accepts: [
                "https://shop.example.com/v1",
                "http://shop.example.com:8080",
                "https://${stageVariables.host}/v1",
                "http://${stageVariables.colour}.example.com:${stageVariables.port}",
              ],
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

/** The fields have the names of the arguments of aws_api_gateway_integration. */
function routeSchema(restApi: RestApi) {
  return object("A route, with the integration that it has today and at 0 percent.", {
    uri: optional(
      string(
        "URL of the application for this route, with path parameters in braces. Null: application.url and the path of the route. The node gets the same path.",
        matches(/^https?:\/\/[^/]+(\/[!-~]*)?$/, 'be a URL such as "https://shop.example.com/orders/{id}"', {
          accepts: ["https://shop.example.com/orders/{id}"],
          refuses: ["arn:aws:apigateway:eu-central-1:lambda:path/functions/f/invocations", "shop.example.com"],
        }),
      ),
    ),
    type: optional(
      string(
        "Type of the integration. The other types (AWS, AWS_PROXY, and MOCK) cannot have a node in front.",
        oneOf("HTTP_PROXY", "HTTP"),
      ),
      "HTTP_PROXY",
    ),
    integration_http_method: optional(
      string("HTTP method of the request to the application. Null: the method of the route.", oneOf(...METHODS)),
    ),
    vpc_link_id: optional(
      string(
        'ID of the VPC link to the application today, or the stage variable that has it: "${stageVariables.vpcLinkId}". Null: over the internet.',
        matches(
          new RegExp(`^([0-9a-z]+|${STAGE_VARIABLE})$`),
          'be an ID such as "a1b2c3d4e5", or a stage variable such as "${stageVariables.NAME}"',
          {
            accepts: ["a1b2c3d4e5", "${stageVariables.vpcLinkId}"],
            refuses: ["arn:aws:apigateway:eu-central-1::/vpclinks/a1b2c3d4e5", "stageVariables.vpcLinkId"],
          },
        ),
      ),
    ),
    request_parameters: requestParameters(
      "Parameter mappings. The module adds those of the path parameters in the uri.",
    ),
    request_templates: optional(
      map("Mapping templates for the type HTTP, by content type.", "template", string("Template.")),
      {},
    ),
    passthrough_behavior: optional(
      string(
        "What happens to a request body without a matching template.",
        oneOf("WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"),
      ),
    ),
    content_handling: optional(string("Conversion of the body.", oneOf("CONVERT_TO_BINARY", "CONVERT_TO_TEXT"))),
    cache_key_parameters: optional(set("Parameters that are part of the cache key.", "parameter", string("Name.")), []),
    cache_namespace: optional(string("Namespace of the cached responses. Null: the default of API Gateway.")),
    timeout_milliseconds: optional(
      number("Milliseconds after which API Gateway ends the request.", ...timeoutRules(restApi)),
      29000,
    ),
    tls_insecure_skip_verification: optional(
      bool("Whether API Gateway accepts any certificate of the application."),
      false,
    ),
  });
}

/** @param application has the URL for routes without a uri */
export function routesSchema(restApi: RestApi, application: Application) {
  return optional(
    example(
      map(
        'Existing methods of the API that go to the node, by method and resource path, such as "GET /orders/{id}" = {} or "ANY /{proxy+}" = {}. Set the fields that differ from the defaults.',
        "route",
        routeSchema(restApi),
        everyKey(routeName, {}),
        {
          test: (routes) => hcl`${application.url} != null || alltrue([for route in ${routes} : route.uri != null])`,
          requirement: "have a uri if application.url is null",
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
  return object("The Wallarm Node, as API Gateway reaches it through the VPC link.", {
    host: string(
      "Name for the Host header. With HTTPS, the certificate of the node must be valid for it. The VPC link decides where requests go, so the name does not need to exist in DNS.",
      hostName,
    ),
    protocol: optional(string("Protocol.", oneOf("HTTP", "HTTPS")), "HTTP"),
    port: optional(number("Port of the listener of the load balancer. Null: 80 for HTTP, 443 for HTTPS.", portNumber)),
    timeout_milliseconds: optional(
      number(
        "Milliseconds after which API Gateway ends a request. Null: the value of the route. Set limits.entry_point_timeout of node-config to match.",
        ...timeoutRules(restApi),
      ),
    ),
    tls_insecure_skip_verification: optional(
      bool(
        "With HTTPS, whether API Gateway accepts a certificate of the node from an authority that it does not trust.",
      ),
      false,
    ),
    request_parameters: requestParameters(
      "Parameter mappings for requests to the node, in addition to those of the route.",
    ),
  });
}

export type Node = ReferenceTo<ReturnType<typeof nodeSchema>>;
