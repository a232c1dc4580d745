import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../../synth/language/expression/comment";
import { dynamic } from "../../../synth/language/expression/dynamic";
import { hcl } from "../../../synth/language/expression/expression";
import { local } from "../../../synth/language/expression/local";
import { override } from "../../../synth/language/expression/override";
import { text } from "../../../synth/language/expression/text";
import { when } from "../../../synth/language/expression/when";
import { given, map, optional, Rule, string } from "../../../synth/variables/schema";
import { imported, NOT_IMPORTED } from "../imported";
import { NOT_ALL_TRAFFIC } from "../traffic-check";
import { RestApi, Stage } from "./api-schema";

export const redeploymentTriggersSchema = optional(
  map(
    "Values that cause a new deployment when they change, such as a hash of the owner's API definition, by names that you choose. A deployment publishes all changes in the API.",
    "trigger",
    string("Value."),
  ),
  {},
);

/** A canary has two deployments. This module must never replace that of the application. */
export function canaryRule(
  adoptedStage: IResolvable,
  nodeTrafficPercent: number,
): Rule<Pick<Stage, "application_deployment_id">> {
  return {
    test: ({ application_deployment_id }) =>
      hcl`contains([0, 100], ${nodeTrafficPercent}) || (${adoptedStage} && ${application_deployment_id} != null)`,
    requirement:
      "have an application_deployment_id, and adopted_stage must be true, while node_traffic_percent is 1 to 99: the other requests get this deployment",
    refuses: [
      given({ node_traffic_percent: 1 }, { application_deployment_id: null }, NOT_ALL_TRAFFIC),
      given(
        { node_traffic_percent: 99, adopted_stage: false },
        { application_deployment_id: "owner1" },
        NOT_ALL_TRAFFIC,
      ),
    ],
    accepts: [given({ node_traffic_percent: 99 }, { application_deployment_id: "owner1" })],
  };
}

export interface DeploymentProps {
  readonly name: string;
  readonly restApi: RestApi;
  /** Whether the module deploys. */
  readonly adoptedStage: IResolvable;
  readonly stage: Stage;
  readonly redeploymentTriggers: IResolvable;
  /** What is deployed. A new value creates a new deployment. */
  readonly deployed: IResolvable;
  /** ID of the backend certificate, or null. */
  readonly clientCertificateId: IResolvable;
  readonly nodeTrafficPercent: number;
  readonly dependsOn: ITerraformDependable[];
}

/** Deploys the API to its stage. Without a deployment, nothing changes for clients. */
export class Deployment extends Construct {
  public readonly stage: ApiGatewayStage;
  /** Changes when the API needs a new deployment, for an owner who deploys. */
  public readonly trigger: IResolvable;
  /** The ID of the deployment, or null. */
  public readonly id: IResolvable;

  public constructor(scope: Construct, id: string, props: DeploymentProps) {
    super(scope, id);
    const { restApi, adoptedStage, stage, nodeTrafficPercent: percent } = props;
    const count = when(adoptedStage);

    this.trigger = local(
      this,
      "redeployment_trigger",
      hcl`sha1(jsonencode(${props.deployed}))`,
      "Changes to a REST API reach clients only with a new deployment. The secret header is hashed, so a new value changes the trigger, and the trigger does not reveal it.",
    );
    const deployment = comment(
      new ApiGatewayDeployment(this, "routing", {
        count,
        restApiId: restApi.id,
        description: `${props.name}: ${hcl`${percent} == 0 ? "to the application" : "to the Wallarm Node"`}`,
        triggers: hcl.map`merge(${props.redeploymentTriggers}, { routing = ${this.trigger} })`,
        dependsOn: props.dependsOn,
        lifecycle: { createBeforeDestroy: true },
      }),
      "A snapshot of the API, taken after all other changes. The stage moves to it before the old one is destroyed, because AWS refuses to delete a deployment that a stage serves.",
    );
    this.id = hcl`one(${deployment.fqn}[*].id)`;
    const applicationId = stage.application_deployment_id;
    this.stage = comment(
      new ApiGatewayStage(this, "adopted", {
        count,
        restApiId: restApi.id,
        stageName: stage.name,
        description: NOT_IMPORTED,
        deploymentId: hcl.string`${percent} == 100 || ${applicationId} == null ? ${deployment.fqn}[0].id : ${applicationId}`,
        clientCertificateId: hcl.string(props.clientCertificateId),
        lifecycle: {
          preventDestroy: true,
          ignoreChanges: NOT_MANAGED,
          precondition: [
            {
              condition: hcl`${applicationId} == null ? true : ${applicationId} != ${deployment.fqn}[0].id`,
              errorMessage:
                "stage.application_deployment_id is a deployment of this module, " +
                text`${hcl`jsonencode(${applicationId})`}, which the next one replaces. Set it to a deployment of the ` +
                "owner of the application, or to null.",
            },
          ],
          postcondition: [
            imported({
              subject: text`The stage ${stage.name}`,
              argument: "description",
              address: "aws_api_gateway_stage.adopted[0]",
              id: text`${restApi.id}/${stage.name}`,
            }),
          ],
        },
      }),
      "Imported by the root module. Only the deployment, the canary, and the backend certificate change, and the stage is never deleted. The description only shows a missing import. Below 100 percent, the stage serves application_deployment_id, if it is set. From 1 to 99 percent, its canary serves the deployment above.",
    );
    override(this.stage, {
      canary_settings: dynamic(hcl`contains([0, 100], ${percent}) ? [] : [${percent}]`, {
        deployment_id: hcl`${deployment.fqn}[0].id`,
        percent_traffic: hcl`canary_settings.value`,
      }),
    });
  }
}

/** The other arguments of a stage that provider 5.100 has. */
const NOT_MANAGED = [
  "access_log_settings",
  "cache_cluster_enabled",
  "cache_cluster_size",
  "description",
  "documentation_version",
  "tags",
  "tags_all",
  "variables",
  "xray_tracing_enabled",
];
