/** The existing API, and what the module adopts of it. */
import { IResolvable } from "cdktf";
import { hcl } from "../../../synth/language/expression/expression";
import { matches, oneOf } from "../../../synth/variables/rules";
import {
  bool,
  example,
  given,
  object,
  optional,
  ReferenceTo,
  string,
  withRules,
} from "../../../synth/variables/schema";
import { apiGatewayId } from "../vpc-link";

/** Methods of an API, for examples. */
const ROUTES = { "GET /orders": {}, "GET /orders/{id}": {} };

export const restApiSchema = example(
  object("The existing API.", {
    id: string("ID.", apiGatewayId),
    endpoint_type: string(
      "Endpoint type of the API. Rules for source addresses, client certificates, and timeouts depend on it.",
      oneOf("REGIONAL", "EDGE", "PRIVATE"),
    ),
  }),
  given({ routes: ROUTES, application: { url: "https://shop.example.com" } }, {}),
);

export type RestApi = ReferenceTo<typeof restApiSchema>;

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
export const stageSchema = object("The stage that clients use.", {
  name: string(
    "Name.",
    matches(/^[0-9A-Za-z_-]{1,128}$/, "be 1 to 128 letters, digits, hyphens, and underscores", {
      accepts: ["live", "a".repeat(128)],
      refuses: ["shop/live", "", "a".repeat(129)],
    }),
  ),
  application_deployment_id: optional(
    string(
      "ID of the deployment that the stage serves today, from the owner of the application and not from this module: `aws apigateway get-stage --query deploymentId`. The stage serves it at 0 percent, and for the other requests during a canary. Null: at 0 percent, the module deploys the API with the application's integrations, and a canary is not possible.",
      apiGatewayId,
    ),
  ),
  client_certificate_id: optional(
    string(
      "ID of the backend certificate that the stage presents today: `aws apigateway get-stage --query clientCertificateId`. The stage keeps it without backend_certificate. Null: none.",
      apiGatewayId,
    ),
  ),
});

export type Stage = ReferenceTo<typeof stageSchema>;

const adopted = (what: string, output: string) =>
  optional(
    bool(
      `Whether the module adopts ${what}, with an import block in the root module. Set it to false if a Terraform state (this one or another) or a CloudFormation stack manages it, because two owners revert each other. Its owner pastes ${output} instead.`,
    ),
    true,
  );

/** Name of the check of what an owner pastes and deploys. */
export const NOT_AT_THE_NODE = "stage_sends_routes_to_the_node";

export const adoptedIntegrationsSchema = adopted("the integrations of the routes", "the output integrations");

/**
 * @param adoptedIntegrations the integrations must exist before they are deployed
 * @param parts the settings of the stage, for the description
 * @param outputs the outputs for its owner, for the description
 */
export function adoptedStageSchema(adoptedIntegrations: IResolvable, parts: string, outputs: string) {
  return withRules(adopted(`the stage, with ${parts}`, outputs), {
    test: (stage) => hcl`${adoptedIntegrations} || !${stage}`,
    requirement:
      "be false if adopted_integrations is false: the module would deploy before the owner changes the integrations",
    refuses: [given({ adopted_integrations: false }, true)],
    accepts: [given({ adopted_integrations: false }, false, NOT_AT_THE_NODE)],
  });
}

export const adoptedResourcePolicySchema = adopted(
  "the resource policy of the API, if resource_policy is set",
  "the output resource_policy_json",
);
