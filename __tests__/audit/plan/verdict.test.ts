import type { Snapshot } from "../../../account/snapshot";
import { DOCUMENT } from "../../../audit/report/document";
import type { Options } from "../../../cli/audit/options";
import { run } from "../../../cli/audit/run";
import { printed } from "../../account/support/environment";
import { testFolder } from "../../test-folder";
import { add, patched } from "../support/patch";
import { from, groupArn, groupId, ingress, listenerArn, routings, secureSnapshot } from "../support/secure";

const { file } = testFolder();
let lines: string[];

beforeEach(() => {
  lines = printed();
});

const provider_name = "registry.terraform.io/hashicorp/aws";

/** A resource of a plan. */
function change(
  address: string,
  actions: string[],
  parts: { before?: object; after?: object; after_unknown?: object },
) {
  const [type = "", name = ""] = address.split(".").slice(-2);
  return {
    ...{ address, mode: "managed", type, name, provider_name },
    change: { actions, before: null, after: null, after_unknown: {}, ...parts },
  };
}

const create = (address: string, after: object, unknown: object = {}) =>
  change(address, ["create"], { after, after_unknown: { id: true, arn: true, ...unknown } });
const planOf = (resource_changes: object[], more: object = {}) => ({
  ...{ format_version: "1.2", planned_values: {}, resource_changes, complete: true, errored: false, ...more },
});

const outputs = Object.fromEntries(routings().map((value, index) => [`routing_${index}`, { value }]));
const admitted = add("/ec2/SecurityGroupRules/-", ingress("from-alb", "app", from("alb")));
const opened = patched(secureSnapshot(), [
  add("/ec2/SecurityGroupRules/-", ingress("office", "app", { CidrIpv4: "10.0.0.0/8" })),
]);

const RULE = "aws_vpc_security_group_ingress_rule.office";
const office = { security_group_id: groupId("app"), ip_protocol: "tcp", from_port: 80, to_port: 80 };
const CIDR = { ...office, cidr_ipv4: "10.0.0.0/8" };
const LISTENER_RULE = "module.shop.aws_lb_listener_rule.open";
const forward = {
  ...{ listener_arn: listenerArn("shop"), priority: 1, condition: [{ path_pattern: [{ values: ["/open/*"] }] }] },
  action: [{ type: "forward", target_group_arn: groupArn("shop"), forward: [] }],
};

function audit(plan: unknown, snapshot: Snapshot = secureSnapshot(), options: Options = {}): Promise<number> {
  const files = { routing: [file("outputs.json", outputs)], snapshot: [file("shop.json", snapshot)] };
  return run({ ...files, plan: file("plan.json", plan), ...options });
}

