import { readFileSync } from "node:fs";
import { parseRouting } from "../../contract/parse";
import { canCall, firstMatch } from "../modules/first-match";
import { describeInTestAll } from "../test-all";
import { describeWithTools } from "../tools";
import { LocalAws } from "./harness/local-aws";
import { BLOCKS } from "./harness/network";
import { networkAclOf, networkAclRules } from "./harness/network-acls";
import { resourceChanges } from "./harness/plan";
import { Recorder } from "./harness/recorder";
import { createSmallApplication, runInstances } from "./harness/small-application";
import { TerraformRoot, type Variables } from "./harness/terraform";
import { describeCall, type LoadBalancer, Witness } from "./harness/witness";

/** What moves requests, in whichever module. */
const CUTOVER = /^(CreateRule|ModifyRule|DeleteRule|ModifyListener)$/;
const ASSOCIATION = "ReplaceNetworkAclAssociation";
/** What an ACL is made of: as long as no subnet has it, it opens and cuts nothing. */
const PREPARATION = /^(CreateNetworkAcl|CreateTags|CreateNetworkAclEntry .*)$/;

interface Root {
  readonly path: string;
  /** The load balancers with a node behind them. */
  readonly behind: readonly LoadBalancer[];
  /** The addresses of the scenario modules. */
  readonly scenarios: string;
  /** Calls of a cutover that is prepared. */
  readonly cutover: string[];
  /** Whether `terraform destroy` is possible: an adopted listener would go with it. */
  readonly destroyable: boolean;
}

const roots: Readonly<Record<string, Root>> = {
  alb: {
    path: "examples/network-acl/complete",
    behind: ["alb"],
    scenarios: "module.wallarm_routing",
    cutover: ["ModifyRule"],
    destroyable: true,
  },
  nlb: {
    path: "__tests__/apply/roots/nlb",
    behind: ["nlb"],
    scenarios: "module.wallarm_routing",
    cutover: ["ModifyListener"],
    destroyable: false,
  },
  "alb and nlb": {
    path: "__tests__/apply/roots/two-load-balancers",
    behind: ["alb", "nlb"],
    scenarios: "module.alb, module.nlb",
    cutover: ["ModifyListener", "ModifyRule"],
    destroyable: false,
  },
};

const off: Variables = { node_traffic_percent: 0 };
const on: Variables = { node_traffic_percent: 100 };

/** A root in front of a small application on a local AWS, and who looks at its calls. */
async function start({ path, behind }: Pick<Root, "path" | "behind">) {
  const aws = await LocalAws.start();
  const application = await createSmallApplication(aws);
  await runInstances(aws, application);
  const witness = new Witness(aws, application, behind);
  const recorder = await Recorder.start(aws.endpoint, { afterCall: (call) => witness.look(call) });
  const { folder, signal } = aws;
  const root = await TerraformRoot.init({ endpoint: recorder.endpoint, folder, signal }, path, {
    ...application.variables,
    listener_arn: application.albListenerArn,
    nlb_listener_arn: application.nlbListenerArn,
    nlb_target_group_arn: application.targetGroupArns.nlb,
  });
  return {
    aws,
    application,
    witness,
    recorder,
    root,

    /** Of each of the application's subnets. */
    acls: () => Promise.all(Object.values(application.subnetIds).map((subnet) => networkAclOf(aws, subnet))),

    /** As an owner's Terraform does. */
    associate: async (subnet: "a" | "b", acl: string) => {
      const { NetworkAcls = [] } = await aws.ec2.describeNetworkAcls();
      const association = NetworkAcls.flatMap(({ Associations = [] }) => Associations).find(
        ({ SubnetId }) => SubnetId === application.subnetIds[subnet],
      );
      const AssociationId = association?.NetworkAclAssociationId;
      await aws.ec2.replaceNetworkAclAssociation({ AssociationId, NetworkAclId: acl });
    },

    stop: async () => {
      await recorder.stop();
      await aws.stop();
    },
  };
}

