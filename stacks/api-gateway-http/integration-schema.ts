/** The schemas of the private integrations to the node, and of those of the application. */
import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { distinctValues, everyKey, matches, wholeNumber } from "../../synth/variables/rules";
import { example, map, number, object, optional, ReferenceTo, Rule, string } from "../../synth/variables/schema";
import { reservedByApiGateway } from "../parts/api-gateway-headers";
import { hostName } from "../parts/identifiers";
import { apiGatewayId } from "../parts/vpc-link";

/** Source: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html */
const milliseconds = wholeNumber(50, 30_000, "milliseconds");

export const timeoutSchema = optional(
  number(
    "Milliseconds after which API Gateway stops waiting for the node and answers 503. 30000 is the maximum of AWS.",
    milliseconds,
  ),
  30_000,
);

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html */
const PATH = "overwrite:path";

/** The complete path of the request, for every route: with path parameters, greedy ones, and $default. */
export const REQUEST_PATH = "$request.path";

function parameters(description: string, ...rules: Rule<IResolvable>[]) {
  const value = string("Value.", {
    test: (text) => hcl`length(${text}) <= 512`,
    requirement: "have at most 512 characters",
    refuses: ["0".repeat(513)],
    accepts: ["$context.requestId", "0".repeat(512)],
  });
  return example(map(description, "value", value, ...rules), { "overwrite:header.x-id": value.example });
}

const parameterName = matches(
  /^(append|overwrite|remove):(header|querystring)[.].+$/,
  'be named "append:", "overwrite:", or "remove:", followed by "header.NAME" or "querystring.NAME"',
  {
    accepts: ["overwrite:header.x-from", "append:querystring.from", "remove:header.x-from"],
    refuses: ["overwrite:path", "header.x-from"],
  },
);

const notReserved: Rule<string> = {
  test: (name) => hcl`!(${reservedByApiGateway(hcl`try(split(":header.", ${name})[1], "")`)})`,
  requirement: "not map a header that AWS reserves, such as Authorization, Forwarded, or X-Forwarded-For",
  refuses: ["overwrite:header.X-Forwarded-For", "append:header.x-amz-date", "remove:header.Apigw-Id"],
};

export const requestParametersSchema = optional(
  parameters(
    'Parameter mappings for every request to the node, in addition to the path: { "overwrite:header.x-source-ip" = "$context.identity.sourceIp" }. They replace mappings of an adopted integration with the same name.',
    everyKey(parameterName),
    everyKey(notReserved),
  ),
  {},
);

/** Without the name of the stage, which API Gateway adds to the path of a private integration. */
export const pathMapping = matches(
  /^(\/|\$request\.path|\$\{request\.path)/,
  'start with "$request.path", or with "/" followed by the parts of the path that it needs: "/v1/$request.path.proxy"',
  { accepts: ["$request.path", "/v1"], refuses: ["v1/$request.path", "orders"] },
);

const APPLICATION_LISTENER =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/0000000000000001";

const application = example(
  object(
    "The settings that the integration has today, and again at 0 percent.",
    {
      uri: string(
        "Its URL, or the ARN of a listener or AWS Cloud Map service.",
        matches(
          /^(https?:\/\/.+|arn:[^:]+:(elasticloadbalancing|servicediscovery):.+)$/,
          "be a URL, or the ARN of a listener or AWS Cloud Map service",
          {
            accepts: ["https://shop.example.com"],
            refuses: ["shop.example.com"],
          },
        ),
      ),
      connection_id: optional(string("ID of its VPC link, if uri is an ARN.", apiGatewayId)),
      server_name: optional(
        string("Server name in its certificate, if uri is an ARN and the integration uses TLS.", hostName),
      ),
      request_parameters: optional(parameters("All of its parameter mappings."), {}),
      timeout_milliseconds: optional(number("Its timeout, in milliseconds.", milliseconds), 30_000),
    },
    {
      test: ({ uri, connection_id }) => hcl`startswith(${uri}, "arn:") == (${connection_id} != null)`,
      requirement: "have a connection_id if and only if its uri is an ARN",
      refuses: [{ uri: APPLICATION_LISTENER }, { connection_id: "l0000009" }],
    },
    {
      test: ({ server_name, connection_id }) => hcl`${server_name} == null || ${connection_id} != null`,
      requirement: "have no server_name without a connection_id: AWS accepts it only for private integrations",
      refuses: [{ server_name: "shop.example.com" }],
    },
  ),
  {},
  {
    connection_id: { uri: APPLICATION_LISTENER },
    server_name: { uri: APPLICATION_LISTENER, connection_id: "l0000009" },
  },
);

const integration = object(
  "An integration.",
  {
    integration_id: string("ID of the integration.", apiGatewayId),
    application,
    path: optional(
      string(
        'Path that the node gets. Null: the one in application.request_parameters or, without one, "$request.path", the complete path without the name of the stage.',
        pathMapping,
      ),
    ),
  },
  {
    test: ({ application: { uri, request_parameters }, path }) =>
      hcl`${path} != null || contains(keys(${request_parameters}), "${PATH}") || !can(regex("^https?://[^/]+/.", ${uri}))`,
    requirement:
      'have a path if application.uri has one, or the node gets a different path: "/v1/$request.path.proxy" for "https://HOST/v1/{proxy}"',
    refuses: [{ application: { uri: "https://shop.example.com/v1/{proxy}" } }],
    accepts: [
      { application: { uri: "https://shop.example.com/v1/{proxy}" }, path: "/v1/$request.path.proxy" },
      {
        application: {
          uri: "https://shop.example.com/v1/{proxy}",
          request_parameters: { "overwrite:path": "/v1/$request.path.proxy" },
        },
      },
      { application: { uri: "https://shop.example.com/" } },
    ],
  },
);

export const integrationsSchema = optional(
  map(
    "Existing integrations of the type HTTP_PROXY that the module adopts, by names that you choose. Every route that uses one of them moves with it. Each needs an import block in the root module.",
    "integration",
    integration,
    distinctValues("integration", { a: integration.example, b: integration.example }, "integration_id"),
  ),
  {},
);

export type Integrations = ReferenceTo<typeof integrationsSchema>;

/** The mappings of a request to the node. Those of the application are kept. */
export function nodeRequestParameters(path: IResolvable | string, own: IResolvable, ofNode: IResolvable): IResolvable {
  return hcl`merge(${own}, ${ofNode}, { "${PATH}" = ${path} })`;
}

/** The path that the node gets through an adopted integration. */
export function adoptedPath({ path, application }: Integrations["each"]): IResolvable {
  return hcl`coalesce(${path}, lookup(${application.request_parameters}, "${PATH}", "${REQUEST_PATH}"))`;
}
