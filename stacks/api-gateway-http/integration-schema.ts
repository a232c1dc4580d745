/** What the private integrations to the node, and those of the application, are described by. */
import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { distinctValues, everyKey, matches, wholeNumber } from "../../synth/variables/rules";
import { example, map, number, object, optional, ReferenceTo, Rule, string } from "../../synth/variables/schema";
import { hostName } from "../parts/identifiers";
import { apiGatewayId } from "../parts/vpc-link";

/** Source: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html */
const milliseconds = wholeNumber(50, 30_000, "milliseconds");

export const timeoutSchema = optional(
  number("Milliseconds until API Gateway answers for the node, with 503. AWS allows no more.", milliseconds),
  30_000,
);

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html */
const PATH = "overwrite:path";

/** The whole path of the request, whatever the route: path parameters, greedy ones and $default included. */
export const REQUEST_PATH = "$request.path";

/** AWS maps none of these, and none with these beginnings. */
const RESERVED = [
  ...["authorization", "connection", "content-encoding", "content-length", "content-location", "forwarded"],
  ...["keep-alive", "origin", "proxy-authenticate", "proxy-authorization", "te", "trailers", "transfer-encoding"],
  ...["upgrade", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"],
];
const RESERVED_BEGINNING = ":header[.](access-control|apigw|x-amz|x-amzn)-";

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
  'be named "append:", "overwrite:" or "remove:" with "header.NAME" or "querystring.NAME"',
  {
    accepts: ["overwrite:header.x-from", "append:querystring.from", "remove:header.x-from"],
    refuses: ["overwrite:path", "header.x-from"],
  },
);

const notReserved: Rule<string> = {
  test: (name) => hcl`!can(regex("${RESERVED_BEGINNING}", lower(${name}))) && !contains(
    ${RESERVED},
    try(split(":header.", lower(${name}))[1], "")
  )`,
  requirement: "map no header that AWS reserves, such as Authorization, Forwarded and X-Forwarded-For",
  refuses: ["overwrite:header.X-Forwarded-For", "append:header.x-amz-date"],
};

export const requestParametersSchema = optional(
  parameters(
    'Parameter mappings of every request to the node beside that of its path, as AWS writes them: { "overwrite:header.x-source-ip" = "$context.identity.sourceIp" }. They replace those of an adopted integration by the same name.',
    everyKey(parameterName),
    everyKey(notReserved),
  ),
  {},
);

/** Without the stage's name, which API Gateway adds to the path of a private integration. */
export const pathMapping = matches(
  /^(\/|\$request\.path|\$\{request\.path)/,
  'begin with "$request.path", or with "/" and have the parts of the path that it needs: "/v1/$request.path.proxy"',
  { accepts: ["$request.path", "/v1"], refuses: ["v1/$request.path", "orders"] },
);

const APPLICATION_LISTENER =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/0000000000000001";

const application = example(
  object(
    "What the integration is today, and again at 0.",
    {
      uri: string(
        "Its URL, or the ARN of a listener or Cloud Map service.",
        matches(
          /^(https?:\/\/.+|arn:[^:]+:(elasticloadbalancing|servicediscovery):.+)$/,
          "be a URL, or the ARN of a listener or of a Cloud Map service",
          {
            accepts: ["https://shop.example.com"],
            refuses: ["shop.example.com"],
          },
        ),
      ),
      connection_id: optional(string("ID of its VPC link, with an ARN.", apiGatewayId)),
      server_name: optional(string("Name of its certificate, with an ARN and TLS.", hostName)),
      request_parameters: optional(parameters("Its parameter mappings, all of them."), {}),
      timeout_milliseconds: optional(number("Its timeout.", milliseconds), 30_000),
    },
    {
      test: ({ uri, connection_id }) => hcl`startswith(${uri}, "arn:") == (${connection_id} != null)`,
      requirement: "have a connection_id if its uri is an ARN, and only then",
      refuses: [{ uri: APPLICATION_LISTENER }, { connection_id: "l0000009" }],
    },
    {
      test: ({ server_name, connection_id }) => hcl`${server_name} == null || ${connection_id} != null`,
      requirement: "have no server_name without a connection_id, as AWS takes one for private integrations only",
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
    integration_id: string("Its ID.", apiGatewayId),
    application,
    path: optional(
      string(
        'Path that the node gets. Null: the one in application.request_parameters, else "$request.path", the whole one without the name of the stage.',
        pathMapping,
      ),
    ),
  },
  {
    test: ({ application: { uri, request_parameters }, path }) =>
      hcl`${path} != null || contains(keys(${request_parameters}), "${PATH}") || !can(regex("^https?://[^/]+/.", ${uri}))`,
    requirement:
      'have a path where application.uri has one of its own, or the node would get another: "/v1/$request.path.proxy" for "https://HOST/v1/{proxy}"',
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
    "Existing integrations of the type HTTP_PROXY that the module takes over, with every route that they serve, each under a name of your own and with an import block in the root module.",
    "integration",
    integration,
    distinctValues("integration", { a: integration.example, b: integration.example }, "integration_id"),
  ),
  {},
);

export type Integrations = ReferenceTo<typeof integrationsSchema>;

/** The mappings of a request to the node, where the application's own are kept. */
export function nodeRequestParameters(path: IResolvable | string, own: IResolvable, ofNode: IResolvable): IResolvable {
  return hcl`merge(${own}, ${ofNode}, { "${PATH}" = ${path} })`;
}

/** The path that the node gets through an adopted integration. */
export function adoptedPath({ path, application }: Integrations["each"]): IResolvable {
  return hcl`coalesce(${path}, lookup(${application.request_parameters}, "${PATH}", "${REQUEST_PATH}"))`;
}