for (const [name, root] of Object.entries(roots)) {
  const describeRoot = root === roots.alb ? describeWithTools : describeInTestAll;
  describeRoot(["terraform", "moto_server"], `the order in which a network ACL takes effect behind ${name}`, () => {
    takesEffectInOrder(root);
  });
}

function takesEffectInOrder({ scenarios, cutover, destroyable, ...options }: Root): void {
  let at: Awaited<ReturnType<typeof start>>;
  let root: TerraformRoot;
  /** The network ACL that the VPC's subnets have by default. */
  let defaultAcl: string;

  beforeAll(async () => {
    at = await start(options);
    root = at.root;
    [defaultAcl = ""] = await at.acls();
  }, 120_000);

  afterAll(() => at.stop());

  /** What changes something meanwhile, in order. After none of it a request may be cut off. */
  async function callsOf(apply: () => Promise<void>): Promise<string[]> {
    at.recorder.calls.length = 0;
    at.witness.forget();
    await apply();
    expect(at.witness.cut).toEqual([]);
    return at.recorder.calls.map(describeCall);
  }

  async function expectInForce(): Promise<void> {
    const [ours, ...others] = new Set(await at.acls());
    expect(others).toEqual([]);
    expect(ours).not.toBe(defaultAcl);
    expect(await root.changes(on)).toEqual([]);
  }

  async function expectNotInForce(): Promise<void> {
    expect(new Set(await at.acls())).toEqual(new Set([defaultAcl]));
  }

  /** Takes the module's block, and the output that reads from it, out of the root. @returns how to put them back */
  async function withoutModule(): Promise<() => Promise<void>> {
    const main = await root.read("main.tf");
    await root.edit("main.tf", (text) => text.replace(/^module "network_acl" \{[^]*?^\}\n/m, ""));
    if (!destroyable) return () => root.edit("main.tf", () => main);
    const outputs = await root.read("outputs.tf");
    await root.edit("outputs.tf", (text) => text.replace(/^output "previous_network_acl_ids" \{[^]*?^\}\n/m, ""));
    return async () => {
      await root.edit("main.tf", () => main);
      await root.edit("outputs.tf", () => outputs);
    };
  }

  test("from nothing to 100, the subnets get the ACL after everything else", async () => {
    const calls = await callsOf(() => root.apply(on));
    expect(calls.slice(-2)).toEqual([ASSOCIATION, ASSOCIATION]);
    expect(calls.slice(0, -2)).not.toContain(ASSOCIATION);
    expect(calls.filter((call) => CUTOVER.test(call))).toHaveLength(cutover.length);
    await expectInForce();
  });

  test("from 100 to 0, the subnets lose the ACL before a request is moved, and nothing else of it goes", async () => {
    const calls = await callsOf(() => root.apply(off));
    expect(calls.slice(0, 2)).toEqual([ASSOCIATION, ASSOCIATION]);
    expect(calls.slice(2).sort()).toEqual(cutover);
    await expectNotInForce();
  });

  test("from 0 to 100, they get it after the last request was moved", async () => {
    const calls = await callsOf(() => root.apply(on));
    expect(calls.slice(0, -2).sort()).toEqual(cutover);
    expect(calls.slice(-2)).toEqual([ASSOCIATION, ASSOCIATION]);
    await expectInForce();
  });

  describeInTestAll(
    [],
    `the order in which a network ACL changes with its root behind ${options.behind.join(" and ")}`,
    () => {
      beforeAll(() => root.apply(on));

      test("a changed CIDR block changes its own rules", async () => {
        const calls = await callsOf(() =>
          root.apply({ ...on, node_subnet_cidrs: { 100: "10.0.4.0/24", 200: BLOCKS.node[1] } }),
        );
        expect(calls.sort()).toEqual([
          "CreateNetworkAclEntry in 100",
          "CreateNetworkAclEntry out 100",
          "DeleteNetworkAclEntry in 100",
          "DeleteNetworkAclEntry out 100",
        ]);
        expect(at.witness.opened).toEqual([]);
      });

      test("without the first CIDR block, the second one keeps its rules", async () => {
        const calls = await callsOf(() => root.apply({ ...on, node_subnet_cidrs: { 200: BLOCKS.node[1] } }));
        expect(calls.sort()).toEqual(["DeleteNetworkAclEntry in 100", "DeleteNetworkAclEntry out 100"]);
        expect(at.witness.opened).toEqual([]);
        await root.apply(on);
      });

      test("with depends_on, which keeps data sources unread at plan, it is the same", async () => {
        const text = await root.read("main.tf");
        await root.edit("main.tf", (main) =>
          main.replace(/^module "network_acl" \{\n/m, `$&  depends_on = [${scenarios}]\n\n`),
        );
        const calls = await callsOf(() => root.apply(off));
        expect(calls.slice(0, 2)).toEqual([ASSOCIATION, ASSOCIATION]);
        expect(calls.slice(2).sort()).toEqual(cutover);
        await root.edit("main.tf", () => text);
        await root.apply(on);
      });

      test("from 100 to 0 without the module, they lose the ACL first", async () => {
        const restore = await withoutModule();
        const calls = await callsOf(() => root.apply(off));
        expect(calls.slice(0, 2)).toEqual([ASSOCIATION, ASSOCIATION]);
        expect(calls.slice(2)).not.toContain(ASSOCIATION);
        expect(calls.filter((call) => CUTOVER.test(call)).sort()).toEqual(cutover);
        expect(calls).toContain("DeleteNetworkAcl");
        await expectNotInForce();
        await restore();
      });

      test("added with 0 to 100, it is prepared at any time, and in force after the last request was moved", async () => {
        const calls = await callsOf(() => root.apply(on));
        expect(calls.filter((call) => !PREPARATION.test(call)).sort()).toEqual([...cutover, ASSOCIATION, ASSOCIATION]);
        expect(calls.slice(-2)).toEqual([ASSOCIATION, ASSOCIATION]);
        await expectInForce();
      });

      test("added at 100, it moves no request", async () => {
        const restore = await withoutModule();
        await root.apply(on);
        await restore();
        const calls = await callsOf(() => root.apply(on));
        expect(calls.slice(0, -2).filter((call) => !PREPARATION.test(call))).toEqual([]);
        expect(calls.slice(-2)).toEqual([ASSOCIATION, ASSOCIATION]);
        await expectInForce();
      });
    },
  );

  if (destroyable) {
    test.each([on, off])("destroyed at $node_traffic_percent, the subnets lose the ACL first", async (variables) => {
      await root.apply(variables);
      const calls = await callsOf(() => root.destroy(variables));
      const associations = variables === on ? [ASSOCIATION, ASSOCIATION] : [];
      expect(calls.slice(0, associations.length)).toEqual(associations);
      expect(calls.slice(associations.length)).not.toContain(ASSOCIATION);
      expect(calls).toContain("DeleteNetworkAcl");
      await expectNotInForce();
    });
  } else {
    test.each([on, off])(
      "at $node_traffic_percent, terraform destroy is refused before any call",
      async (variables) => {
        await root.apply(variables);
        const before = await at.acls();
        const calls = await callsOf(() => expect(root.destroy(variables)).rejects.toThrow("prevent_destroy"));
        expect(calls).toEqual([]);
        expect(await at.acls()).toEqual(before);
      },
    );
  }

  if (options.behind.length > 1)
    test.each([50, 0])("with one load balancer at %d, the ACL is not in force", async (alb_traffic_percent) => {
      await root.apply(on);
      await expectInForce();
      await callsOf(() => root.apply({ ...on, alb_traffic_percent }));
      await expectNotInForce();
    });
}

describeWithTools(["terraform", "moto_server"], "examples/network-acl/complete", () => {
  let at: Awaited<ReturnType<typeof start>>;
  /** The subnets' ACLs before: the first one has an ACL of its own, the second one the VPC's. */
  let original: [string, string];

  beforeAll(async () => {
    at = await start({ path: "examples/network-acl/complete", behind: ["alb"] });
    const { NetworkAcl } = await at.aws.ec2.createNetworkAcl({ VpcId: at.application.vpcId });
    await at.associate("a", String(NetworkAcl?.NetworkAclId));
    const [a = "", b = ""] = await at.acls();
    original = [a, b];
  }, 120_000);

  afterAll(() => at.stop());

  test("a subnet with an ACL of its own is refused at any percentage, before anything is made", async () => {
    at.recorder.calls.length = 0;
    await expect(at.root.apply(off)).rejects.toThrow(
      `subnet_ids["a"] has a custom network ACL, ${original[0]}, and would get the VPC's default ACL when this module's is removed.`,
    );
    expect(at.recorder.calls).toEqual([]);
  });

  test("it is replaced where the caller says so, and remembered", async () => {
    await at.root.edit("main.tf", (text) =>
      text.replace(/subnet_ids = var.*\n/, "$&\n  replace_custom_network_acls = true\n"),
    );
    await at.root.apply(on);
    expect(await at.root.changes(on)).toEqual([]);
    const [ours = "", ...others] = new Set(await at.acls());
    expect(others).toEqual([]);
    expect(original).not.toContain(ours);
    const { previous_network_acl_ids } = await at.root.outputs<{ previous_network_acl_ids: object }>();
    expect(previous_network_acl_ids).toEqual({ a: original[0], b: original[1] });
  });

  test("it admits the node to the application's port, and nobody else", async () => {
    const rules = await networkAclRules(at.aws, (await at.acls())[0] ?? "");
    for (const peer of ["10.0.2.10", "10.0.3.10"]) expect(canCall(rules, peer, 80)).toBe(true);
    for (const peer of ["10.0.0.10", "10.0.4.10", "203.0.113.10"])
      expect(firstMatch(rules, { direction: "in", peer, port: 80 })).toBe("deny *");
  });

  test("the output routing is what the commands read", async () => {
    const { routing } = await at.root.outputs<{ routing: object }>();
    expect(parseRouting(routing)).toMatchObject({
      account_id: "123456789012",
      region: "us-east-1",
      node: { members: { instance_ids: Object.values(at.application.variables.node_instance_ids as object) } },
      application: { target_group_arns: [at.application.targetGroupArns.alb] },
      load_balancer: { arn_suffix: expect.stringMatching(/^app\/shop\/[0-9a-f]+$/) as unknown },
      live_after_apply: true,
    });
  });

  test("AWS is asked for nothing that the README does not list", () => {
    const readme = readFileSync("modules/network-acl/README.md", "utf8");
    const [, permissions = "[]"] = /## Permissions[^[]*(\[[^\]]*\])/.exec(readme) ?? [];
    const asked = [...at.recorder.actions].filter((action) => /NetworkAcl|Subnets$/.test(action));
    expect(asked).toContain("ec2:ReplaceNetworkAclAssociation");
    expect(JSON.parse(permissions)).toEqual(expect.arrayContaining(asked));
  });

  test("where an owner's Terraform takes an association back, the next plan puts the ACL in its place again", async () => {
    await at.associate("b", original[0]);
    expect(resourceChanges(await at.root.plan(on))).toEqual([
      'create module.network_acl.aws_network_acl_association.subnet["b"]',
    ]);
  });

  test("without the caller's word, that is refused for a subnet that had the default ACL, and going back is not", async () => {
    await at.root.edit("main.tf", (text) =>
      text
        .replace(/\n {2}replace_custom.*\n/, "")
        .replace("= var.application_subnet_ids", '= { b = var.application_subnet_ids["b"] }'),
    );
    await expect(at.root.plan(on)).rejects.toThrow(`subnet_ids["b"] has a custom network ACL, ${original[0]},`);
    await at.root.apply(off);
    expect((await at.acls())[1]).toBe(original[0]);
  });
});
