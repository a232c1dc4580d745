import { readFileSync } from "node:fs";
import { canCall, firstMatch } from "../modules/first-match";
import { describeWithTools } from "../tools";
import { createExistingApplication, type ExistingApplication } from "./harness/existing-application";
import { LocalAws } from "./harness/local-aws";
import { networkAclOf, networkAclRules } from "./harness/network-acls";
import { changes, descriptionLostByMoto, outputChanges, resourceChanges } from "./harness/plan";
import { Recorder } from "./harness/recorder";
import { TerraformRoot } from "./harness/terraform";

const off = { node_traffic_percent: 100 };
const on = { ...off, network_acl: true };

/** What a reviewer has to approve who switches the ACL on: additions only. */
const additions = [
  "create module.wallarm_routing.aws_network_acl.application[0]",
  'create module.wallarm_routing.aws_network_acl_association.subnet["a"]',
  'create module.wallarm_routing.aws_network_acl_association.subnet["b"]',
  ...["100", "200", "21000", "21100"].flatMap((number) => [
    `create module.wallarm_routing.aws_network_acl_rule.application_egress["${number}"]`,
    `create module.wallarm_routing.aws_network_acl_rule.application_ingress["${number}"]`,
  ]),
  'create module.wallarm_routing.terraform_data.previous_network_acl["a"]',
  'create module.wallarm_routing.terraform_data.previous_network_acl["b"]',
].sort();

describeWithTools(["terraform", "moto_server"], "examples/alb/complete with a network ACL", () => {
  let aws: LocalAws;
  let application: ExistingApplication;
  let recorder: Recorder;
  let example: TerraformRoot;
  /** ACLs before us: the first subnet has one of its own, the second the VPC's. */
  let original: { a: string; b: string };

  beforeAll(async () => {
    aws = await LocalAws.start();
    application = await createExistingApplication(aws);
    const { outputs } = application;
    const [a = "", b = ""] = outputs.private_subnet_ids;
    const { NetworkAcl } = await aws.ec2.createNetworkAcl({ VpcId: outputs.vpc_id });
    original = { a: String(NetworkAcl?.NetworkAclId), b: await networkAclOf(aws, b) };
    await associate(a, original.a);

    recorder = await Recorder.start(aws.endpoint);
    const { folder, signal } = aws;
    example = await TerraformRoot.init({ endpoint: recorder.endpoint, folder, signal }, "examples/alb/complete", {
      ...application.albExampleVariables,
      application_subnet_ids: { a, b },
    });
  }, 300_000);

  afterAll(async () => {
    await recorder.stop();
    await aws.stop();
  });

  test("is refused below 100 percent, where the load balancer still sends to the application", async () => {
    const before = await aclIds();
    await expect(example.apply({ ...on, node_traffic_percent: 99 })).rejects.toThrow(
      "node_traffic_percent is 99, and network_acl would cut off the requests that do not pass the node. Set it to 100 first",
    );
    expect(await aclIds()).toEqual(before);
    await expectAcls(original);
  });

  test("is off by default", async () => {
    await example.apply(off);
    await expectAcls(original);
  });

  test("is added by a plan that changes nothing else", async () => {
    const plan = await example.plan(on);
    expect(resourceChanges(plan, descriptionLostByMoto).sort()).toEqual(additions);
  });

  test("takes effect in the application's subnets, and the next plan is empty", async () => {
    await example.apply(on);
    expect(changes(await example.plan(on), descriptionLostByMoto)).toEqual([]);

    const [a = ""] = application.outputs.private_subnet_ids;
    const ours = await networkAclOf(aws, a);
    expect(Object.values(original)).not.toContain(ours);
    await expectAcls({ a: ours, b: ours });
    for (const subnet of application.outputs.public_subnet_ids)
      expect(await networkAclOf(aws, subnet)).toBe(original.b);
  });

  test("admits the node to the application's port, and nobody else", async () => {
    const rules = await networkAclRules(aws, await networkAclOf(aws, application.outputs.private_subnet_ids[0] ?? ""));
    expect(canCall(rules, "10.0.0.10", 80)).toBe(true);
    expect(canCall(rules, "10.0.1.10", 80)).toBe(true);
    expect(firstMatch(rules, { direction: "in", peer: "10.0.2.10", port: 80 })).toBe("deny *");
    expect(firstMatch(rules, { direction: "in", peer: "203.0.113.10", port: 80 })).toBe("deny *");
  });

  test("keeps the ids of the ACLs before it, which the data source no longer shows", async () => {
    await example.apply(on);
    expect(outputChanges(await example.plan(on))).toEqual([]);
    expect((await example.outputs<{ previous_network_acl_ids: object }>()).previous_network_acl_ids).toEqual(original);
  });

  test("asks AWS for nothing that the README does not list", () => {
    const readme = readFileSync("modules/alb/README.md", "utf8");
    const [, permissions = "[]"] = /## Permissions[^[]*(\[[^\]]*\])/.exec(readme) ?? [];
    const asked = [...recorder.actions].filter((action) => /NetworkAcl|Subnets$/.test(action));
    expect(asked).toContain("ec2:ReplaceNetworkAclAssociation");
    expect(JSON.parse(permissions)).toEqual(expect.arrayContaining(asked));
  });

  test("leaves the VPC's default ACL behind when it is switched off, as AWS does", async () => {
    await example.apply(off);
    await expectAcls({ a: original.b, b: original.b });
    expect(changes(await example.plan(off), descriptionLostByMoto)).toEqual([]);
  });

  test("is undone by the ids that the output had", async () => {
    const [a = ""] = application.outputs.private_subnet_ids;
    await associate(a, original.a);
    await expectAcls(original);
    expect(changes(await example.plan(off), descriptionLostByMoto)).toEqual([]);
    expect(changes(await application.root.plan(), descriptionLostByMoto)).toEqual([]);
  });

  async function aclIds(): Promise<unknown[]> {
    const { NetworkAcls = [] } = await aws.ec2.describeNetworkAcls();
    return NetworkAcls.map(({ NetworkAclId }) => NetworkAclId);
  }

  /** As the runbook says. */
  async function associate(subnet: string, acl: string): Promise<void> {
    const { NetworkAcls = [] } = await aws.ec2.describeNetworkAcls({
      Filters: [{ Name: "association.subnet-id", Values: [subnet] }],
    });
    const association = NetworkAcls.flatMap(({ Associations = [] }) => Associations).find(
      ({ SubnetId }) => SubnetId === subnet,
    );
    await aws.ec2.replaceNetworkAclAssociation({
      AssociationId: association?.NetworkAclAssociationId,
      NetworkAclId: acl,
    });
  }

  async function expectAcls(expected: { a: string; b: string }): Promise<void> {
    const [a = "", b = ""] = application.outputs.private_subnet_ids;
    expect({ a: await networkAclOf(aws, a), b: await networkAclOf(aws, b) }).toEqual(expected);
  }
});