describe("audit --plan", () => {
  test("a plan that opens a security group is a bypass, and the step says which resource plans it", async () => {
    expect(await audit(planOf([create(RULE, CIDR)]))).toBe(1);
    const text = lines.join("\n");
    expect(text).toContain(
      "✗ The application admits more than the node: other addresses of the VPC [wider-than-the-node]",
    );
    expect(text).toContain(`sg-00000000 admits tcp 80 from 10.0.0.0/8 (${RULE}, planned by ${RULE})`);
  });

  test("a plan that opens a listener is a bypass, and facts of the account keep their calls", async () => {
    expect(await audit(planOf([create(LISTENER_RULE, forward)]), patched(secureSnapshot(), [admitted]))).toBe(1);
    const text = lines.join("\n");
    expect(text).toContain(`shop: rule 1 of 80 (/open/*) → shop (${LISTENER_RULE}, planned by ${LISTENER_RULE})`);
    expect(text).toContain("(sgr-from-alb, ec2:DescribeSecurityGroupRules)");
  });

  test("a plan that closes a way is proven, and without it the way is open", async () => {
    const closes = planOf([change(RULE, ["delete"], { before: { id: "sgr-office", ...CIDR } })]);
    expect(await audit(closes, opened)).toBe(0);
    expect(await audit(planOf([]), opened)).toBe(1);
  });

  test("a rule that is replaced is gone under its old ID", async () => {
    const before = { id: "sgr-office", ...CIDR };
    const after = { ...office, referenced_security_group_id: groupId("node") };
    const replaced = change(RULE, ["delete", "create"], { before, after, after_unknown: { id: true } });
    expect(await audit(planOf([replaced]), opened)).toBe(0);
  });

  test("what changes nothing leaves the verdict", async () => {
    const tags = (value: string) => ({ id: "pcx-1", tags: { a: value }, tags_all: { a: value } });
    const changes = [
      change("aws_vpc_peering_connection.a", ["update"], { before: tags("1"), after: tags("2") }),
      change("aws_vpc_peering_connection.b", ["no-op"], { before: tags("1"), after: tags("1") }),
      create("aws_iam_role.a", { name: "a" }),
    ];
    expect(await audit(planOf(changes))).toBe(0);
    expect(lines.join("\n")).toContain("assumed: The plan is applied as it is");
  });

  test.each<[string, object, string]>([
    [
      "a source that is known only after the apply",
      planOf([create(RULE, office, { referenced_security_group_id: true })]),
      "The source of the rule is not known.",
    ],
    [
      "a group that is known only after the apply",
      planOf([create(RULE, { ...CIDR, security_group_id: undefined }, { security_group_id: true })]),
      `${RULE}: security_group_id: known only after the apply`,
    ],
    [
      "a target group that is known only after the apply",
      planOf([
        create(
          LISTENER_RULE,
          { ...forward, action: [{ type: "forward", forward: [] }] },
          { action: [{ target_group_arn: true }] },
        ),
      ]),
      `${LISTENER_RULE}: action.0.target_group_arn: known only after the apply`,
    ],
    ["a type that nobody knows", planOf([create("aws_vpc_peering_connection.a", {})]), "aws_vpc_peering_connection.a"],
    ["an incomplete plan", planOf([], { complete: false }), "plan.json is incomplete"],
    [
      "a deferred change",
      planOf([], { deferred_changes: [{ reason: "provider_config_unknown", resource_change: create(RULE, CIDR) }] }),
      `The plan defers ${RULE} (provider_config_unknown).`,
    ],
  ])("%s is undetermined", async (_, plan, words) => {
    expect(await audit(plan)).toBe(2);
    expect(lines.join("\n")).toContain(words);
    expect(lines.join("\n")).toContain("UNDETERMINED.");
  });

  test("a new source that nobody carries yet opens the lock, and no way", async () => {
    const group = "aws_security_group.new";
    const configuration = {
      root_module: {
        resources: [
          { address: RULE, expressions: { referenced_security_group_id: { references: [`${group}.id`, group] } } },
        ],
      },
    };
    const changes = [
      create(group, { name: "new", vpc_id: "vpc-0a1b2c3d" }, { ingress: true, egress: true }),
      create(RULE, office, { referenced_security_group_id: true }),
    ];
    expect(await audit(planOf(changes, { configuration }))).toBe(1);
    expect(lines.join("\n")).toContain("[lock-security-group]");
    expect(lines.join("\n")).toContain("PROVEN.");
  });

  test("a resource of another Region is not here", async () => {
    const arn = listenerArn("shop").replace("us-east-1", "eu-central-1");
    const changes = [create(LISTENER_RULE, { ...forward, listener_arn: arn }), create("aws_iam_role.a", {})];
    expect(await audit(planOf(changes), patched(secureSnapshot(), [admitted]), { requireLocks: "none" })).toBe(0);
  });

  test("without --routing, the plan's own outputs say who is the node and the application", async () => {
    const planned_values = { outputs };
    const options = { routing: undefined };
    const snapshot = [file("shop.json", secureSnapshot())];
    const plan = file("plan.json", planOf([create(RULE, CIDR)], { planned_values }));
    expect(await run({ ...options, plan, snapshot })).toBe(1);
    expect(await run({ plan: file("plan.json", planOf([])), snapshot })).toBe(2);
    expect(lines.join("\n")).toContain('has no output "routing" that is known before the apply. Set --routing');
  });

  test("--json has the plan's facts", async () => {
    await audit(planOf([create(RULE, CIDR)]), secureSnapshot(), { json: true });
    const document = DOCUMENT.parse(JSON.parse(lines.join("\n")));
    const facts = document.roots.flatMap(({ findings }) =>
      findings.flatMap(({ steps }) => steps.flatMap((one) => one.facts)),
    );
    expect(facts.map(({ action }) => action)).toContain(`planned by ${RULE}`);
  });

  test.each<[string, unknown, string]>([
    ["no JSON", "{ secret", "plan.json is not JSON."],
    ["no plan", { format_version: "1.0", values: {} }, "is not a plan, at planned_values"],
    ["a newer format", planOf([], { format_version: "2.0" }), 'has the format_version "2.0"'],
    ["a failed plan", planOf([], { errored: true }), "is a plan that failed"],
    [
      "another account",
      planOf([
        create(LISTENER_RULE, {
          ...forward,
          listener_arn: listenerArn("shop").replace("123456789012", "210987654321"),
        }),
      ]),
      "plans nothing in the account 123456789012 and the Region us-east-1",
    ],
  ])("%s is an error, with what to do", async (_, plan, message) => {
    expect(await audit(plan)).toBe(2);
    expect(lines.join("\n")).toContain(message);
    expect(lines.join("\n")).not.toContain("secret");
  });
});
