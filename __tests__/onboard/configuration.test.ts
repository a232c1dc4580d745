import { execFileSync } from "node:child_process";
import { compose } from "../../onboard/compose";
import { configuration, questionsOf } from "../../onboard/configuration";
import { format } from "../../onboard/format";
import { owners } from "../../onboard/owners";
import type { Snapshot } from "../../account/snapshot";
import { describeWithTools } from "../tools";
import { forward, groupArn, host, LOAD_BALANCER_ARN, path, type Sketch, snapshotWith } from "./support/rules";

const WANTED = {
  id: LOAD_BALANCER_ARN,
  name: "shop-wallarm",
  node: { autoScalingGroup: "nodes" },
  mirror: false,
  adoptListeners: false,
  listenerPorts: null,
  targetGroupArns: [],
  remembered: {},
};
const SETTINGS = {
  name: "shop-wallarm",
  region: "us-east-1",
  accountId: "123456789012",
  tags: { "cost center": '"${shop}" %{x}', team: "shop" },
  source: (module: string) => ({ source: `./modules/wallarm/${module}` }),
};
const SHOP: Sketch = { priority: 10, conditions: [host("shop.example.com")] };

const composed = (change?: (snapshot: Snapshot) => void, rules: readonly Sketch[] = [SHOP]) =>
  compose("alb", snapshotWith(rules, change), WANTED);

describeWithTools(["terraform"], "the files", () => {
  test("are formatted, whatever is in the account", () => {
    const hostile = { priority: 20, conditions: [path('/a"${b}*', "/\\%{c}")] };
    const many = {
      priority: 30,
      conditions: [host(...Array.from({ length: 5 }, (_, index) => `shop-${index}.example.com`))],
    };
    const composition = composed(undefined, [SHOP, hostile, many, { priority: "default" }]);
    for (const text of Object.values(configuration(composition, SETTINGS)))
      expect(execFileSync("terraform", ["fmt", "-"], { input: text, encoding: "utf8" })).toBe(text);
  });

  test("format aligns and indents as Terraform does", () => {
    const text = 'a "b" {\nc = 1\nlonger = [\n1,\n]\n# e\nd = {\n"quoted = key" = { f = 1 }\nx = {}\n}\n\ny = "}"\n}\n';
    expect(format(text)).toBe(execFileSync("terraform", ["fmt", "-"], { input: text, encoding: "utf8" }));
  });
});

describe("the configuration", () => {
  test("has the network ACL, and leaves it out where it cannot tell the node from the application", () => {
    const main = (change?: (snapshot: Snapshot) => void) => configuration(composed(change), SETTINGS)["main.tf"];
    expect(main()).toContain('node_subnet_cidrs            = { 100 = "10.0.2.0/24" }');
    expect(
      main(({ ec2 }) => {
        for (const subnet of ec2?.Subnets ?? []) subnet.OwnerId = "210987654321";
      }),
    ).toContain("Left out: the module network-acl. The subnets of the application belong to the account 210987654321");
    expect(
      main(({ auto_scaling }) => {
        for (const group of auto_scaling?.AutoScalingGroups ?? []) group.VPCZoneIdentifier = "subnet-0a000001";
      }),
    ).toContain("The node runs in subnets of the application");
  });

  test("asks which of several target groups is the application, and leaves out the rule that gets none", () => {
    const split = { priority: 20, conditions: [host("beta.example.com")], actions: [forward("shop", "beta")] };
    const composition = composed(undefined, [SHOP, split]);
    expect(questionsOf(composition).map(({ name }) => name)).toEqual(["target_group_of_beta_example_com"]);
    expect(questionsOf(composition)[0]?.description).toContain(`${groupArn("shop")}, ${groupArn("beta")}`);
    const { "routes.tf": routes = "", "variables.tf": variables } = configuration(composition, SETTINGS);
    expect(variables).toContain('variable "target_group_of_beta_example_com" {');
    expect(routes).toContain("application_target_group_arn = var.target_group_of_beta_example_com");
    expect(routes).toContain('if try(route.application_target_group_arn, null) != "none"');
    const severalGroups = composed(
      ({ ec2 }) => {
        for (const one of ec2?.NetworkInterfaces ?? []) one.Groups?.push({ GroupId: "sg-0d000000" });
      },
      [split, { ...split, priority: 30 }],
    );
    expect(questionsOf(severalGroups)).toHaveLength(2);
    expect(owners(severalGroups)).toContain("Send other rules through the node");
  });

  test("asks for what the account does not tell, with the choices", () => {
    const composition = composed(({ ec2 }) => {
      for (const one of ec2?.NetworkInterfaces ?? []) one.Groups?.push({ GroupId: "sg-0d000000" });
    });
    expect(questionsOf(composition)).toEqual([
      {
        ...{ name: "application_security_group_id", type: "string" },
        description: expect.stringContaining("sg-0a000000, sg-0d000000") as string,
      },
    ]);
    const files = configuration(composition, SETTINGS);
    expect(files["main.tf"]).toContain("security_group_id = var.application_security_group_id");
    expect(files["variables.tf"]).toContain('variable "application_security_group_id"');
  });

  test("leaves the module's own rules out", () => {
    const own = {
      ...SHOP,
      priority: 9,
      actions: [forward("shop-wallarm-0a1b2c3d", "shop")],
      tags: [{ Key: "Name", Value: "shop-wallarm-a" }],
    };
    expect(composed(undefined, [own, SHOP]).entries.map(({ words }) => words)).toEqual([
      "rule 10 of 443 (shop.example.com) → shop",
      "default action of 443 → fixed-response",
    ]);
  });
});

