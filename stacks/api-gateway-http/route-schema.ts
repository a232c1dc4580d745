import { hcl } from "../../synth/language/expression/expression";
import { distinct, distinctValues, matches, oneOf } from "../../synth/variables/rules";
import { example, given, list, map, object, optional, ReferenceTo, Rule, string } from "../../synth/variables/schema";
import { apiGatewayId } from "../parts/vpc-link";
import { pathMapping, REQUEST_PATH } from "./integration-schema";

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
    "Who may call the route.",
    {
      type: string('"NONE" is everybody.', oneOf("NONE", "AWS_IAM", "JWT", "CUSTOM")),
      authorizer_id: optional(string("ID of the authorizer.", apiGatewayId)),
      scopes: optional(
        list("Scopes of which a token must have one.", "scope", string("Scope."), distinct("scope", ["shop", "shop"])),
        [],
      ),
    },
    {
      test: ({ type, authorizer_id }) => hcl`contains(["JWT", "CUSTOM"], ${type}) == (${authorizer_id} != null)`,
      requirement: 'have an authorizer_id with the type "JWT" or "CUSTOM", and only then',
      refuses: [{ type: "JWT" }, { type: "CUSTOM" }, { type: "AWS_IAM", authorizer_id: "j0000001" }],
    },
    {
      test: ({ type, scopes }) => hcl`${type} == "JWT" || length(${scopes}) == 0`,
      requirement: 'have no scopes but with the type "JWT"',
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

/** AWS puts nothing in place of a parameter that the route does not have. */
const knownParameters: Rule<{ readonly path: string; readonly route_key: string }> = {
  test: ({ path, route_key }) => hcl`length(setsubtract(
    flatten(regexall("request[.]path[.]([0-9A-Za-z._-]*[0-9A-Za-z_-])", ${path})),
    flatten(regexall("[{]([^}+]+)[+]?[}]", ${route_key}))
  )) == 0`,
  requirement: "have a path with parameters of its route_key only",
  refuses: [{ path: "/v1/$request.path.proxy/$request.path.id" }],
  accepts: [{ path: "/v1/$request.path.id" }],
};

const route = example(
  object(
    "A route.",
    {
      route_key: string("Its key.", routeKey),
      route_id: optional(
        string("ID of the existing route, which is imported by the root module. Null: a new route.", apiGatewayId),
      ),
      application_integration_id: string(
        "ID of the integration that it has today, of any type, and again at 0.",
        apiGatewayId,
      ),
      path: optional(
        string(
          'Path that the node gets. "$request.path" is the whole one, without the name of the stage.',
          pathMapping,
        ),
        REQUEST_PATH,
      ),
      authorization: optional(authorization),
    },
    knownParameters,
    {
      test: ({ route_id, authorization }) => hcl`(${route_id} == null) == (${authorization} != null)`,
      requirement:
        "have an authorization if it is new, as that of the route which takes its requests today does not pass to it, and only then",
      refuses: [{ route_id: null }, { authorization: { type: "NONE" } }],
      accepts: [{ route_id: null, authorization: { type: "NONE" } }],
    },
  ),
  { route_id: "r0000001" },
  { authorization: { route_id: null } },
);

export const routesSchema = optional(
  map(
    "Routes that the module turns to a new integration with the node, leaving their own integrations as they are, each under a name of your own. Existing routes need an import block in the root module. A new one takes its requests from a less specific route, or from $default.",
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
      "Every route of the API: its key => the ID of its integration. A route that goes around the node at 100 is then refused at plan. Null: the routes are read from the API, and those that go around the node warned of.",
      "integration_id",
      string("ID.", apiGatewayId),
    ),
    given({ accepted_routes: ["GET /orders"] }, { "GET /orders": "i0000001" }),
  ),
);

export const acceptedRoutesSchema = optional(
  list(
    "Keys of routes that are to go around the node, such as one of a Lambda function.",
    "route_key",
    string("Key.", routeKey),
    distinct("route key", ["GET /status", "GET /status"]),
  ),
  [],
);
