import { hcl } from "../../synth/language/expression/expression";
import { distinct, distinctValues, matches, oneOf } from "../../synth/variables/rules";
import { example, given, list, map, object, optional, ReferenceTo, Rule, string } from "../../synth/variables/schema";
import { apiGatewayId } from "../parts/vpc-link";
import { keptSettings, pathMapping } from "./integration-schema";

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
const routeKey = matches(
  /^(\$default|(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) \/.*)$/,
  'be "$default", or a method and a path such as "GET /orders/{id}" or "ANY /{proxy+}"',
  {
    accepts: ["GET /orders/{id}", "ANY /{proxy+}", "$default"],
    refuses: ["$connect", "/orders", "get /orders", "GET orders"],
  },
);

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html */
const authorization = example(
  object(
    "Who can call the route.",
    {
      type: string('Type of authorization. "NONE" admits everyone.', oneOf("NONE", "AWS_IAM", "JWT", "CUSTOM")),
      authorizer_id: optional(string("ID of the authorizer.", apiGatewayId)),
      scopes: optional(
        list("Scopes. A token must have one of them.", "scope", string("Scope."), distinct("scope", ["shop", "shop"])),
        [],
      ),
    },
    {
      test: ({ type, authorizer_id }) => hcl`contains(["JWT", "CUSTOM"], ${type}) == (${authorizer_id} != null)`,
      requirement: 'have an authorizer_id if and only if the type is "JWT" or "CUSTOM"',
      refuses: [{ type: "JWT" }, { type: "CUSTOM" }, { type: "AWS_IAM", authorizer_id: "j0000001" }],
    },
    {
      test: ({ type, scopes }) => hcl`${type} == "JWT" || length(${scopes}) == 0`,
      requirement: 'have scopes only with the type "JWT"',
      refuses: [{ type: "CUSTOM", authorizer_id: "j0000001", scopes: ["shop"] }],
      accepts: [{ type: "JWT", authorizer_id: "j0000001", scopes: ["shop"] }],
    },
  ),
  {},
  {
    authorizer_id: { type: "JWT" },
    scopes: { type: "JWT", authorizer_id: "j0000001" },
  },
);

/** AWS replaces a parameter that the route does not have with nothing. */
const knownParameters: Rule<{ readonly path: string; readonly route_key: string }> = {
  test: ({ path, route_key }) => hcl`length(setsubtract(
    flatten(regexall("request[.]path[.]([0-9A-Za-z._-]*[0-9A-Za-z_-])", coalesce(${path}, "/"))),
    flatten(regexall("[{]([^}+]+)[+]?[}]", ${route_key}))
  )) == 0`,
  requirement: "have a path that uses only parameters of its route_key",
  refuses: [{ path: "/v1/$request.path.proxy/$request.path.id" }],
  accepts: [{ path: "/v1/$request.path.id" }],
};

const route = example(
  object(
    "A route.",
    {
      route_key: string("Route key.", routeKey),
      route_id: optional(
        string(
          "ID of the existing route, which the root module imports. Null: the module creates the route.",
          apiGatewayId,
        ),
      ),
      application_integration_id: string(
        "ID of the integration that the route has today, and again at 0 percent. It can have any type.",
        apiGatewayId,
      ),
      path: optional(
        string(
          'Path that the node gets. Null: "$request.path", the complete path without the name of the stage. If the application gets another path today, set it.',
          pathMapping,
        ),
      ),
      integration: optional(keptSettings),
      authorization: optional(authorization),
    },
    knownParameters,
    {
      test: ({ route_id, authorization }) => hcl`(${route_id} == null) == (${authorization} != null)`,
      requirement:
        "have an authorization if and only if it is new (without route_id): a new route does not inherit that of the route that takes its requests today",
      refuses: [
        { route_id: null, integration: {} },
        { authorization: { type: "NONE" }, integration: {} },
      ],
      accepts: [{ route_id: null, authorization: { type: "NONE" }, integration: {} }],
    },
    {
      test: ({ route_id, integration }) => hcl`${route_id} != null || ${integration} != null`,
      requirement:
        "have an integration if it is new (without route_id), because the API does not show yet what that of the application sets: {} for the defaults",
      refuses: [{ route_id: null, authorization: { type: "NONE" } }],
    },
  ),
  { route_id: "r0000001" },
  { authorization: { route_id: null, integration: {} } },
);

export const routesSchema = optional(
  map(
    "Routes that the module moves to a new integration with the node, by names that you choose. Their own integrations do not change. Existing routes need an import block in the root module. A new route takes its requests from a less specific route, or from $default.",
    "route",
    route,
    distinctValues("route key", { a: route.example, b: route.example }, "route_key"),
  ),
  {},
);

export type Routes = ReferenceTo<typeof routesSchema>;

export const allRoutesSchema = optional(
  example(
    map(
      "All routes of the API: route key => ID of the integration. At 100 percent, the plan refuses routes that bypass the node. Null: the module reads the routes from the API, compares their integrations with routes, and a check warns about those that bypass the node. Leave it null if the owner pastes the output cutover_integration.",
      "integration_id",
      string("ID.", apiGatewayId),
    ),
    given({ accepted_routes: ["GET /orders"] }, { "GET /orders": "i0000001" }),
  ),
);

export const acceptedRoutesSchema = optional(
  list(
    "Keys of routes that may bypass the node, such as a route to a Lambda function.",
    "route_key",
    string("Route key.", routeKey),
    distinct("route key", ["GET /status", "GET /status"]),
  ),
  [],
);
