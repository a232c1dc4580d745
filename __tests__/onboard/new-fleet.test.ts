import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { compose } from "../../onboard/compose";
import { type Composition, type Scenario, SCENARIOS } from "../../onboard/composition";
import { configuration, questionsOf } from "../../onboard/configuration";
import { argumentsOf, manifestOf, parseManifest, wantedOf } from "../../onboard/manifest";
import { owners } from "../../onboard/owners";
import { runTerraform } from "../terraform/run";
import { describeInTestAll } from "../test-all";
import { accountOf, TOKEN, VPC, wantedFor } from "./support/new-fleet";
import { forward, groupArn, host, path } from "./support/rules";

const SETTINGS = {
  ...{ name: "shop-wallarm", region: "us-east-1", accountId: "123456789012", tags: { team: "shop" } },
  source: (module: string) => ({ source: `./modules/wallarm/${module}` }),
};
const CERTIFICATE = TOKEN.replace("token", "certificate");

const composed = (
  scenario: Scenario,
  {
    change,
    rules,
    ...more
  }: { change?: Parameters<typeof accountOf>[1]; rules?: Parameters<typeof accountOf>[2] } & Parameters<
    typeof wantedFor
  >[2] = {},
  fleet?: Parameters<typeof wantedFor>[1],
) => compose(scenario, accountOf(scenario, change, rules), wantedFor(scenario, fleet, more));
/** Without what aligns it. */
const filesOf = (composition: Composition) =>
  Object.fromEntries(
    Object.entries(configuration(composition, SETTINGS)).map(([name, text]) => [name, text.replace(/ +/g, " ")]),
  );

describe.each(SCENARIOS)("onboard %s --new-fleet", (scenario) => {
  const files = filesOf(composed(scenario));
  const node = files["node.tf"] ?? "";

  test("runs the node in private subnets of both zones, outside of those of the application", () => {
    expect(composed(scenario).node.subnets.map(({ SubnetId }) => SubnetId)).toEqual([
      "subnet-0b000001",
      "subnet-0b000002",
    ]);
    for (const part of [
      `vpc_id = "${VPC}"`,
      'subnet_ids = ["subnet-0b000001", "subnet-0b000002"]',
      'image = { id = "ami-0123456789abcdef0" }',
      `token_secret = { arn = "${TOKEN}" }`,
      "secret_arns = module.node_config.secret_arns",
      'cloud = "US"',
    ])
      expect(node).toContain(part);
    expect(node).not.toContain("associate_public_ip_address");
  });

  test("asks nothing but what no account tells", () => {
    const asked = questionsOf(composed(scenario)).map(({ name }) => name);
    expect(asked).toEqual(scenario === "cloudfront" ? ["secret_header_values"] : []);
  });

  test("stays in its subnets when others come, and says so if they go", () => {
    const first = composed(scenario);
    const remembered = Object.fromEntries(first.entries.map(({ id, ...entry }) => [id, entry]));
    const change: Parameters<typeof accountOf>[1] = ({ ec2 }) =>
      ec2?.Subnets.unshift({
        ...{ SubnetId: "subnet-00000001", AvailabilityZone: "us-east-1a", CidrBlock: "10.0.9.0/24" },
        ...{ VpcId: VPC, OwnerId: "123456789012" },
      });
    expect(filesOf(composed(scenario, { change, remembered }))).toEqual(filesOf(first));
    expect(filesOf(composed(scenario, { change }))["node.tf"]).toContain("subnet-00000001");
  });

  test("is asked for in the same way the next time", () => {
    const wanted = wantedFor(scenario, { subnetIds: ["subnet-0c000001"], imageOwner: "self" });
    const manifest = manifestOf(composed(scenario), {
      ...{ account_id: "123456789012", region: "us-east-1", read_at: "", files: {} },
      arguments: argumentsOf(wanted, { source: "vendor", tags: {} }),
    });
    expect(wantedOf(parseManifest(JSON.stringify(manifest), "onboard.json")).node).toEqual(wanted.node);
  });
});

