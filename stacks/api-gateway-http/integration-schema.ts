/** The schemas of the private integrations to the node, and of those of the application. */
import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { distinctValues, everyKey, matches, oneOf, wholeNumber } from "../../synth/variables/rules";
import { example, given, map, number, object, optional, ReferenceTo, Rule, string } from "../../synth/variables/schema";
import { reservedByApiGateway } from "../parts/api-gateway-headers";
import { hostName } from "../parts/identifiers";
import { apiGatewayId } from "../parts/vpc-link";
import { Stage } from "./stage";

/** Source: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html */
const milliseconds = wholeNumber(50, 30_000, "milliseconds");

export const timeoutSchema = optional(
  number(
    "Milliseconds after which API Gateway stops waiting for the node and answers 503. 30000 is the maximum of AWS. Null: the timeout of the application's integration.",
    milliseconds,
  ),
);

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html */
export const PATH = "overwrite:path";

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
    'Parameter mappings for every request to the node, in addition to the path: { "overwrite:header.x-source-ip" = "$context.identity.sourceIp" }. They replace mappings of the application with the same name.',
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

const responseParameters = example(
  map(
    "Mappings of responses, by status code.",
    "mappings",
    example(
      map(
        "Mappings.",
        "value",
        string("Value."),
        everyKey(
          matches(
            /^((append|overwrite|remove):header[.].+|overwrite:statuscode)$/,
            'be named "append:header.NAME", "overwrite:header.NAME", "remove:header.NAME", or "overwrite:statuscode"',
            { accepts: ["overwrite:statuscode", "remove:header.server"], refuses: ["overwrite:path", "header.server"] },
          ),
        ),
      ),
      { "overwrite:statuscode": "204" },
    ),
    everyKey(
      matches(/^[2-5][0-9]{2}$/, "be named by a status code from 200 to 599", {
        accepts: ["200", "599"],
        refuses: ["199", "600", "default"],
      }),
      { "overwrite:statuscode": "204" },
    ),
  ),
  { 200: { "overwrite:statuscode": "204" } },
);

/** What the integration with the node takes from that of the application. */
export const keptSettings = object(
  "The settings of the application's integration, which the integration with the node also gets.",
  {
    method: optional(
      string(
        'HTTP method of the request. "ANY" is that of the client.',
        oneOf("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"),
      ),
      "ANY",
    ),
    timeout_milliseconds: optional(number("Timeout.", milliseconds), 30_000),
    request_parameters: optional(
      parameters("Parameter mappings of requests, without the path.", everyKey(parameterName), everyKey(notReserved)),
      {},
    ),
    response_parameters: optional(responseParameters, {}),
  },
);

export const APPLICATION_LISTENER =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/0000000000000001";

const application = example(
  object("The settings that the integration has today, and again at 0 percent.", {
    uri: string(
      "ARN of its listener or AWS Cloud Map service.",
      matches(
        /^arn:[^:]+:(elasticloadbalancing|servicediscovery):.+$/,
        "be the ARN of a listener or AWS Cloud Map service: the provider cannot move an integration from a VPC link back to the internet. Move its routes in routes instead",
        {
          accepts: [APPLICATION_LISTENER],
          refuses: ["https://shop.example.com", "shop.example.com"],
        },
      ),
    ),
    connection_id: string("ID of its VPC link.", apiGatewayId),
    server_name: optional(string("Server name in its certificate, if the integration uses TLS.", hostName)),
    request_parameters: optional(parameters("All of its parameter mappings."), {}),
    timeout_milliseconds: optional(number("Its timeout, in milliseconds.", milliseconds), 30_000),
  }),
  { uri: APPLICATION_LISTENER, connection_id: "l0000009" },
);

const integration = (stage: Pick<Stage, "name">) =>
  object(
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
      test: ({ application: { request_parameters }, path }) =>
        hcl`${path} != null || contains(keys(${request_parameters}), "${PATH}") || ${stage.name} == "$default"`,
      requirement: `have a path if the stage has a name and application.request_parameters has no ${PATH}: the application gets the name of the stage in front of the path today`,
      refuses: [given({ stage: { name: "live" } }, {})],
      accepts: [
        given({ stage: { name: "live" } }, { path: "$request.path" }),
        given({ stage: { name: "live" } }, { application: { request_parameters: { [PATH]: REQUEST_PATH } } }),
      ],
    },
  );

export function integrationsSchema(stage: Pick<Stage, "name">) {
  const schema = integration(stage);
  return optional(
    map(
      "Existing private integrations (HTTP_PROXY with a VPC link) that the module adopts, by names that you choose. Every route that uses one of them moves with it. Each needs an import block in the root module.",
      "integration",
      schema,
      distinctValues("integration", { a: schema.example, b: schema.example }, "integration_id"),
    ),
    {},
  );
}

export type Integrations = ReferenceTo<ReturnType<typeof integrationsSchema>>;

/** The mappings of a request to the node. Those of the application are kept, unless the node has one of the same name. */
export function nodeRequestParameters(path: IResolvable | string, own: IResolvable, ofNode: IResolvable): IResolvable {
  return hcl`merge(${own}, ${ofNode}, { "${PATH}" = ${path} })`;
}

/** The path that the node gets through an adopted integration. */
export function adoptedPath({ path, application }: Integrations["each"]): IResolvable {
  return hcl`coalesce(${path}, lookup(${application.request_parameters}, "${PATH}", "${REQUEST_PATH}"))`;
}
