/** The existing API: which one it is, and what of it the module takes over. */
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
      "Where it takes requests: its clients' addresses, certificates and timeouts depend on it.",
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
    matches(/^[0-9A-Za-z_-]{1,128}$/, "be 1 to 128 letters, digits and the characters _-", {
      accepts: ["live", "a".repeat(128)],
      refuses: ["shop/live", "", "a".repeat(129)],
    }),
  ),
  application_deployment_id: optional(
    string(
      "ID of the deployment that the stage serves today, made by the application's owner and not by this module: `aws apigateway get-stage --query deploymentId`. At 0 the stage serves it again, and during a canary the other requests get it. Null: at 0 the module deploys the API with the application's integrations, and there is no canary.",
      apiGatewayId,
    ),
  ),
  client_certificate_id: optional(
    string(
      "ID of the backend certificate that the stage shows today, and goes on showing without backend_certificate: `aws apigateway get-stage --query clientCertificateId`. Null: none.",
      apiGatewayId,
    ),
  ),
});

export type Stage = ReferenceTo<typeof stageSchema>;

const adopted = (what: string, output: string) =>
  optional(
    bool(
      `Whether the module takes over ${what}, with an import block in the root module. False where it is in a Terraform state, this one or another, or in a CloudFormation stack: two owners would revert each other. Its owner pastes ${output} instead.`,
    ),
    true,
  );

export const adoptedIntegrationsSchema = adopted("the integrations of the routes", "the output integrations");

/**
 * @param adoptedIntegrations what is deployed has to be there
 * @param parts of the stage, in words
 * @param outputs for its owner, in words
 */
export function adoptedStageSchema(adoptedIntegrations: IResolvable, parts: string, outputs: string) {
  return withRules(adopted(`the stage, with ${parts}`, outputs), {
    test: (stage) => hcl`${adoptedIntegrations} || !${stage}`,
    requirement:
      "be false without adopted_integrations: the module would deploy before the owner of the integrations has changed them",
    refuses: [given({ adopted_integrations: false }, true)],
    accepts: [given({ adopted_integrations: false }, false)],
  });
}

export const adoptedResourcePolicySchema = adopted(
  "the API's resource policy, where there is a resource_policy",
  "the output resource_policy_json",
);
