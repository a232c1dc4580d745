/** What the private integrations to the node, and those of the application, are described by. */
import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { matches, wholeNumber } from "../../synth/variables/rules";
import { map, number, object, optional, ReferenceTo, Rule, string } from "../../synth/variables/schema";
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

/** AWS maps none of these. */
const RESERVED =
  /:header[.](access-control-.*|apigw-.*|authorization|connection|content-encoding|content-length|content-location|forwarded|keep-alive|origin|proxy-authenticate|proxy-authorization|te|trailers|transfer-encoding|upgrade|x-amz-.*|x-amzn-.*|x-forwarded-for|x-forwarded-host|x-forwarded-proto|via)$/;

function parameters(description: string, ...rules: Rule<IResolvable>[]) {
  return map(
    description,
    "value",
    string("Value.", { test: (value) => hcl`length(${value}) <= 512`, requirement: "have at most 512 characters" }),
    ...rules,
  );
}

/** @param test of a key, named `key` */
function keys(test: IResolvable, requirement: string): Rule<IResolvable> {
  return {
    test: (mappings) => hcl`alltrue([for key in keys(${mappings}) : ${test}])`,
    requirement,
    received: (mappings) => hcl`keys(${mappings})`,
  };
}

export const requestParametersSchema = optional(
  parameters(
    'Parameter mappings of every request to the node beside that of its path, as AWS writes them: { "overwrite:header.x-source-ip" = "$context.identity.sourceIp" }. They replace those of an adopted integration by the same name.',
    keys(
      hcl`can(regex("^(append|overwrite|remove):(header|querystring)[.].+$", key))`,
      'be named "append:", "overwrite:" or "remove:" with "header.NAME" or "querystring.NAME"',
    ),
    keys(
      hcl`!can(regex(${text`${RESERVED.source}`}, lower(key)))`,
      "map no header that AWS reserves, such as Authorization, Forwarded and X-Forwarded-For",
    ),
  ),
  {},
);

/** Without the stage's name, which API Gateway adds to the path of a private integration. */
export const pathMapping = matches(
  /^(\/|\$request\.path|\$\{request\.path)/,
  'begin with "$request.path", or with "/" and have the parts of the path that it needs: "/v1/$request.path.proxy"',
);

const application = object(
  "What the integration is today, and again at 0.",
  {
    uri: string(
      "Its URL, or the ARN of a listener or Cloud Map service.",
      matches(
        /^(https?:\/\/.+|arn:[^:]+:(elasticloadbalancing|servicediscovery):.+)$/,
        "be a URL, or the ARN of a listener or of a Cloud Map service",
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
    received: ({ uri, connection_id }) => hcl`{ uri = ${uri}, connection_id = ${connection_id} }`,
  },
  {
    test: ({ server_name, connection_id }) => hcl`${server_name} == null || ${connection_id} != null`,
    requirement: "have no server_name without a connection_id, as AWS takes one for private integrations only",
    received: ({ server_name, connection_id }) =>
      hcl`{ server_name = ${server_name}, connection_id = ${connection_id} }`,
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
    received: ({ application: { uri } }) => hcl`{ application_uri = ${uri}, path = null }`,
  },
);

export const integrationsSchema = optional(
  map(
    "Existing integrations of the type HTTP_PROXY that the module takes over, with every route that they serve, each under a name of your own and with an import block in the root module.",
    "integration",
    integration,
    {
      test: (integrations) =>
        hcl`length(distinct([for integration in ${integrations} : integration.integration_id])) == length(${integrations})`,
      requirement: "name each integration once",
      received: (integrations) => hcl`{ for key, integration in ${integrations} : key => integration.integration_id }`,
    },
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
