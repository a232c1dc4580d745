import { Apigatewayv2Deployment } from "@cdktf/provider-aws/lib/apigatewayv2-deployment";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { matches, oneOf } from "../../synth/variables/rules";
import { object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { imported, NOT_IMPORTED } from "../parts/imported";

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html */
export const stageSchema = optional(
  object("The stage that clients call.", {
    name: optional(
      string(
        "Name.",
        matches(
          /^(\$default|[0-9A-Za-z_-]{1,128})$/,
          'be "$default", or 1 to 128 letters, digits, hyphens, and underscores',
          { accepts: ["$default", "live", "a".repeat(128)], refuses: ["live/v1", "", "a".repeat(129)] },
        ),
      ),
      "$default",
    ),
    deployment: optional(
      string(
        'How changes are deployed. "automatic": the stage has automatic deployment. "adopted": it does not, and the module changes its deployment, with an import block in the root module. "owner": its owner deploys it, after each apply that changes the output redeployment_trigger.',
        oneOf("automatic", "adopted", "owner"),
      ),
      "automatic",
    ),
  }),
  {},
);

export type Stage = ReferenceTo<typeof stageSchema>;

export interface DeployedStageProps {
  readonly name: string;
  readonly apiId: string;
  readonly stage: Stage;
  /** What the module changes in the API. A new value creates a new deployment. */
  readonly deployed: IResolvable;
  readonly dependsOn: ITerraformDependable[];
}

/** Deploys the changes of routes and integrations to an adopted stage without automatic deployment. */
export class DeployedStage extends Construct {
  public readonly deployment: Apigatewayv2Deployment;
  public readonly stage: Apigatewayv2Stage;
  /** Changes with what must be deployed. */
  public readonly trigger: IResolvable;

  public constructor(scope: Construct, id: string, props: DeployedStageProps) {
    super(scope, id);
    const { apiId, stage } = props;

    this.trigger = local(
      this,
      "redeployment_trigger",
      hcl`nonsensitive(sha1(jsonencode(${props.deployed})))`,
      "The hash does not reveal the secret header.",
    );
    this.deployment = comment(
      new Apigatewayv2Deployment(this, "node", {
        count: when(hcl`${stage.deployment} == "adopted"`),
        apiId,
        description: props.name,
        triggers: { routing: hcl.string(this.trigger) },
        dependsOn: props.dependsOn,
        lifecycle: { createBeforeDestroy: true },
      }),
      "A stage without automatic deployment serves a snapshot of the API. Only changes that this module makes trigger a new snapshot. The stage moves to it before the old one is destroyed. Where the stage is in another state, its owner deploys: AWS deletes no deployment that a stage serves.",
    );
    this.stage = comment(
      new Apigatewayv2Stage(this, "adopted", {
        count: when(hcl`${stage.deployment} == "adopted"`),
        apiId,
        name: stage.name,
        description: NOT_IMPORTED,
        deploymentId: hcl.string`${this.deployment.fqn}[0].id`,
        lifecycle: {
          preventDestroy: true,
          ignoreChanges: NOT_MANAGED,
          postcondition: [
            imported({
              subject: 'stage.deployment is "adopted", and the stage',
              argument: "description",
              address: "aws_apigatewayv2_stage.adopted[0]",
              id: text`${apiId}/${stage.name}`,
            }),
            {
              condition: hcl`self.auto_deploy != true`,
              errorMessage:
                text`stage.deployment is "adopted", but the stage ${hcl`self.name`} has automatic deployment, so AWS accepts ` +
                'no deployment for it. Set stage.deployment to "automatic".',
            },
          ],
        },
      }),
      "Imported by the root module: AWS refuses a second stage with the same name. Only the deployment changes. " +
        "The description only shows a missing import.",
    );
  }
}

/** Arguments other than the deployment. */
const NOT_MANAGED = [
  "access_log_settings",
  "auto_deploy",
  "client_certificate_id",
  "default_route_settings",
  "description",
  "route_settings",
  "stage_variables",
  "tags",
  "tags_all",
];
