import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { DataAwsApiGatewayResource } from "@cdktf/provider-aws/lib/data-aws-api-gateway-resource";
import { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../../synth/language/expression/comment";
import { dynamic } from "../../../synth/language/expression/dynamic";
import { hcl } from "../../../synth/language/expression/expression";
import { each, forEach } from "../../../synth/language/expression/for-each";
import { local } from "../../../synth/language/expression/local";
import { override } from "../../../synth/language/expression/override";
import { text } from "../../../synth/language/expression/text";
import { Validation } from "../../../synth/language/expression/validation";
import { imported, NOT_IMPORTED } from "../imported";
import { SentSecretHeader, SentSecretHeaderValues } from "../secret-header";
import { RestApi, Stage } from "./api-schema";
import { Application, Node, Routes } from "./route-schema";

export interface IntegrationsProps {
  readonly restApi: RestApi;
  readonly stage: Pick<Stage, "name">;
  /** Whether the module adopts the integrations. */
  readonly adoptedIntegrations: IResolvable;
  readonly application: Application;
  readonly routes: Routes;
  readonly node: Node;
  readonly secretHeader: SentSecretHeader;
  readonly secretHeaderValues: SentSecretHeaderValues;
  readonly vpcLinkId: IResolvable;
  readonly nodeTrafficPercent: number;
  /** For each path of the routes. */
  readonly preconditions: Validation[];
  /** What must be in place before a request is sent to the node. */
  readonly dependsOn?: ITerraformDependable[];
}

/** The integrations of existing methods: with the application at 0, with the node from 1 on. */
export class Integrations extends Construct {
  public readonly resource: ApiGatewayIntegration;
  /** The arguments of each integration without the secret header, with http_method and resource_id, by route. */
  public readonly settings: IResolvable;
  /** The same as keys of x-amazon-apigateway-integration. Does not depend on the API, which can have them in its body. */
  public readonly openApi: IResolvable;
  /** The entry points of the contract, by route. */
  public readonly entryPoints: IResolvable;
  /** The settings that do not depend on the API. */
  private readonly targets: IResolvable;
  /** IDs for import blocks, by route. */
  public readonly importIds: IResolvable;
  /** A hash of the secret header, which changes with it and does not reveal it. Null without one. */
  public readonly secretHeaderHash: IResolvable;

  public constructor(scope: Construct, id: string, props: IntegrationsProps) {
    super(scope, id);
    const { restApi, stage, application, routes, node, vpcLinkId, nodeTrafficPercent: percent } = props;

    const resource = comment(
      new DataAwsApiGatewayResource(this, "route", {
        forEach: forEach(hcl`toset([for name in keys(${routes}) : split(" ", name)[1]])`),
        restApiId: restApi.id,
        path: each.key,
        lifecycle: { precondition: props.preconditions },
      }),
      "By path. If the API does not have the path, the plan fails here.",
    );
    const applicationUris = local(
      this,
      "application_uris",
      hcl`{
        for name, route in ${routes} :
        name => coalesce(route.uri, ${text`${hcl`trimsuffix(coalesce(${application.url}, "/"), "/")`}${hcl`replace(split(" ", name)[1], "+}", "}")`}`})
      }`,
      "By route. The greedy path parameter {proxy+} is written {proxy} in a URI.",
    );
    const paths = local(
      this,
      "application_paths",
      hcl`{ for name, uri in ${applicationUris} : name => regex("^https?://[^/]+(.*)$", uri)[0] }`,
      "The path in the URI of the application, which the node gets too.",
    );
    const pathParameters = local(
      this,
      "path_parameters",
      hcl`{
        for name, path in ${paths} : name => {
          for parameter in distinct(flatten(regexall("[{]([^{}]+)[}]", path))) :
          "integration.request.path.\${parameter}" => "method.request.path.\${parameter}" if !startswith(parameter, "stageVariables.")
        }
      }`,
      "API Gateway fills in a path parameter of the URI only with such a mapping. Stage variables need none.",
    );
    const nodeUrl = local(
      this,
      "node_url",
      text`${hcl`lower(${node.protocol})`}://${node.host}${hcl`${node.port} == null ? "" : ${text`:${node.port}`}`}`,
    );
    this.targets = local(
      this,
      "integration_targets",
      hcl`{
        for name, route in ${routes} : name => {
          type                    = route.type
          integration_http_method = coalesce(route.integration_http_method, split(" ", name)[0])
          uri                     = ${percent} == 0 ? ${applicationUris}[name] : ${text`${nodeUrl}${hcl`${paths}[name]`}`}
          connection_type         = ${percent} == 0 && route.vpc_link_id == null ? "INTERNET" : "VPC_LINK"
          connection_id           = ${percent} == 0 ? route.vpc_link_id : ${vpcLinkId}
          timeout_milliseconds    = coalesce(${percent} == 0 ? null : ${node.timeout_milliseconds}, route.timeout_milliseconds)
          tls_insecure_skip_verification = ${percent} == 0 ? route.tls_insecure_skip_verification : ${node.tls_insecure_skip_verification}
          request_parameters = merge(
            ${pathParameters}[name],
            route.request_parameters,
            { for parameter, value in ${node.request_parameters} : parameter => value if ${percent} > 0 }
          )
        }
      }`,
      "By route. From 1 percent, the target of the integration is the node. During a canary, the stage decides how many requests use it.",
    );
    this.settings = local(
      this,
      "integrations",
      hcl`{
        for name, target in ${this.targets} : name => merge(target, {
          http_method = split(" ", name)[0]
          resource_id = ${resource.fqn}[split(" ", name)[1]].id
        })
      }`,
    );
    this.openApi = hcl`{
      for name, target in ${this.targets} : name => merge(
        {
          type              = lower(target.type)
          httpMethod        = target.integration_http_method
          uri               = target.uri
          connectionType    = target.connection_type
          timeoutInMillis   = target.timeout_milliseconds
          tlsConfig         = { insecureSkipVerification = target.tls_insecure_skip_verification }
          requestParameters = target.request_parameters
        },
        { for id in target.connection_id[*] : "connectionId" => id }
      )
    }`;
    this.entryPoints = hcl`{
        for name, integration in ${this.settings} : name => {
          rest_api_id     = ${restApi.id}
          stage_name      = ${stage.name}
          resource_id     = integration.resource_id
          http_method     = integration.http_method
          vpc_link_id     = ${vpcLinkId}
          application_uri = ${percent} == 100 ? null : ${applicationUris}[name]
        }
      }`;
    this.importIds = hcl`{ for name, integration in ${this.settings} : name => ${text`${restApi.id}/${hcl`integration.resource_id`}/${hcl`integration.http_method`}`} }`;
    const sentValue = hcl`${props.secretHeaderValues}[header.active]`;
    // A loop that is not entered does not evaluate the sensitive variable.
    const secretParameters = hcl`{
      for header in ${props.secretHeader}[*] :
      "integration.request.header.\${header.name}" => ${text`'${sentValue}'`} if ${percent} > 0
    }`;
    this.secretHeaderHash = hcl`one([for header in ${props.secretHeader}[*] : nonsensitive(sha256(${text`${hcl`header.name`} ${sentValue}`}))])`;

    const setting = (name: string) => hcl`${this.settings}[each.key].${name}`;
    this.resource = comment(
      new ApiGatewayIntegration(this, "adopted", {
        forEach: forEach(hcl`{ for name, route in ${routes} : name => route if ${props.adoptedIntegrations} }`),
        dependsOn: props.dependsOn,
        restApiId: restApi.id,
        resourceId: hcl.string(setting("resource_id")),
        httpMethod: hcl.string(setting("http_method")),
        credentials: NOT_IMPORTED,
        type: routes.each.type,
        integrationHttpMethod: hcl.string(setting("integration_http_method")),
        uri: hcl.string(setting("uri")),
        connectionType: hcl.string(setting("connection_type")),
        connectionId: hcl.string(setting("connection_id")),
        timeoutMilliseconds: hcl.number(setting("timeout_milliseconds")),
        requestParameters: hcl.map`merge(${setting("request_parameters")}, ${secretParameters})`,
        requestTemplates: hcl.map(routes.each.request_templates),
        passthroughBehavior: routes.each.passthrough_behavior,
        contentHandling: routes.each.content_handling,
        cacheKeyParameters: hcl.list(routes.each.cache_key_parameters),
        cacheNamespace: routes.each.cache_namespace,
        lifecycle: {
          preventDestroy: true,
          ignoreChanges: ["credentials"],
          postcondition: [
            imported({
              subject: text`The integration of ${each.key}`,
              argument: "credentials",
              address: text`aws_api_gateway_integration.adopted["${each.key}"]`,
              id: text`${restApi.id}/${hcl`self.resource_id`}/${hcl`self.http_method`}`,
            }),
          ],
        },
      }),
      "Imported by the root module: without the import, it would overwrite the existing integration, so the plan is refused. credentials only show a missing import. It is never deleted or replaced, which would leave a method without an integration. tls_config is there if the node or the application needs it: if the block were removed, the provider would leave the last value in AWS.",
    );
    override(this.resource, {
      // If the block is removed, the provider leaves the last value in AWS.
      tls_config: dynamic(
        hcl`${routes.each.tls_insecure_skip_verification} || ${node.tls_insecure_skip_verification} ? [${setting("tls_insecure_skip_verification")}] : []`,
        { insecure_skip_verification: hcl`tls_config.value` },
      ),
    });
  }
}
