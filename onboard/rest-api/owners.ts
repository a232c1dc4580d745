/** What others must do for an application behind a REST API. */
import { Step, Steps } from "../composition";
import { CoveredRoute, isCovered, RestApi, RestRoute } from "./routes";
import { RestStage } from "./stage";

export interface Facts {
  readonly api: RestApi;
  readonly stage: RestStage;
  readonly routes: readonly RestRoute[];
  readonly adoptApi: boolean;
  readonly isMoved: boolean;
  /** The configuration creates the node, and so tells it of the header with the client. */
  readonly isNewNode: boolean;
}

export function stepsOf({ api, stage, routes, adoptApi, isNewNode }: Facts): Steps {
  return {
    beforeApply: [...(adoptApi ? strangers(api, stage) : []), ...pending(stage)],
    beforeCutover: [
      ...(isNewNode ? [] : [clientAddress()]),
      ...around(routes.filter(({ needsOwner }) => needsOwner)),
      ...others(stage),
    ],
    atCutover: adoptApi ? [] : [paste(api, stage, routes.filter(isCovered))],
  };
}

function strangers({ id }: RestApi, { name }: RestStage): Step[] {
  return [
    {
      isYours: true,
      title: "Make sure that nothing else manages the API",
      text: `AWS does not tell which Terraform state or stack has the integrations and the stage \`${name}\` of \`${id}\`. If another one has them, or an OpenAPI document, do not apply: two owners would revert each other. Run \`onboard\` again without \`--adopt-api\`.`,
    },
  ];
}

function pending({ name, pending: names }: RestStage): Step[] {
  if (names.length === 0) return [];
  return [
    {
      title: "Deploy or undo pending changes",
      text: `The stage \`${name}\` does not serve these methods as they are written. The first deployment for the node publishes them, and everything else that is waiting:\n\n${names.map((one) => `- ${one}`).join("\n")}`,
    },
  ];
}

function clientAddress(): Step {
  return {
    isYours: true,
    title: "Let the node take the client from X-Source-Ip",
    text: 'The connection to the node comes from its load balancer. API Gateway sends the client\'s address in `X-Source-Ip`. In node-config, set `trusted_proxies` with `client_header = "X-Source-Ip"` and `client_protocol = "https"`. Without it, the node takes the load balancer for the client of every request.',
  };
}

function around(found: readonly RestRoute[]): Step[] {
  if (found.length === 0) return [];
  return [
    {
      title: "Send other methods through the node",
      text: `These methods go around the node, and the plan refuses more than 0 percent until they have a route or are in \`accepted_routes\`:\n\n${found.map(({ words, reason }) => `- ${words}: ${reason}`).join("\n")}`,
    },
  ];
}

function others({ others: names }: RestStage): Step[] {
  if (names.length === 0) return [];
  return [
    {
      title: "Deploy or delete the other stages",
      text: `These stages keep their deployment, which goes around the node: ${names.map((name) => `\`${name}\``).join(", ")}.`,
    },
  ];
}

function paste({ id }: RestApi, { name, deploymentId }: RestStage, covered: readonly CoveredRoute[]): Step {
  const ids = Object.fromEntries(covered.map((route) => [route.name, route.id]));
  return {
    title: "Paste the integrations, and deploy",
    text: [
      `The owner of \`${id}\` gives these methods the integrations of the output \`integrations\`, and deploys the stage \`${name}\`, after you have applied:\n\n${Object.entries(
        ids,
      )
        .map(([route, one]) => `- ${route}: \`${one}\``)
        .join("\n")}`,
      `In Terraform, for each method. \`local.wallarm\` has the outputs of this configuration, such as \`data.terraform_remote_state.wallarm.outputs\`. At 0, they are the integrations of today, so the owner writes this once:`,
      `\`\`\`hcl\nuri                  = local.wallarm.integrations["METHOD PATH"].uri\nconnection_type      = local.wallarm.integrations["METHOD PATH"].connection_type\nconnection_id        = local.wallarm.integrations["METHOD PATH"].connection_id\nrequest_parameters   = local.wallarm.integrations["METHOD PATH"].request_parameters\ntimeout_milliseconds = local.wallarm.integrations["METHOD PATH"].timeout_milliseconds\n\`\`\``,
      `The owner's \`aws_api_gateway_deployment\` has \`local.wallarm.redeployment_trigger\` among its \`triggers\`. An owner with an OpenAPI document takes the output \`openapi_integrations\`: see the README of the module api-gateway-rest.`,
      `Without Terraform:\n\n\`\`\`sh\n${commands(id, name, false)}\n\`\`\``,
      `**The way back:** you set \`node_traffic_percent = 0\`, and the owner applies after you. Without Terraform:\n\n\`\`\`sh\n${commands(id, name, true)}\n\`\`\``,
      `If that takes too long, the stage can serve the application's deployment at once:\n\n\`\`\`sh\naws apigateway update-stage --rest-api-id ${id} --stage-name ${name} \\\n  --patch-operations op=replace,path=/deploymentId,value=${deploymentId}\n\`\`\``,
    ].join("\n\n"),
  };
}

/** What only the node gets. */
const REMOVED = `,
      {op: "remove", path: "/requestParameters/integration.request.header.X-Source-Ip"}`;

function commands(id: string, stage: string, isBack: boolean): string {
  return `terraform output -json integrations | jq -c '.[]' | while read -r target; do
  aws apigateway update-integration --rest-api-id ${id} \\
    --resource-id "$(jq -r .resource_id <<< "$target")" --http-method "$(jq -r .http_method <<< "$target")" \\
    --patch-operations "$(jq -c '[
      {op: "replace", path: "/uri", value: .uri},
      {op: "replace", path: "/connectionType", value: .connection_type},
      {op: "replace", path: "/connectionId", value: (.connection_id // "")},
      {op: "replace", path: "/timeoutInMillis", value: (.timeout_milliseconds | tostring)},
      (.request_parameters | to_entries[]
        | {op: "add", path: "/requestParameters/\\(.key)", value})${isBack ? REMOVED : ""}
    ]' <<< "$target")"
done
aws apigateway create-deployment --rest-api-id ${id} --stage-name ${stage}`;
}
