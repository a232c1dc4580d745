import { DataAwsApigatewayv2Export } from "@cdktf/provider-aws/lib/data-aws-apigatewayv2-export";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { when } from "../../synth/language/expression/when";
import { given, ReferenceTo, Rule } from "../../synth/variables/schema";
import { APPLICATION_LISTENER, Integrations, PATH, REQUEST_PATH } from "./integration-schema";
import { acceptedRoutesSchema, allRoutesSchema, Routes } from "./route-schema";
import { Stage } from "./stage";

/** For the routes that the caller lists: the plan is refused before any route moves. */
export function noBypassingRoutes(props: {
  readonly routes: Routes;
  readonly integrations: Integrations;
  readonly acceptedRoutes: ReferenceTo<typeof acceptedRoutesSchema>;
  readonly nodeTrafficPercent: number;
}): Rule<IResolvable> {
  const { routes, integrations, acceptedRoutes, nodeTrafficPercent: percent } = props;
  const movedKeys = hcl`values(${routes})[*].route_key`;
  const adoptedIds = hcl`values(${integrations})[*].integration_id`;
  const bypassing = (all: IResolvable) => hcl`[
    for route_key, id in ${all} : route_key
    if !contains(concat(${movedKeys}, ${acceptedRoutes}), route_key) &&
    !contains(${adoptedIds}, id)
  ]`;
  return {
    test: (all) => hcl`${percent} < 100 || length(${bypassing(all)}) == 0`,
    requirement:
      "have no routes that bypass the node at 100 percent: add them to routes or accepted_routes, or add their integrations to adopted_integrations",
    offending: bypassing,
    refuses: [
      given(
        {
          node_traffic_percent: 100,
          accepted_routes: ["GET /accepted"],
          adopted_integrations: {
            shop: { integration_id: "i0000001", application: { uri: APPLICATION_LISTENER, connection_id: "l0000009" } },
          },
        },
        { "GET /forgotten": "i0000002", "GET /accepted": "i0000003", "GET /orders": "i0000001" },
      ),
    ],
    accepts: [
      given(
        {
          node_traffic_percent: 100,
          accepted_routes: ["GET /accepted"],
          adopted_integrations: {
            shop: { integration_id: "i0000001", application: { uri: APPLICATION_LISTENER, connection_id: "l0000009" } },
          },
        },
        { "GET /accepted": "i0000003", "GET /orders": "i0000001" },
      ),
    ],
  };
}

/** Without the export, nothing shows what the applications' integrations set. */
export function settingsAreGiven(routes: Routes): Rule<IResolvable> {
  const route = { route_key: "GET /orders", route_id: "r0000001", application_integration_id: "i0000002" };
  return {
    test: () => hcl`alltrue([for route in ${routes} : route.integration != null])`,
    requirement:
      "be null, or each route must have an integration ({} for the defaults): with a list of the routes, the module does not read what the application's integrations set",
    refuses: [given({ routes: { orders: route } }, { "GET /orders": "i0000002" })],
    accepts: [given({ routes: { orders: { ...route, integration: {} } } }, { "GET /orders": "i0000002" })],
  };
}

export interface ApiRoutesProps {
  readonly apiId: string;
  readonly routes: Routes;
  readonly integrations: Integrations;
  readonly allRoutes: ReferenceTo<typeof allRoutesSchema>;
  readonly acceptedRoutes: ReferenceTo<typeof acceptedRoutesSchema>;
  readonly listenerArn: string;
  readonly stage: Stage;
  readonly nodeTrafficPercent: number;
}

/**
 * The routes of the API as they are before the plan changes them, and their integrations.
 * Sources: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-export.html and, for the content of the
 * document, api-gateway-swagger-extensions-any-method.html, -integration.html, and api-gateway-extensions-integrations.html
 * in the same folder
 */
export class ApiRoutes extends Construct {
  /** Those that bypass the node at 100 percent: `{ uri, path }` by route key. Empty if the caller lists the routes. */
  public readonly bypassing: IResolvable;
  private readonly routes: Routes;
  private readonly listenerArn: string;
  /** The integration of each route, and the path that it sends, by route key. */
  private readonly exported: IResolvable;
  private readonly paths: IResolvable;