describe("what stands around the node", () => {
  const node = (
    scenario: Scenario,
    ...args: Parameters<typeof composed> extends [unknown, ...infer Rest] ? Rest : never
  ) => filesOf(composed(scenario, ...args))["node.tf"];

  test("is an Application Load Balancer, which reports the client and counts the requests", () => {
    const change: Parameters<typeof accountOf>[1] = ({ elastic_load_balancing }) =>
      elastic_load_balancing?.LoadBalancers[0]?.Attributes.push({ Key: "idle_timeout.timeout_seconds", Value: "90" });
    const text = node("alb", { change });
    for (const part of [
      'trusted_proxies = { cidrs = ["10.0.0.0/24", "10.0.1.0/24"] }',
      'entry_points = ["shop-1.elb.us-east-1.amazonaws.com"]',
      "limits = { entry_point_timeout = 90 }",
      "request_count_label = module.wallarm_routing.request_count_label",
    ])
      expect(text).toContain(part);
    expect(filesOf(composed("alb"))["main.tf"]).toContain("health_check = { path = module.node_config.health_path }");
  });

  test("is a Network Load Balancer, for which the node ends TLS that passes through", () => {
    const change: Parameters<typeof accountOf>[1] = ({ elastic_load_balancing }) => {
      for (const one of elastic_load_balancing?.LoadBalancers[0]?.Listeners ?? []) one.Port = 443;
    };
    const composition = composed("nlb", { change }, { certificateSecretArn: CERTIFICATE });
    expect(filesOf(composition)["node.tf"]).toContain("port = 443");
    expect(filesOf(composition)["node.tf"]).toContain(`tls_certificate_secret = {\n arn = "${CERTIFICATE}"`);
    expect(filesOf(composition)["main.tf"]).toContain(
      'health_check = { protocol = "HTTPS", path = module.node_config.health_path }',
    );
    expect(owners(composition)).toContain(CERTIFICATE);
    expect(() => composed("nlb", { change })).toThrow("Set --node-certificate-secret");
    expect(() => composed("nlb", {}, { certificateSecretArn: CERTIFICATE })).toThrow("Leave out --node-certificate");
  });

  test.each(["http-api", "rest-api"] as const)("is %s, which sends the client in X-Source-Ip", (scenario) => {
    const text = node(scenario);
    expect(text).toContain('client_header = "X-Source-Ip"');
    expect(text).toContain('cidrs = ["10.0.2.0/24", "10.0.3.0/24"]');
    expect(text).toContain(`entry_point_timeout = ${scenario === "http-api" ? 30 : 29}`);
    expect(owners(composed(scenario))).not.toContain("Let the node take the client from X-Source-Ip");
  });

  test("is CloudFront, whose header the node requires in two colors", () => {
    const files = filesOf(composed("cloudfront"));
    expect(files["node.tf"]).toContain('name = "X-CloudFront-Secret"');
    expect(files["node.tf"]).toContain("entry_point_timeout = 45");
    expect(files["node.tf"]).toContain('["d1.cloudfront.net", "shop.example.com"]');
    expect(files["secret.tf"]).toContain("for_each = toset(local.secret_header_colors)");
    expect(files["main.tf"]).toContain("endpoint_arn = aws_lb.node.arn");
  });
});

