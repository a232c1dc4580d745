import { anonymousPrincipal, runSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import { messagesIn } from "../terraform/messages";
import { describeWithTools } from "../tools";
import { Workspace } from "./workspace";

const api = "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5";

type Context = Simulation["request"]["contextVariables"];

/**
 * What is in a request is what AWS says: the address of the client for a public endpoint, the VPC and the endpoint for a
 * private one. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 */
const from = {
  office: { "aws:SourceIp": "203.0.113.7" },
  officeByIpv6: { "aws:SourceIp": "2001:db8::7" },
  elsewhere: { "aws:SourceIp": "198.51.100.7" },
  shopVpc: { "aws:SourceVpc": "vpc-00000000000000001", "aws:SourceVpce": "vpce-00000000000000009" },
  partnerEndpoint: { "aws:SourceVpc": "vpc-00000000000000009", "aws:SourceVpce": "vpce-00000000000000001" },
  otherVpc: { "aws:SourceVpc": "vpc-00000000000000009", "aws:SourceVpce": "vpce-00000000000000009" },
  nowhere: {},
} satisfies Record<string, Context>;

const allowEverybody = statement({ Effect: "Allow", Principal: "*" });
const denyDelete = statement({ Effect: "Deny", Principal: "*", Resource: `${api}/live/DELETE/*` });
const allowAccount = statement({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" } });

/** Calls of the module, by name. */
const policies: Readonly<Record<string, { endpointType?: string; policy: unknown }>> = {
  addresses: { policy: { source_cidrs: ["203.0.113.0/24", "2001:db8::/32"] } },
  vpcs: { endpointType: "PRIVATE", policy: { source_vpc_ids: ["vpc-00000000000000001"] } },
  endpoints: { endpointType: "PRIVATE", policy: { source_vpc_endpoint_ids: ["vpce-00000000000000001"] } },
  both: {
    endpointType: "PRIVATE",
    policy: { source_vpc_ids: ["vpc-00000000000000001"], source_vpc_endpoint_ids: ["vpce-00000000000000001"] },
  },
  "addresses and an Allow": { policy: { source_cidrs: ["203.0.113.0/24"], policy_documents: [allowEverybody] } },
  "addresses and a Deny": { policy: { source_cidrs: ["203.0.113.0/24"], policy_documents: [denyDelete] } },
  "an account": { policy: { policy_documents: [allowAccount] } },
};

/**
 * Requests of clients without an identity, and verdicts: an explicit Deny, else an Allow, else refused.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
const verdicts: readonly (readonly [keyof typeof policies, keyof typeof from, string, string])[] = [
  ["addresses", "office", "GET/orders", "Allowed"],
  ["addresses", "office", "POST/orders", "Allowed"],
  ["addresses", "officeByIpv6", "GET/orders", "Allowed"],
  ["addresses", "elsewhere", "GET/orders", "ExplicitlyDenied"],
  ["addresses", "nowhere", "GET/orders", "ExplicitlyDenied"],
  ["vpcs", "shopVpc", "GET/orders", "Allowed"],
  ["vpcs", "partnerEndpoint", "GET/orders", "ExplicitlyDenied"],
  ["vpcs", "otherVpc", "GET/orders", "ExplicitlyDenied"],
  ["vpcs", "nowhere", "GET/orders", "ExplicitlyDenied"],
  ["endpoints", "partnerEndpoint", "GET/orders", "Allowed"],
  ["endpoints", "shopVpc", "GET/orders", "ExplicitlyDenied"],
  // One matching source is enough.
  ["both", "shopVpc", "GET/orders", "Allowed"],
  ["both", "partnerEndpoint", "GET/orders", "Allowed"],
  ["both", "otherVpc", "GET/orders", "ExplicitlyDenied"],
  // What else is allowed does not help.
  ["addresses and an Allow", "office", "GET/orders", "Allowed"],
  ["addresses and an Allow", "elsewhere", "GET/orders", "ExplicitlyDenied"],
  ["addresses and a Deny", "office", "GET/orders", "Allowed"],
  ["addresses and a Deny", "office", "DELETE/orders/17", "ExplicitlyDenied"],
  // Without a source, nothing is allowed but what the caller says.
  ["an account", "office", "GET/orders", "ImplicitlyDenied"],
];

describeWithTools(["terraform"], "resource policies of a REST API", () => {
  let rendered: ReadonlyMap<string, unknown>;

  beforeAll(async () => {
    rendered = await render();
  }, 120_000);

  test("are made of every call", () => {
    expect([...rendered.keys()]).toEqual(Object.keys(policies));
  });

  test.each(verdicts)("%s: from %s, %s is %s", async (policy, source, request, verdict) => {
    const answer = await runSimulation(
      {
        request: {
          principal: anonymousPrincipal,
          action: "execute-api:Invoke",
          resource: { resource: `${api}/live/${request}`, accountId: "123456789012" },
          contextVariables: from[source],
        },
        identityPolicies: [],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        resourcePolicy: rendered.get(policy),
      },
      {},
    );
    expect(answer).toMatchObject({ resultType: "single", overallResult: verdict });
  });
});

function statement(one: object): string {
  const everything = { Action: "execute-api:Invoke", Resource: `${api}/*` };
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...everything, ...one }] });
}

/** The policies that the module makes, by name. */
async function render(): Promise<ReadonlyMap<string, unknown>> {
  const workspace = new Workspace();
  try {
    workspace.copy("modules/api-gateway-rest", "module");
    const names = Object.keys(policies);
    const runs = Object.values(policies).map(({ endpointType = "REGIONAL", policy }, index) => [
      `policy_${index}`,
      {
        command: "plan",
        variables: { rest_api: { id: "a1b2c3d4e5", endpoint_type: endpointType }, resource_policy: policy },
      },
    ]);
    workspace.write("module/tests/rendered.tftest.json", {
      mock_provider: { aws: { override_during: "plan", source: "./tests/mocks" } },
      run: Object.fromEntries(runs) as object,
    });
    await workspace.terraform("module", "init");
    const { stdout } = await workspace.terraform(
      "module",
      "test",
      "-filter=tests/rendered.tftest.json",
      "-json",
      "-verbose",
    );
    return new Map(
      messagesIn(stdout).flatMap(({ "@testrun": run, test_plan }): [string, unknown][] => {
        const json = test_plan?.output_changes?.resource_policy_json?.after as string | undefined;
        const name = names[Number(run?.replace("policy_", ""))];
        return json === undefined || name === undefined ? [] : [[name, JSON.parse(json)]];
      }),
    );
  } finally {
    workspace.remove();
  }
}
