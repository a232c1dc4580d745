/** The stage of an HTTP API that clients call, and how a change gets there. */
import { HttpApi } from "../../model/http-routes";
import { Step } from "../composition";
import { Fields } from "../hcl";
import { listed, Refusal } from "../refusal";

export interface Stage {
  readonly name: string;
  readonly argument: Fields;
  /** Its owner deploys it. */
  readonly isOwners: boolean;
  readonly steps: readonly Step[];
}

/**
 * The only one, or $default.
 * @throws Refusal if there are several others
 */
export function stageOf({ ApiId, Stages }: HttpApi): Stage {
  const stage = Stages.length === 1 ? Stages[0] : Stages.find(({ StageName }) => StageName === "$default");
  if (stage === undefined)
    throw new Refusal(
      `The API ${ApiId} has the stages ${listed(Stages.map(({ StageName }) => StageName))}, and each is a path of its own. Delete those that nobody calls, or write a call of the module for each (examples/api-gateway-http/complete).`,
    );
  const others = Stages.filter((one) => one !== stage && one.AutoDeploy !== true);
  const isOwners = stage.AutoDeploy !== true;
  const name: Fields = stage.StageName === "$default" ? {} : { name: stage.StageName };
  const fields: Fields = isOwners ? { ...name, deployment: "owner" } : name;
  const deploy = `aws apigatewayv2 create-deployment --api-id ${ApiId} --stage-name '${stage.StageName}'`;
  return {
    name: stage.StageName,
    argument: Object.keys(fields).length > 0 ? { stage: fields } : {},
    isOwners,
    steps: [
      ...(isOwners
        ? [
            {
              title: "Deploy the stage",
              text: `The stage \`${stage.StageName}\` has no automatic deployment. After each apply, also on the way back, its owner deploys the API:\n\n\`\`\`sh\n${deploy}\n\`\`\`\n\nAn owner with \`aws_apigatewayv2_deployment\` in Terraform adds the output \`redeployment_trigger\` to its \`triggers\` instead.`,
            },
          ]
        : []),
      ...(others.length > 0
        ? [
            {
              title: "Deploy or delete the other stages",
              text: `These stages keep their old deployment, which goes around the node: ${others.map(({ StageName }) => `\`${StageName}\``).join(", ")}.`,
            },
          ]
        : []),
    ],
  };
}