describe("the address of the application", () => {
  const backend = (...args: Parameters<typeof composed>) => filesOf(composed(...args))["backend.tf"];

  test("is the one that is named", () => {
    const files = filesOf(composed("alb", {}, { backendUrl: "http://shop.internal:8080" }));
    expect(files["node.tf"]).toContain('backend = { url = "http://shop.internal:8080" }');
    expect(files).not.toHaveProperty("backend.tf");
    for (const scenario of SCENARIOS.filter((one) => one !== "alb"))
      expect(() => composed(scenario, {}, { backendUrl: null })).toThrow("Set --backend-url");
  });

  test("is that of the only target, if it stays", () => {
    const one: Parameters<typeof accountOf>[1] = ({ elastic_load_balancing, ec2 }) => {
      for (const group of elastic_load_balancing?.TargetGroups ?? []) {
        group.Targets.pop();
        group.Protocol = "HTTPS";
      }
      for (const network of ec2?.NetworkInterfaces ?? []) network.PrivateIpAddress = "10.0.10.5";
    };
    const files = filesOf(composed("alb", { change: one }));
    expect(files["node.tf"]).toContain('backend = { url = "https://10.0.10.5:8080", tls_verify = false }');
    const scaled: typeof one = (snapshot) => {
      one(snapshot);
      snapshot.auto_scaling?.AutoScalingGroups.push({
        ...{ AutoScalingGroupName: "shop", LaunchTemplateSecurityGroupIds: null, TargetGroupARNs: [groupArn("shop")] },
        Instances: [{ InstanceId: "i-0a000001" }],
      });
    };
    const files2 = filesOf(composed("alb", { change: scaled }));
    expect(files2["node.tf"]).toContain("backend = module.backend.backend");
    expect(files2["backend.tf"]).toContain('autoscaling_group_names = { shop = "shop" }');
    expect(files2["backend.tf"]).not.toContain("instance_ids");
  });

  test("is a load balancer with the same rules, in the same order", () => {
    const rules = [
      { priority: 10, conditions: [host("shop.example.com"), path("/api/*")] },
      { priority: 20, actions: [{ Type: "authenticate-oidc" }, forward("beta")], conditions: [path("/admin/*")] },
      { priority: 30, actions: [{ Type: "redirect" }], conditions: [path("/old")] },
      { priority: "default" } as const,
    ];
    const text = backend("alb", { rules });
    expect(text?.slice(0, text.indexOf("backend_target_groups"))).toBe(
      [
        "# The rules in front of the node, for the load balancer behind it, with the same numbers.",
        "locals {",
        " backend_routes = {",
        " # rule 10 of 443 (shop.example.com /api/*) → shop",
        " shop-example-com-api = {",
        " priority = 10",
        ' target_group = "shop"',
        ' conditions = [{ host_header = { values = ["shop.example.com"] } }, { path_pattern = { values = ["/api/*"] } }]',
        " }",
        "",
        " # rule 20 of 443 (/admin/*) → authenticate-oidc, beta",
        " login-20 = {",
        " priority = 20",
        ' target_group = "beta"',
        ' conditions = [{ path_pattern = { values = ["/admin/*"] } }]',
        " }",
        "",
        " # default action of 443 → shop",
        ' rest-443 = { priority = 50000, target_group = "shop", catch_all = true }',
        " }",
        "",
        " ",
      ].join("\n"),
    );
    expect(text).toContain('name = "shop-backend"');
    expect(text).toContain('subnet_ids = { backend-1 = "subnet-0b000001", backend-2 = "subnet-0b000002" }');
    expect(text).toContain("ports = [8080]");
    expect(filesOf(composed("alb", { rules }))["main.tf"]).toContain("routing = module.backend.routing");
  });

  test("listens as the listener in front does", () => {
    const change: Parameters<typeof accountOf>[1] = ({ elastic_load_balancing }) => {
      for (const one of elastic_load_balancing?.LoadBalancers[0]?.Listeners ?? [])
        Object.assign(one, {
          ...{ Protocol: "HTTPS", SslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06" },
          Certificates: [{ CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/01234567" }],
        });
    };
    const composition = composed("alb", { change });
    for (const part of [
      'protocol = "HTTPS"',
      "port = 443",
      'certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/01234567"',
      'ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"',
      "additional_certificate_arns = var.backend_certificate_arns",
    ])
      expect(filesOf(composition)["backend.tf"]).toContain(part);
    expect(owners(composition)).toContain("describe-listener-certificates");
    expect(() =>
      composed("alb", {
        change: (snapshot) => {
          change(snapshot);
          for (const one of snapshot.elastic_load_balancing?.LoadBalancers[0]?.Listeners ?? []) delete one.Certificates;
        },
      }),
    ).toThrow("has no certificate of");
  });

  test("listens as the encrypted one of two listeners with the same rules", () => {
    const change: Parameters<typeof accountOf>[1] = ({ elastic_load_balancing }) => {
      const [loadBalancer] = elastic_load_balancing?.LoadBalancers ?? [];
      const [listener] = loadBalancer?.Listeners ?? [];
      if (listener === undefined) return;
      const Certificates = [{ CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/01234567" }];
      loadBalancer?.Listeners?.push({ ...listener, ListenerArn: `${listener.ListenerArn}2`, Port: 80 });
      Object.assign(listener, { Protocol: "HTTPS", Certificates });
    };
    const text = backend("alb", { change });
    expect(text).toContain("port = 443");
    expect(text?.match(/priority = /g)).toHaveLength(1);
  });

  test("gets no target that is on its way out", () => {
    const change: Parameters<typeof accountOf>[1] = ({ elastic_load_balancing }) => {
      for (const { Targets } of elastic_load_balancing?.TargetGroups ?? [])
        Targets.push({ Target: { Id: "i-0a000001", Port: 8080 } }, { Target: { Id: "i-0a000002", Port: 8080 } });
      for (const { Targets } of elastic_load_balancing?.TargetGroups ?? [])
        for (const one of Targets) if (one.Target.Id === "i-0a000002") one.TargetHealth = { State: "draining" };
    };
    expect(backend("alb", { change })).toContain('instance_ids = { i-0a000001 = "i-0a000001" }');
  });

  test("reads the values of headers, which are not in the snapshot", () => {
    const header = { Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "X-Version", Values: ["digest:"] } };
    const text = backend("alb", { rules: [{ priority: 10, conditions: [header] }, { priority: "default" }] });
    expect(text).toContain('for condition in data.aws_lb_listener_rule.copied["rule-10"].condition : {');
    expect(text).toContain('data "aws_lb_listener_rule" "copied"');
  });

  test("has the answer to a question, and only target groups that a rule uses", () => {
    const split = { priority: 20, conditions: [host("beta.example.com")], actions: [forward("shop", "beta")] };
    const text = backend("alb", { rules: [split, { priority: "default" }] });
    expect(text).toContain("if group.existing_arn == var.target_group_of_beta_example_com");
    expect(text).toContain("if contains([for route in local.backend_routes : route.target_group], name)");
  });

  test("leaves out what a load balancer behind the node cannot decide, with the way", () => {
    const rules = [
      { priority: 10, conditions: [{ Field: "source-ip", SourceIpConfig: { Values: ["198.51.100.0/24"] } }] },
      { priority: 20, transforms: [{ Type: "url-rewrite" }] },
      { priority: "default" } as const,
    ];
    const composition = composed("alb", { rules });
    const { "backend.tf": text, "routes.tf": routes } = filesOf(composition);
    expect(text).not.toContain("rule 10");
    expect(text).not.toContain("rule 20");
    expect(routes?.replaceAll("\n# ", " ")).toContain("Left out: rule 10 of 443 (from 198.51.100.0/24) → shop.");
    expect(owners(composition)).toMatch(/Keep rules without a copy[^]*- rule 10 [^]*- rule 20 [^]*--backend-url/);
    expect(composition.entries.filter(({ needsOwner }) => needsOwner)).toHaveLength(2);
    // With an address of its own, the application needs no copy.
    expect(composed("alb", { rules }, { backendUrl: "http://shop.internal" }).entries[0]?.key).not.toBeNull();
  });

  test("is a step for the owner of an ECS service, with its own container", () => {
    const change: Parameters<typeof accountOf>[1] = ({ ecs }) =>
      ecs?.services.push({
        ...{ serviceArn: "arn:aws:ecs:us-east-1:123456789012:service/shop/shop", serviceName: "shop" },
        loadBalancers: [{ targetGroupArn: groupArn("shop"), containerName: "web", containerPort: 8080 }],
      });
    const composition = composed("alb", { change });
    const text = filesOf(composition)["backend.tf"];
    expect(text).toContain('ecs_service_arns = { shop = "arn:aws:ecs:us-east-1:123456789012:service/shop/shop" }');
    expect(text).not.toContain("instance_ids");
    expect(owners(composition)).toContain('container_name   = "web"\n  container_port   = 8080');
  });

  test("is a step for the owner of pods", () => {
    const change: Parameters<typeof accountOf>[1] = ({ elastic_load_balancing, ec2 }) => {
      for (const group of elastic_load_balancing?.TargetGroups ?? [])
        Object.assign(group, {
          TargetType: "ip",
          Targets: [{ Target: { Id: "10.0.10.77", Port: 8080 } }, { Target: { Id: "10.0.10.5", Port: 8080 } }],
        });
      const [first] = ec2?.NetworkInterfaces ?? [];
      Object.assign(first ?? {}, {
        PrivateIpAddress: "10.0.10.5",
        PrivateIpAddresses: [{ PrivateIpAddress: "10.0.10.5" }, { PrivateIpAddress: "10.0.10.77" }],
      });
    };
    const composition = composed("alb", { change });
    expect(filesOf(composition)["backend.tf"]).toContain('ip_addresses = { "10.0.10.5" = { address = "10.0.10.5" } }');
    expect(owners(composition)).toContain("TargetGroupBinding");
  });
});

test("OWNERS.md does not ask to remove the rules of the configuration itself", () => {
  const change: Parameters<typeof accountOf>[1] = ({ ec2 }) => {
    for (const [index, Description] of [
      "shop-backend: from the load balancer",
      "shop-wallarm: node",
      "office",
    ].entries())
      ec2?.SecurityGroupRules.push({
        ...{ SecurityGroupRuleId: `sgr-0a00000${index}`, GroupId: "sg-0a000000", IsEgress: false, Description },
        ...{ IpProtocol: "tcp", FromPort: 8080, ToPort: 8080, ReferencedGroupInfo: { GroupId: "sg-0f000000" } },
      });
  };
  const page = owners(composed("alb", { change }));
  expect(page).toContain("sgr-0a000002");
  expect(page).not.toMatch(/sgr-0a00000[01]/);
});

describe("refuses", () => {
  const routes: (target: object) => Parameters<typeof accountOf>[1] =
    (target) =>
    ({ ec2 }) => {
      for (const table of ec2?.RouteTables ?? []) table.Routes = [{ DestinationCidrBlock: "0.0.0.0/0", ...target }];
    };

  test.each<[string, Parameters<typeof accountOf>[1], Parameters<typeof wantedFor>[1], string]>([
    ["only public subnets", routes({ GatewayId: "igw-0a000001" }), {}, "(us-east-1a, public)"],
    [
      "routes that lead nowhere",
      routes({ NatGatewayId: "nat-0a", State: "blackhole" }),
      {},
      "(us-east-1a, no route out)",
    ],
    [
      "route tables that were not read",
      ({ unread }) => unread.push({ action: "ec2:DescribeRouteTables", resource: null, error: "AccessDenied" }),
      {},
      "ec2:DescribeRouteTables: AccessDenied",
    ],
    [
      "a subnet that is not there",
      undefined,
      { subnetIds: ["subnet-0f000000"] },
      "are not in vpc-0a1b2c3d: subnet-0f000000",
    ],
    [
      "a named subnet without a route",
      routes({ NatGatewayId: "nat-0a", State: "blackhole" }),
      { subnetIds: ["subnet-0b000001"] },
      "no route to 0.0.0.0/0",
    ],
    [
      "a zone of the application without a subnet",
      undefined,
      { subnetIds: ["subnet-0b000001"] },
      "the application is also in us-east-1b",
    ],
    [
      "gRPC",
      ({ elastic_load_balancing }) =>
        elastic_load_balancing?.TargetGroups.forEach((group) => (group.ProtocolVersion = "GRPC")),
      {},
      "needs requests over HTTP/2",
    ],
    [
      "targets on another port than their target group",
      ({ elastic_load_balancing }) => elastic_load_balancing?.TargetGroups.forEach((group) => (group.Port = 80)),
      {},
      "has the port 8080, and the target group 80",
    ],
    [
      "a deployment controller that takes no second target group",
      ({ ecs }) =>
        ecs?.services.push({
          ...{ serviceArn: "arn:service", serviceName: "shop", deploymentController: { type: "CODE_DEPLOY" } },
          loadBalancers: [{ targetGroupArn: groupArn("shop") }],
        }),
      {},
      "the deployment controller CODE_DEPLOY",
    ],
    [
      "listeners that send the same requests to different target groups",
      ({ elastic_load_balancing }) => {
        const [loadBalancer] = elastic_load_balancing?.LoadBalancers ?? [];
        const [listener] = loadBalancer?.Listeners ?? [];
        if (listener === undefined) return;
        const Rules = listener.Rules.map((rule) => ({
          ...rule,
          RuleArn: `${rule.RuleArn}2`,
          Actions: [forward("beta")],
        }));
        loadBalancer?.Listeners?.push({ ...listener, ListenerArn: `${listener.ListenerArn}2`, Port: 8443, Rules });
      },
      {},
      "The listeners 443 and 8443 send requests to different target groups",
    ],
  ])("%s", (_, change, fleet, message) => {
    expect(() => composed("alb", { ...(change && { change }) }, fleet)).toThrow(message);
  });

  test("public subnets need no refusal if they are named", () => {
    const text = filesOf(composed("alb", {}, { subnetIds: ["subnet-0c000001", "subnet-0c000002"] }))["node.tf"];
    expect(text).toContain("associate_public_ip_address = true");
  });
});

describeInTestAll(["terraform"], "the configurations with a new node", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "onboard-test-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test.each(SCENARIOS)(
    "are valid: %s",
    async (scenario) => {
      mkdirSync(join(folder, "modules"));
      symlinkSync(resolve("modules"), join(folder, "modules/wallarm"));
      for (const [name, text] of Object.entries(configuration(composed(scenario), SETTINGS)))
        writeFileSync(join(folder, name), text);
      await runTerraform(["init"], { folder });
      await runTerraform(["fmt", "-check", "-diff"], { folder });
      expect(JSON.parse((await runTerraform(["validate", "-json"], { folder })).stdout)).toMatchObject({
        ...{ valid: true, warning_count: 0 },
      });
    },
    120_000,
  );
});
