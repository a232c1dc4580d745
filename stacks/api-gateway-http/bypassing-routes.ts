import { DataAwsApigatewayv2Export } from "@cdktf/provider-aws/lib/data-aws-apigatewayv2-export";
import { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { given, ReferenceTo, Rule } from "../../synth/variables/schema";
import { Integrations } from "./integration-schema";
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
            shop: { integration_id: "i0000001", application: { uri: "https://shop.example.com" } },
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
            shop: { integration_id: "i0000001", application: { uri: "https://shop.example.com" } },
          },
        },
        { "GET /accepted": "i0000003", "GET /orders": "i0000001" },
      ),
    ],
  };
}

export interface BypassingRoutesProps {
  readonly apiId: string;
  readonly allRoutes: ReferenceTo<typeof allRoutesSchema>;
  readonly acceptedRoutes: ReferenceTo<typeof acceptedRoutesSchema>;
  readonly listenerArn: string;
  readonly stage: Stage;
  readonly nodeTrafficPercent: number;
  /** What moves routes to the node. */
  readonly dependsOn: ITerraformDependable[];
}

/**
 * Reads the routes of the API after they have moved, and warns about those whose target is not the node.
 * Sources: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-export.html and, for the content of the
 * document, api-gateway-swagger-extensions-any-method.html and -integration.html in the same folder
 */
export class BypassingRoutes extends Construct {
  /** The URIs of their integrations, by route key. Empty if the caller lists the routes. */
  public readonly uris: IResolvable;

  public constructor(scope: Construct, id: string, props: BypassingRoutesProps) {
    super(scope, id);
    const { stage, allRoutes, acceptedRoutes, listenerArn, nodeTrafficPercent: percent } = props;

    const read = comment(
      new DataAwsApigatewayv2Export(this, "routes", {
        count: when(hcl`${allRoutes} == null`),
        apiId: props.apiId,
        specification: "OAS30",
        outputType: "JSON",
        stageName: hcl.string`${stage.deployment} == "automatic" ? null : ${stage.name}`,
        dependsOn: props.dependsOn,
      }),
      "Read after the routes change. It is outside the check, because a data source inside a check makes every plan show changes.",
    );
    const routes = local(
      this,
      "routes_read",
      hcl`merge([
        for path, operations in try(jsondecode(${read.fqn}[0].body).paths, {}) : {
          for method, operation in operations :
          (path == "/$default" ? "$default" : "\${method == "x-amazon-apigateway-any-method" ? "ANY" : upper(method)} \${path}") =>
          try(operation["x-amazon-apigateway-integration"].uri, "no integration")
          if can(regex("^(delete|get|head|options|patch|post|put|x-amazon-apigateway-any-method)$", method))
        }
      ]...)`,
      "Route key => URI of its integration. The export writes the method ANY as x-amazon-apigateway-any-method.",
    );
    this.uris = local(
      this,
      "bypassing_routes",
      hcl`{
        for route_key, uri in ${routes} : route_key => uri
        if uri != ${listenerArn} && !contains(${acceptedRoutes}, route_key)
      }`,
      "Only this listener forwards to the node. A route with any other target bypasses it.",
    );
    new Check(this, "routes_are_read", {
      condition: hcl`${allRoutes} != null || can(jsondecode(${read.fqn}[0].body).paths)`,
      errorMessage:
        "The routes of the API cannot be read from its export, which starts with " +
        text`"${hcl`try(substr(${read.fqn}[0].body, 0, 100), "")`}". List them in all_routes.`,
    });
    const list = hcl`[for route_key, uri in ${this.uris} : "\${route_key} (\${uri})"]`;
    new Check(this, "no_route_bypasses_the_node", {
      condition: hcl`${percent} < 100 || length(${this.uris}) == 0`,
      errorMessage:
        text`These routes bypass the node: ${hcl`join(", ", ${list})`}. Add them to routes or accepted_routes, or ` +
        "add their integrations to adopted_integrations.",
    });
  }
}