  public constructor(scope: Construct, id: string, props: ApiRoutesProps) {
    super(scope, id);
    const { stage, routes, integrations, allRoutes, acceptedRoutes, listenerArn, nodeTrafficPercent: percent } = props;
    this.routes = routes;
    this.listenerArn = listenerArn;

    const read = comment(
      new DataAwsApigatewayv2Export(this, "routes", {
        count: when(hcl`${allRoutes} == null`),
        apiId: props.apiId,
        specification: "OAS30",
        outputType: "JSON",
        stageName: hcl.string`${stage.deployment} == "automatic" ? null : ${stage.name}`,
      }),
      "Read at plan, before the routes change. It is outside the check, because a data source inside a check makes every plan show changes.",
    );
    const document = local(this, "api", hcl`try(jsondecode(${read.fqn}[0].body), {})`);
    const exported = local(
      this,
      "integrations_read",
      hcl`merge([
        for path, operations in try(${document}.paths, {}) : {
          for method, operation in operations :
          (path == "/$default" ? "$default" : "\${method == "x-amazon-apigateway-any-method" ? "ANY" : upper(method)} \${path}") => try(
            ${document}.components["x-amazon-apigateway-integrations"][basename(operation["x-amazon-apigateway-integration"]["$ref"])],
            operation["x-amazon-apigateway-integration"],
            {}
          )
          if can(regex("^(delete|get|head|options|patch|post|put|x-amazon-apigateway-any-method)$", method))
        }
      ]...)`,
      "Route key => its integration. The export writes the method ANY as x-amazon-apigateway-any-method.",
    );
    const urlPath = hcl`regex("^https?://[^/]+(/.+)$", integration.uri)[0]`;
    const paths = local(
      this,
      "application_paths",
      hcl`{
        for route_key, integration in ${exported} : route_key => try(
          integration.requestParameters["${PATH}"],
          ${urlPath} == replace(split(" ", route_key)[1], "+}", "}") ? "${REQUEST_PATH}" :
          replace(${urlPath}, "/[{]([^{}]+)[}]/", "$$request.path.$1"),
          startswith(integration.uri, "arn:") && lower(integration.type) == "http_proxy" && ${stage.name} != "$default" ? "/\${${stage.name}}$\${request.path}" :
          "${REQUEST_PATH}",
          "${REQUEST_PATH}"
        )
      }`,
      "Route key => path that the application gets: as the integration maps it, as its URL says or, from a private integration, after the name of the stage.",
    );
    this.paths = paths;
    this.exported = exported;
    const moving = local(
      this,
      "moving",
      hcl`{
        route_keys = [for route in ${routes} : route.route_key if ${percent} < 100 || ${stage.deployment} != "owner"]
        uris       = [for integration in ${integrations} : integration.application.uri if ${percent} < 100 || ${stage.deployment} != "owner"]
      }`,
      "What this plan moves, or would move at 100 percent. If the owner deploys the stage, nothing moves before that.",
    );
    this.bypassing = local(
      this,
      "bypassing_routes",
      hcl`{
        for route_key, integration in ${exported} :
        route_key => { uri = try(integration.uri, "no integration"), path = ${paths}[route_key] }
        if try(integration.uri, "") != ${listenerArn} &&
        !contains(concat(${acceptedRoutes}, ${moving}.route_keys), route_key) &&
        !contains(${moving}.uris, try(integration.uri, ""))
      }`,
      "Only this listener forwards to the node. A route with any other target bypasses it.",
    );
    new Check(this, "routes_are_read", {
      condition: hcl`${allRoutes} != null || can(${document}.paths)`,
      errorMessage:
        "The routes of the API cannot be read from its export, which starts with " +
        text`"${hcl`try(substr(${read.fqn}[0].body, 0, 100), "")`}". List them in all_routes.`,
    });
    const list = hcl`[for route_key, route in ${this.bypassing} : "\${route_key} (\${route.uri})"]`;
    new Check(this, "no_route_bypasses_the_node", {
      condition: hcl`${percent} < 100 || length(${this.bypassing}) == 0`,
      errorMessage:
        text`These routes bypass the node: ${hcl`join(", ", ${list})`}. Add them to routes or accepted_routes, or ` +
        "paste cutover_integration into their integrations, and deploy the stage.",
    });
  }

  /** For a route: what the application's integration sets is in `routes`. Says nothing once the route goes to the node. */
  public keepsSettings(settings: IResolvable): Validation {
    const ofApplication = local(
      this,
      "application_integrations",
      hcl`{
        for key, route in ${this.routes} : key => ${this.exported}[route.route_key]
        if try(${this.exported}[route.route_key].uri, ${this.listenerArn}) != ${this.listenerArn}
      }`,
      "By route, while it goes to the application.",
    );
    const lost = local(
      this,
      "lost_settings",
      hcl`{
        for key, integration in ${ofApplication} : key => concat(
          ${this.routes}[key].path == null && ${this.paths}[${this.routes}[key].route_key] != "${REQUEST_PATH}" ? ["path"] : [],
          try(lower(integration.type) == "http_proxy" && integration.httpMethod != ${settings}[key].method, false) ? ["integration.method"] : [],
          try(tonumber(integration.timeoutInMillis) != ${settings}[key].timeout_milliseconds, false) ? ["integration.timeout_milliseconds"] : [],
          [
            for name, value in try(integration.requestParameters, {}) : "integration.request_parameters \${name}"
            if try(lower(integration.type), "") == "http_proxy" && name != "${PATH}" &&
            try(${settings}[key].request_parameters[name], null) != value
          ],
          [
            for status, mappings in try(integration.responseParameters, {}) : "integration.response_parameters \${status}"
            if jsonencode(try(${settings}[key].response_parameters[status], null)) != jsonencode(mappings)
          ]
        )
      }`,
      "By route, what the application's integration sets and routes does not have. The integration with the node would not have it either. The method and the parameters of a Lambda function are not those of a request.",
    );
    const names = hcl`lookup(${lost}, each.key, [])`;
    return {
      condition: hcl`length(${names}) == 0`,
      errorMessage:
        text`routes["${hcl`each.key`}"]: the application's integration has other settings, which would be lost: ` +
        text`${hcl`join(", ", ${names})`}. Set them as aws apigatewayv2 get-integration shows them.`,
    };
  }
}
