/** The existing API: which one it is, and what of it the module takes over. */
import { IResolvable } from "cdktf";
import { hcl } from "../../../synth/language/expression/expression";
import { matches, oneOf } from "../../../synth/variables/rules";
import { bool, example, given, object, optional, ReferenceTo, Rule, string } from "../../../synth/variables/schema";
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

const ADOPT =
  "Which existing objects the module takes over, each with an import block in the root module. Switch off what is in a Terraform state, this one or another, or in a CloudFormation stack: two owners would revert each other. Its owner pastes an output instead.";

const adoptedIntegrations = optional(bool("The integrations of the routes; else the output `integrations`."), true);

/** What is deployed has to be there. */
const stageAfterIntegrations: Rule<{ readonly integrations: IResolvable; readonly stage: IResolvable }> = {
  test: ({ integrations, stage }) => hcl`${integrations} || !${stage}`,
  requirement:
    "not adopt the stage without the integrations: the module would deploy before their owner has changed them",
  refuses: [{ integrations: false }],
  accepts: [{ integrations: false, stage: false }],
};

export const adoptSchema = optional(
  object(
    ADOPT,
    {
      integrations: adoptedIntegrations,
      stage: optional(
        bool(
          "The stage: its deployment, its canary and its backend certificate; else the outputs `redeployment_trigger` and `client_certificate_id`.",
        ),
        true,
      ),
      resource_policy: optional(
        bool("The API's resource policy, where there is a resource_policy; else the output `resource_policy_json`."),
        true,
      ),
    },
    stageAfterIntegrations,
  ),
  {},
);

/** Of a module that has to do with nothing else of the API. */
export const adoptRoutesSchema = optional(
  object(
    ADOPT,
    {
      integrations: adoptedIntegrations,
      stage: optional(bool("The stage: its deployment and its canary; else the output `redeployment_trigger`."), true),
    },
    stageAfterIntegrations,
  ),
  {},
);

/** As far as integrations and their deployment are concerned. */
export type AdoptRoutes = ReferenceTo<typeof adoptRoutesSchema>;

export type Adopt = ReferenceTo<typeof adoptSchema>;
