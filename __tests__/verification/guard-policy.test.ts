import { describeWithTools } from "../tools";
import { planned } from "./support/planned";
import { askPython } from "./support/python";

type Permission = Partial<Record<"groups" | "ipv4" | "ipv6" | "prefixLists", readonly string[]>>;

/** A configuration item as AWS Config makes it. Source: https://docs.aws.amazon.com/config/latest/developerguide/view-manage-resource-console.html */
function securityGroup(...permissions: readonly Permission[]) {
  return {
    version: "1.3",
    accountId: "123456789012",
    configurationItemCaptureTime: "2026-01-15T09:30:00.000Z",
    configurationItemStatus: "OK",
    configurationStateId: "1768469400000",
    arn: "arn:aws:ec2:eu-central-1:123456789012:security-group/sg-00000000000000003",
    resourceType: "AWS::EC2::SecurityGroup",
    resourceId: "sg-00000000000000003",
    resourceName: "application",
    awsRegion: "eu-central-1",
    availabilityZone: "Not Applicable",
    tags: {},
    relatedEvents: [],
    relationships: [
      { resourceType: "AWS::EC2::VPC", resourceId: "vpc-0123456789abcdef0", relationshipName: "Is contained in Vpc" },
    ],
    configuration: {
      description: "Instances of the application",
      groupName: "application",
      ownerId: "123456789012",
      groupId: "sg-00000000000000003",
      vpcId: "vpc-0123456789abcdef0",
      ipPermissions: permissions.map(({ groups = [], ipv4 = [], ipv6 = [], prefixLists = [] }) => ({
        fromPort: 80,
        ipProtocol: "tcp",
        toPort: 80,
        userIdGroupPairs: groups.map((groupId) => ({ groupId, userId: "123456789012" })),
        ipv4Ranges: ipv4.map((cidrIp) => ({ cidrIp })),
        ipv6Ranges: ipv6.map((cidrIpv6) => ({ cidrIpv6 })),
        prefixListIds: prefixLists.map((prefixListId) => ({ prefixListId })),
        ipRanges: ipv4,
      })),
      ipPermissionsEgress: [
        {
          ipProtocol: "-1",
          userIdGroupPairs: [],
          ipv4Ranges: [{ cidrIp: "0.0.0.0/0" }],
          ipv6Ranges: [],
          prefixListIds: [],
          ipRanges: ["0.0.0.0/0"],
        },
      ],
      tags: [],
    },
    supplementaryConfiguration: {},
  };
}

const node = "sg-00000000000000002";
const other = "sg-00000000000000009";
const unknown = { ...securityGroup(), configuration: {} };
const instance = { ...securityGroup(), resourceType: "AWS::EC2::Instance" };

describeWithTools(["terraform", "localstack"], "the policy in Guard", () => {
  describe.each([
    { title: "for the node's group", subnet_cidrs: [], blocks: "FAIL" },
    { title: "for the node's group and subnets", subnet_cidrs: ["10.0.1.0/24", "2001:db8:0:1::/64"], blocks: "PASS" },
  ])("$title", ({ subnet_cidrs, blocks }) => {
    const cases: [what: string, status: string, item: object][] = [
      ["nobody", "PASS", securityGroup()],
      ["the node's group", "PASS", securityGroup({ groups: [node] })],
      ["the node's group twice", "PASS", securityGroup({ groups: [node] }, { groups: [node] })],
      ["the node's subnet", blocks, securityGroup({ groups: [node] }, { ipv4: ["10.0.1.0/24"] })],
      ["the node's subnet in IPv6", blocks, securityGroup({ ipv6: ["2001:db8:0:1::/64"] })],
      ["a part of the node's subnet", "FAIL", securityGroup({ ipv4: ["10.0.1.7/32"] })],
      ["another group", "FAIL", securityGroup({ groups: [other] })],
      ["another group beside the node's", "FAIL", securityGroup({ groups: [node, other] })],
      ["another group in another permission", "FAIL", securityGroup({ groups: [node] }, { groups: [other] })],
      ["the group itself", "FAIL", securityGroup({ groups: ["sg-00000000000000003"] })],
      ["the world", "FAIL", securityGroup({ groups: [node], ipv4: ["0.0.0.0/0"] })],
      ["the world in IPv6", "FAIL", securityGroup({ groups: [node], ipv6: ["::/0"] })],
      ["the VPC", "FAIL", securityGroup({ ipv4: ["10.0.0.0/16"] })],
      ["a prefix list", "FAIL", securityGroup({ groups: [node], prefixLists: ["pl-3b927c52"] })],
      ["nobody knows whom", "FAIL", unknown],
    ];
    let statuses: string[];

    beforeAll(async () => {
      const resources = await planned("eu-central-1", {
        config_rules: { recorder: "existing" },
        node: { subnet_cidrs },
      });
      const [source] = resources['aws_config_config_rule.only_the_node["application"]']?.source as {
        custom_policy_details: { policy_text: string }[];
      }[];
      const policy = source?.custom_policy_details[0]?.policy_text;
      const items = [...cases.map(([, , item]) => item), instance];
      statuses = askPython("guard.py", { policy, items }) as string[];
    });

    test.each(cases.map(([what, status], index) => [what, status, index] as const))(
      "a group that admits %s: %s",
      (_, status, index) => {
        expect(statuses[index]).toBe(status);
      },
    );

    test("says nothing of other resources", () => {
      expect(statuses.at(-1)).toBe("SKIP");
    });
  });
});
