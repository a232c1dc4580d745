import { readFileSync } from "node:fs";
import { describeWithTools } from "../tools";
import { routesInWords } from "./harness/http-api";
import { inventory } from "./harness/inventory";
import { LocalAws } from "./harness/local-aws";
import { nodeFleet } from "./harness/node-fleet";
import { resourceChanges, warnings } from "./harness/plan";
import { Recorder } from "./harness/recorder";
import { released } from "./harness/release";
import { TerraformRoot, type Variables } from "./harness/terraform";

const adopted = ["$default", "ANY /catalog/{path+}", "GET /orders/{id}", "legacy"].map(
  (key) => `module.wallarm_routing.aws_apigatewayv2_route.adopted["${key}"]`,
);
const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:status";
const toFunction = `GET /status -> INTERNET ${functionArn}`;

const toApplication = [
  "$default -> INTERNET https://shop.example.com $request.path",
  "ANY /catalog/{path+} -> INTERNET https://shop.example.com $request.path",
  "ANY /legacy/{proxy+} -> INTERNET https://shop.example.com/v1/{proxy}",
  "GET /orders/{id} -> INTERNET https://shop.example.com $request.path",
  toFunction,
];

describeWithTools(["terraform", "moto_server"], "behind an HTTP API", () => {
  let aws: LocalAws;
  let recorder: Recorder;
  let owner: TerraformRoot;
  let variables: Variables;
  let example: TerraformRoot;
  let apiId: string;
  let present: string[];
  let before: Awaited<ReturnType<typeof everything>>;

  beforeAll(async () => {
    aws = await LocalAws.start();
    recorder = await Recorder.start(aws.endpoint);
    owner = await init("examples/existing-api-http", {
      application_url: "https://shop.example.com",
      function_arn: functionArn,
    });
    await owner.apply();
    const outputs = await owner.outputs<{ api_id: string; api_gateway_http_example_variables: string }>();
    apiId = outputs.api_id;
    variables = {
      ...(JSON.parse(outputs.api_gateway_http_example_variables) as Variables),
      ...(await network()),
      node_ami_id: "ami-12c6146b",
      backend_url: "http://app.example.com",
      wallarm_token_secret_arn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:wallarm-token-AbCdEf",
    };
    example = await init("examples/api-gateway-http/complete", variables);
    present = await inventory(aws);
    before = await everything();
  }, 300_000);

  afterAll(async () => {
    await recorder.stop();
    await aws.stop();
  });

  async function init(path: string, variables: Variables): Promise<TerraformRoot> {
    const { folder, signal } = aws;
    return TerraformRoot.init({ endpoint: recorder.endpoint, folder, signal }, path, variables);
  }

  /** Where the node runs, and the application. */
  async function network(): Promise<Variables> {
    const { Vpc } = await aws.ec2.createVpc({ CidrBlock: "10.0.0.0/16" });
    const subnets = await Promise.all(
      ["a", "b"].map((zone, index) =>
        aws.ec2.createSubnet({
          VpcId: Vpc?.VpcId,
          CidrBlock: `10.0.${index}.0/24`,
          AvailabilityZone: `us-east-1${zone}`,
        }),
      ),
    );
    const { GroupId } = await aws.ec2.createSecurityGroup({
      VpcId: Vpc?.VpcId,
      GroupName: "shop-application",
      Description: "Application",
    });
    return {
      vpc_id: Vpc?.VpcId,
      node_subnet_ids: subnets.map(({ Subnet }) => Subnet?.SubnetId),
      application_security_group_id: GroupId,
    };
  }

  /** All that the API has. */
  async function everything() {
    const ApiId = apiId;
    const { Items: Routes = [] } = await aws.apiGatewayV2.getRoutes({ ApiId });
    const { Items: Integrations = [] } = await aws.apiGatewayV2.getIntegrations({ ApiId });
    const { Items: Stages } = await aws.apiGatewayV2.getStages({ ApiId });
    return {
      api: { ...(await aws.apiGatewayV2.getApi({ ApiId })), $metadata: undefined },
      Routes,
      // Without a VPC link, the connection means nothing.
      Integrations: Integrations.map((one) => ({
        ...one,
        ConnectionId: one.ConnectionType === "VPC_LINK" ? one.ConnectionId : undefined,
        TlsConfig: one.TlsConfig ?? {},
      })),
      Stages,
    };
  }

  async function toNode(): Promise<string[]> {
    const { LoadBalancers: [loadBalancer] = [] } = await aws.elb.describeLoadBalancers({
      Names: ["shop-wallarm-node"],
    });
    const { Listeners: [listener] = [] } = await aws.elb.describeListeners({
      LoadBalancerArn: loadBalancer?.LoadBalancerArn,
    });
    return [
      `$default -> VPC_LINK ${listener?.ListenerArn} $request.path`,
      `ANY /catalog/{path+} -> VPC_LINK ${listener?.ListenerArn} $request.path`,
      `ANY /legacy/{proxy+} -> VPC_LINK ${listener?.ListenerArn} /v1/$request.path.proxy`,
      `GET /orders/{id} -> VPC_LINK ${listener?.ListenerArn} $request.path`,
      toFunction,
    ];
  }

  /** Applies, to an empty second plan. */
  async function expectApplied(percent: number): Promise<void> {
    await example.apply({ node_traffic_percent: percent });
    expect(await example.changes({ node_traffic_percent: percent })).toEqual([]);
  }

  test("the plan adds the node, imports the routes, and changes nothing of them", async () => {
    const plan = await example.plan({ node_traffic_percent: 0 });
    expect(resourceChanges(plan).sort()).toEqual(
      [
        ...nodeFleet.map((address) => `create ${address}`),
        "create aws_autoscaling_attachment.node",
        "create aws_lb.node",
        "create aws_lb_listener.node",
        "create aws_lb_target_group.node",
        "create aws_security_group.load_balancer",
        "create aws_vpc_security_group_egress_rule.load_balancer_to_node",
        "create aws_vpc_security_group_ingress_rule.node_from_load_balancer",
        ...adopted.map((route) => `create ${route.replace("_route.adopted", "_integration.node")}`),
        "create module.wallarm_routing.aws_apigatewayv2_vpc_link.node[0]",
        "create module.wallarm_routing.aws_security_group.vpc_link[0]",
        'create module.wallarm_routing.aws_vpc_security_group_egress_rule.node_to_application["80"]',
        'create module.wallarm_routing.aws_vpc_security_group_egress_rule.vpc_link_to_load_balancer["vpc-link-node-80"]',
        'create module.wallarm_routing.aws_vpc_security_group_ingress_rule.application_from_node["80"]',
        'create module.wallarm_routing.aws_vpc_security_group_ingress_rule.load_balancer_from_vpc_link["vpc-link-node-80"]',
        "create module.wallarm_routing.terraform_data.routing",
        ...adopted.map((route) => `import ${route}`),
        "read module.wallarm_routing.data.aws_lb_listener.load_balancer",
      ].sort(),
    );
  });

  test("at 0 %", async () => {
    await expectApplied(0);
    expect(await routesInWords(aws, apiId)).toEqual(toApplication);
  }, 180_000);

  test("the cutover is a change of the routes, in place, and of the contract", async () => {
    expect(resourceChanges(await example.plan({ node_traffic_percent: 100 })).sort()).toEqual([
      ...adopted.map((route) => `update ${route}: target`),
      "update module.wallarm_routing.terraform_data.routing: input, output",
    ]);
  });

  test("at 100 %", async () => {
    await expectApplied(100);
    expect(await routesInWords(aws, apiId)).toEqual(await toNode());

    // What the module has no business with is as before.
    const { api, Stages, Routes, Integrations } = await everything();
    expect({ api, Stages }).toEqual({ api: before.api, Stages: before.Stages });
    expect(Routes.map((one) => ({ ...one, Target: "" }))).toEqual(before.Routes.map((one) => ({ ...one, Target: "" })));
    expect(Integrations).toEqual(expect.arrayContaining(before.Integrations));
    expect(await owner.changes()).toEqual([]);
  });

  test("the VPC link is let out to the load balancer, and nowhere else", async () => {
    const { Items: [link] = [] } = await aws.apiGatewayV2.getVpcLinks();
    const { SecurityGroupRules = [] } = await aws.ec2.describeSecurityGroupRules({
      Filters: [{ Name: "group-id", Values: link?.SecurityGroupIds }],
    });
    const { SecurityGroups = [] } = await aws.ec2.describeSecurityGroups();
    const nameOf = (id: string | undefined) => SecurityGroups.find(({ GroupId }) => GroupId === id)?.GroupName;
    expect(
      SecurityGroupRules.map(
        ({ IsEgress, FromPort, ToPort, ReferencedGroupInfo, CidrIpv4 }) =>
          `${IsEgress ? "to" : "from"} ${nameOf(ReferencedGroupInfo?.GroupId) ?? CidrIpv4} ${FromPort}-${ToPort}`,
      ),
    ).toEqual(["to shop-wallarm-load-balancer 80-80"]);
  });

  test("a route that bypasses the node is refused by name before the cutover, if the routes are listed", async () => {
    const { IntegrationId } = await aws.apiGatewayV2.createIntegration({
      ApiId: apiId,
      IntegrationType: "HTTP_PROXY",
      IntegrationMethod: "ANY",
      IntegrationUri: "https://shop.example.com/admin",
      PayloadFormatVersion: "1.0",
    });
    const { RouteId } = await aws.apiGatewayV2.createRoute({
      ApiId: apiId,
      RouteKey: "GET /forgotten",
      Target: `integrations/${IntegrationId}`,
    });
    const { Items: Routes = [] } = await aws.apiGatewayV2.getRoutes({ ApiId: apiId });
    const all_routes = Object.fromEntries(
      Routes.map(({ RouteKey = "", Target = "" }) => [RouteKey, Target.split("/")[1]]),
    );
    await expect(example.plan({ node_traffic_percent: 100, all_routes })).rejects.toThrow(
      /all_routes must have no routes that bypass the node at 100 percent: [^]* Refused: GET \/forgotten\./,
    );

    // And warned of, where they are read from the API.
    const plan = await example.plan({ node_traffic_percent: 100, all_routes: null });
    expect(warnings(plan)).toEqual([
      expect.stringContaining("These routes bypass the node: GET /forgotten (https://shop.example.com/admin)."),
    ]);
    await aws.apiGatewayV2.deleteRoute({ ApiId: apiId, RouteId });
    await aws.apiGatewayV2.deleteIntegration({ ApiId: apiId, IntegrationId });
  });

  test("released before 0, nothing is half-done: AWS refuses the first deletion, and it is the first call", async () => {
    const before = { inventory: await inventory(aws), api: await everything() };
    const [main, outputs] = [await example.read("main.tf"), await example.read("outputs.tf")];
    await expect(release({ node_traffic_percent: 100 })).rejects.toThrow(
      "ConflictException: Cannot delete Integration",
    );
    expect({ inventory: await inventory(aws), api: await everything() }).toEqual(before);
    await example.write("main.tf", main);
    await example.write("outputs.tf", outputs);
  });

  test("at 0 % again, the API is as it was", async () => {
    await expectApplied(0);
    expect(await routesInWords(aws, apiId)).toEqual(toApplication);
    const { Routes, Integrations } = await everything();
    expect(Routes).toEqual(before.Routes);
    expect(Integrations).toEqual(expect.arrayContaining(before.Integrations));
  });

  test("what is imported has to be what is described", async () => {
    const { Items: routes = [] } = await aws.apiGatewayV2.getRoutes({ ApiId: apiId });
    const routeOf = (key: string) => routes.find(({ RouteKey }) => RouteKey === key);
    const confused = await init("examples/api-gateway-http/complete", {
      ...variables,
      legacy_route_id: routeOf("GET /orders/{id}")?.RouteId,
    });
    const functionId = routeOf("GET /status")?.Target?.split("/")[1];
    await confused.edit("main.tf", (text) => withAdoptedIntegration(text, String(functionId)));
    const plan = confused.plan({ node_traffic_percent: 0 });
    await expect(plan).rejects.toThrow(/adopted_integrations\["shop"\]: \w+ has the type AWS_PROXY/);
    await expect(plan).rejects.toThrow(
      /routes\["legacy"\]: \w+ is the route "GET \/orders\/\{id\}", not "ANY \/legacy\/\{proxy\+\}"/,
    );

    const deploying = await init("examples/api-gateway-http/complete", variables);
    await deploying.edit(
      "main.tf",
      (text) => `${text.replace("name = var.stage_name", '$&, deployment = "adopted"')}
import {
  to = module.wallarm_routing.aws_apigatewayv2_stage.adopted[0]
  id = "\${var.api_id}/\${var.stage_name}"
}
`,
    );
    await expect(deploying.plan({ node_traffic_percent: 0 })).rejects.toThrow(
      'stage.deployment is "adopted", but the stage live has automatic deployment',
    );
  });

  test("destroy is refused, and deletes nothing", async () => {
    const all = await inventory(aws);
    await expect(example.destroy({ node_traffic_percent: 0 })).rejects.toThrow("lifecycle.prevent_destroy");
    expect(await inventory(aws)).toEqual(all);
  });

  test("released as the README says, the API is as it was", async () => {
    await release({ node_traffic_percent: 0 });
    expect(await everything()).toEqual(before);
    expect(await owner.changes()).toEqual([]);
  });

  test("without the import blocks the plan is refused, and says what to do", async () => {
    const withoutImports = await refused((text) =>
      withAdoptedIntegration(text, shopIntegrationId()).replace(/^import \{[^]*?^\}\n/gm, ""),
    );
    expect(withoutImports).toMatch(
      /adopted_integrations\["shop"\] was not imported[^]*aws_apigatewayv2_integration\.adopted\["shop"\][^]*id = "\w+\/\w+"/,
    );
    expect(withoutImports).toMatch(
      /routes\["legacy"\] was not imported[^]*aws_apigatewayv2_route\.adopted\["legacy"\][^]*id = "\w+\/\w+"/,
    );

    const withStage = (text: string) =>
      text.replace("name = var.stage_name }", 'name = var.stage_name, deployment = "adopted" }');
    expect(await refused(withStage)).toMatch(
      /the stage was not imported[^]*aws_apigatewayv2_stage\.adopted\[0\][^]*id = "\w+\/live"/,
    );
    const withApi = await refused((text) =>
      text.replace(
        "name = var.stage_name }",
        `name = var.stage_name }
  client_mtls = {
    domain_name        = "api.example.com"
    certificate_arn    = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000"
    truststore_uri     = "s3://shop-truststore/clients.pem"
    truststore_version = "first"
    default_endpoint   = "disabled"
  }`,
      ),
    );
    expect(withApi).toMatch(/the API was not imported[^]*aws_apigatewayv2_api\.adopted\[0\][^]*id = "\w+"/);
    expect(await everything()).toEqual(before);
  });

  test("destroyed, the node leaves nothing", async () => {
    for (const file of ["main.tf", "load_balancer.tf", "outputs.tf"]) await example.edit(file, () => undefined);
    await example.apply({ node_traffic_percent: 0 });
    expect(await inventory(aws)).toEqual(present);
    expect(await everything()).toEqual(before);
  });

  test("what was asked of AWS is in the README's permissions", () => {
    const [, permissions = "[]"] =
      /## Permissions[^[]*(\[[^\]]*\])/.exec(readFileSync("modules/api-gateway-http/README.md", "utf8")) ?? [];
    const asked = [...recorder.actions].filter((action) =>
      /^apigateway:|SecurityGroup(Ingress|Egress|Rules)$/.test(action),
    );
    expect(asked).toContain("apigateway:PATCH");
    expect(JSON.parse(permissions)).toEqual(expect.arrayContaining(asked));
  });

  async function release(variables: Variables): Promise<void> {
    await example.edit("main.tf", (text) => released(text, "api-gateway-http"));
    await example.edit("outputs.tf", () => "");
    await example.apply(variables);
  }

  function shopIntegrationId(): string {
    return String(variables.shop_integration_id);
  }

  /** What the plan of the changed example says. */
  async function refused(change: (text: string) => string): Promise<string> {
    const copy = await init("examples/api-gateway-http/complete", variables);
    await copy.edit("main.tf", change);
    return copy.plan({ node_traffic_percent: 0 }).then(() => "", String);
  }
});

/** The example, with an integration beside its routes. */
function withAdoptedIntegration(main: string, id: string): string {
  return `${main.replace(
    "  routes = local.routes\n",
    `$&
  adopted_integrations = {
    shop = {
      integration_id = "${id}"
      path           = "$$request.path"
      application = {
        uri           = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shop/0123456789abcdef/0123456789abcdef"
        connection_id = "l1i2n3k"
      }
    }
  }
`,
  )}
import {
  to = module.wallarm_routing.aws_apigatewayv2_integration.adopted["shop"]
  id = "\${var.api_id}/${id}"
}
`;
}
