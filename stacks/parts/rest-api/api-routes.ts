import { DataAwsApiGatewayExport } from "@cdktf/provider-aws/lib/data-aws-api-gateway-export";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../../synth/language/expression/check";
import { comment } from "../../../synth/language/expression/comment";
import { hcl } from "../../../synth/language/expression/expression";
import { local } from "../../../synth/language/expression/local";
import { text } from "../../../synth/language/expression/text";
import { Validation } from "../../../synth/language/expression/validation";
import { example, given, optional, ReferenceTo, string } from "../../../synth/variables/schema";
import { NOT_AT_THE_NODE, RestApi, Stage } from "./api-schema";
import { METHODS, routeNames, Routes } from "./route-schema";

export const allRoutesSchema = optional(
  routeNames(
    "All methods of the API, from its owner. Null: the module reads them from openapi or, without it, from the stage.",
  ),
);

export function openapiSchema(allRoutes: IResolvable) {
  return optional(
    example(
      string(
        "The OpenAPI document of the API with the extensions of API Gateway, as JSON or YAML text. Null: the module reads the methods from the stage, unless all_routes is set.",
        {
          test: (text) => hcl`can(keys(try(jsondecode(${text}), yamldecode(${text})).paths))`,
          requirement: "be an OpenAPI document in JSON or YAML with paths",
          refuses: ["shop.openapi.json", "{}"],
          accepts: ["paths:\n  /orders:\n    get: {}\n", '{"paths":{}}'],
        },
        {
          test: () => hcl`${allRoutes} == null`,
          requirement: "be null if all_routes is set: both list the methods of the API",
          refuses: [given({ all_routes: ["GET /orders"] }, '{"paths":{}}')],
        },
      ),
      '{"paths":{}}',
    ),
  );
}

export const acceptedRoutesSchema = optional(
  routeNames("Methods of the API that may bypass the node, such as one that a Lambda function answers."),
  [],
);

export interface ApiRoutesProps {
  readonly restApi: RestApi;
  readonly stage: Stage;
  readonly routes: Routes;
  readonly allRoutes: ReferenceTo<typeof allRoutesSchema>;
  readonly openapi: string;
  readonly acceptedRoutes: ReferenceTo<typeof acceptedRoutesSchema>;
  readonly adoptedIntegrations: IResolvable;
  readonly adoptedStage: IResolvable;
}

/** The methods of the API, and those that bypass the node. */
export class ApiRoutes extends Construct {
  /** Method and path of each method that bypasses the node at 100 percent, sorted. */
  public readonly bypassing: IResolvable;
  /** Whether the caller lists the methods. */
  private readonly listed: IResolvable;
  /** Method and path → type of the integration, in lower case. */
  private readonly all: IResolvable;
  private readonly routes: IResolvable;
  private readonly stageName: string;
  /** Whether the module changes what the stage serves, and no owner has to. */
  private readonly adopted: IResolvable;
  /** Method and path → integration that the stage serves. Empty if the stage is not read. */
  private readonly served: IResolvable;