describe("OWNERS.md", () => {
  const page = (change?: (snapshot: Snapshot) => void, rules?: readonly Sketch[]) => owners(composed(change, rules));

  test("has the steps of each kind, by ID", () => {
    const login = { priority: 20, actions: [{ Type: "authenticate-oidc" }, forward("shop")] };
    const text = page(
      ({ ec2, auto_scaling, ecs, unread }) => {
        ec2?.SecurityGroupRules.push({
          ...{ SecurityGroupRuleId: "sgr-0a000000", GroupId: "sg-0a000000", IsEgress: false },
          ...{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, CidrIpv4: "0.0.0.0/0" },
        });
        ec2?.NetworkAcls.push({
          NetworkAclId: "acl-0a000000",
          IsDefault: false,
          Associations: [{ SubnetId: "subnet-0a000001" }],
        });
        auto_scaling?.AutoScalingGroups.push({
          ...{ AutoScalingGroupName: "shop", HealthCheckType: "ELB", LaunchTemplateSecurityGroupIds: null },
          Instances: [{ InstanceId: "i-0a000001" }],
        });
        ecs?.services.push({
          ...{ serviceArn: "arn:service", serviceName: "shop", deploymentController: { type: "CODE_DEPLOY" } },
          loadBalancers: [{ targetGroupArn: composed().application.targetGroups[0]?.TargetGroupArn }],
        });
        unread.push({ action: "ec2:DescribeVpnConnections", resource: null, error: "AccessDenied" });
      },
      [{ priority: 1 }, SHOP, login, { priority: 30, transforms: [{ Type: "url-rewrite" }] }],
    );
    for (const part of [
      "RuleArn=",
      "sg-0a000000",
      "ignore_changes = [target_group_arns]",
      "Put the node behind logins",
      "rule 30 of 443 → shop: It rewrites",
      "arn:service` (CODE_DEPLOY)",
      "--security-group-rule-ids sgr-0a000000 # tcp 80 from 0.0.0.0/0",
      "`shop` (health check type ELB)",
      "acl-0a000000",
      "`ec2:DescribeVpnConnections`: AccessDenied",
    ])
      expect(text).toContain(part);
  });

  test("says where there is nothing to do", () => {
    expect(page()).toContain("## Before 100 percent\n\nNothing.");
  });
});

describe("refuses", () => {
  test.each<[string, (snapshot: Snapshot) => void, string]>([
    [
      "targets that are nowhere",
      ({ ec2 }) => ec2?.NetworkInterfaces.pop(),
      "have no network interface in the snapshot: i-0a000002",
    ],
    [
      "no targets",
      ({ elastic_load_balancing }) => elastic_load_balancing?.TargetGroups.forEach((one) => (one.Targets = [])),
      "have no targets",
    ],
    [
      "no common group",
      ({ ec2 }) => ec2?.NetworkInterfaces[0] && (ec2.NetworkInterfaces[0].Groups = []),
      "no security group in common",
    ],
    [
      "a function",
      ({ elastic_load_balancing }) =>
        elastic_load_balancing?.TargetGroups.forEach((one) => (one.TargetType = "lambda")),
      "Lambda function",
    ],
    [
      "a node elsewhere",
      ({ ec2 }) => ec2?.Subnets[2] && (ec2.Subnets[2].VpcId = "vpc-0b000000"),
      "The node is in vpc-0b000000",
    ],
    [
      "a node without a group",
      ({ auto_scaling }) =>
        auto_scaling?.AutoScalingGroups[0] && (auto_scaling.AutoScalingGroups[0].LaunchTemplateSecurityGroupIds = []),
      "The network interfaces of the node",
    ],
    [
      "rules that could not be read",
      ({ unread }) => unread.push({ action: "elasticloadbalancing:DescribeRules", resource: null, error: "no" }),
      "could not be read",
    ],
    [
      "listeners that were not read",
      ({ elastic_load_balancing }) =>
        elastic_load_balancing?.LoadBalancers[0] && (elastic_load_balancing.LoadBalancers[0].Listeners = null),
      "--load-balancer",
    ],
    [
      "a Network Load Balancer",
      ({ elastic_load_balancing }) =>
        elastic_load_balancing?.LoadBalancers[0] && (elastic_load_balancing.LoadBalancers[0].Type = "network"),
      '"network"',
    ],
  ])("%s", (_, change, message) => {
    expect(() =>
      composed((snapshot) => {
        change(snapshot);
      }),
    ).toThrow(message);
  });

  test("rules that never forward", () => {
    expect(() => composed(undefined, [{ priority: 10, actions: [{ Type: "redirect" }] }])).toThrow("nothing behind it");
  });
});