  public constructor(scope: Construct, id: string, props: ApiRoutesProps) {
    super(scope, id);
    const { restApi, stage, routes, allRoutes, openapi, acceptedRoutes } = props;
    this.routes = routes;
    this.stageName = stage.name;
    this.adopted = hcl`${props.adoptedIntegrations} && ${props.adoptedStage}`;
    this.listed = hcl`${allRoutes} != null || ${openapi} != null`;

    const read = comment(
      new DataAwsApiGatewayExport(this, "stage", {
        count: hcl.number`(${this.listed}) && ${this.adopted} ? 0 : 1`,
        restApiId: restApi.id,
        stageName: stage.name,
        exportType: "oas30",
        accepts: "application/json",
        parameters: { extensions: "apigateway" },
        lifecycle: {
          postcondition: [
            {
              condition: hcl`${this.listed} || can(keys(jsondecode(self.body).paths))`,
              errorMessage:
                text`The methods of the API cannot be read from the export of the stage ${stage.name}. List them in ` +
                "all_routes, or set openapi to the OpenAPI document of the API.",
            },
          ],
        },
      }),
      "The API as the stage serves it, without changes that have not been deployed.",
    );
    this.served = local(
      this,
      "stage_integrations",
      integrationsIn(hcl`try(jsondecode(${read.fqn}[0].body).paths, {})`),
      "Method and path => integration. The export writes the method ANY as x-amazon-apigateway-any-method.",
    );
    const documented = local(
      this,
      "document_integrations",
      integrationsIn(hcl`try(jsondecode(${openapi}).paths, yamldecode(${openapi}).paths, {})`),
      "The document is JSON or YAML.",
    );
    this.all = local(
      this,
      "api_routes",
      hcl`merge(
        { for name in ${allRoutes} == null ? [] : ${allRoutes} : name => "unknown" },
        { for name, integration in ${documented} : name => lower(try(integration.type, "unknown")) },
        { for name, integration in ${this.served} : name => lower(try(integration.type, "unknown")) if !(${this.listed}) }
      )`,
      "Method and path => type of the integration.",
    );
    this.bypassing = local(
      this,
      "bypassing_routes",
      hcl`sort([
        for name, type in ${this.all} : name
        if type != "mock" && !contains(keys(${routes}), name) && !contains(${acceptedRoutes}, name)
      ])`,
      "API Gateway itself answers methods with an integration of the type mock, such as CORS preflight requests. They never reach the application.",
    );
  }

  /** For a path: its methods exist in the API, if the caller lists them. The stage may not have new methods yet. */
  public exist(): Validation {
    const missing = hcl`[
      for name in keys(${this.routes}) : name if split(" ", name)[1] == each.key && !contains(keys(${this.all}), name)
    ]`;
    return {
      condition: hcl`!(${this.listed}) || length(${missing}) == 0`,
      errorMessage:
        text`routes has methods that the API does not have: ${hcl`join(", ", ${missing})`}. The API has ` +
        text`${hcl`join(", ", keys(${this.all}))`}.`,
    };
  }

  /** Holds before the first request goes to the node. Does not prevent a rollback to 0. */
  public noneBypass(nodeTrafficPercent: number): Validation {
    return {
      condition: hcl`${nodeTrafficPercent} == 0 || length(${this.bypassing}) == 0`,
      errorMessage:
        "These methods of the API would bypass the node: " +
        text`${hcl`join(", ", ${this.bypassing})`}. Add them to routes, or to accepted_routes if they may.`,
    };
  }

  /**
   * Warns while the stage does not send the routes to the node, although it should. Another state changes it.
   * @param settings the integrations, by route
   */
  public checkOwner(nodeTrafficPercent: number, settings: IResolvable): void {
    const elsewhere = local(
      this,
      "routes_of_the_owner_around_the_node",
      hcl`${this.adopted} ? [] : [
        for name, integration in ${settings} : "\${name} (\${try(${this.served}[name].uri, "no integration")})"
        if try(${this.served}[name].uri, null) != integration.uri || try(${this.served}[name].connectionId, null) != integration.connection_id
      ]`,
      "If an owner pastes or deploys, what the stage serves with another integration than that of the node.",
    );
    new Check(this, NOT_AT_THE_NODE, {
      condition: hcl`${nodeTrafficPercent} < 100 || length(${elsewhere}) == 0`,
      errorMessage:
        text`The stage ${this.stageName} does not send these methods to the node: ${hcl`join(", ", ${elsewhere})`}. ` +
        "Their owner must paste the output integrations, and deploy the API to the stage.",
    });
  }
}

/** Method and path → integration, in the paths of an OpenAPI document. */
function integrationsIn(paths: IResolvable): IResolvable {
  return hcl`{
    for route in flatten([
      for path, methods in ${paths} : [
        for method, operation in methods : {
          name        = "\${upper(trimsuffix(trimprefix(method, "x-amazon-apigateway-"), "-method"))} \${path}"
          integration = try(operation["x-amazon-apigateway-integration"], {})
        }
      ]
    ]) : route.name => route.integration if contains(${JSON.stringify(METHODS)}, split(" ", route.name)[0])
  }`;
}
