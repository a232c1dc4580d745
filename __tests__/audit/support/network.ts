import type { Fact } from "../../../model/fact";
import type { NetworkInterface } from "../../../model/members";
import type { Lock, NetworkModel, NetworkWay, Reach } from "../../../model/network/ways";
import { overlap } from "../../../model/layer7/rule-order";
import type { Snapshot } from "../../../account/snapshot";

type Rule = NonNullable<Snapshot["ec2"]>["SecurityGroupRules"][number];

/** Only security groups, for tests of layer 7: `model/network` has suites of its own. */
export const securityGroupsOnly: NetworkModel = {
  networkOf: (snapshot, { application, ports, node }) => {
    const isNode = new Set(node.map((one) => one.NetworkInterfaceId));
    const ways = application.flatMap((destination) =>
      rulesOf(snapshot, destination, ports).flatMap((rule) => sourcesOf(snapshot, rule, destination, isNode)),
    );
    const lock = (state: Lock["state"]): Lock => ({ state, facts: ways.flatMap(({ facts }) => facts), unknowns: [] });
    const open = ways.length === 0 ? "closed" : "open";
    return {
      ways: ways.filter(
        ({ source, destination }) => source.kind !== "internet" || destination.Association !== undefined,
      ),
      locks: {
        security_group: lock(open),
        network_acl: { ...lock("open"), facts: [] },
        route: { ...lock("closed"), facts: [] },
      },
      unknowns: [],
    };
  },
  reach: (snapshot, from, to, port): Reach => {
    const groups = new Set(from.Groups?.map(({ GroupId }) => GroupId));
    const rule = rulesOf(snapshot, to, [port]).find(
      ({ ReferencedGroupInfo, CidrIpv4 }) =>
        groups.has(ReferencedGroupInfo?.GroupId ?? "") ||
        (CidrIpv4 !== undefined && overlap(CidrIpv4, `${from.PrivateIpAddress}/32`)),
    );
    return rule === undefined
      ? { state: "closed", facts: [], unknowns: [] }
      : { state: "open", facts: [factOf(rule)], unknowns: [] };
  },
};

function rulesOf({ ec2 }: Snapshot, { Groups = [] }: NetworkInterface, ports: readonly number[]): Rule[] {
  const groups = new Set(Groups.map(({ GroupId }) => GroupId));
  return (ec2?.SecurityGroupRules ?? []).filter(
    ({ GroupId, IsEgress, FromPort = 0, ToPort = 65_535 }) =>
      !IsEgress && groups.has(GroupId) && ports.some((port) => port >= FromPort && port <= ToPort),
  );
}

function sourcesOf(
  { ec2 }: Snapshot,
  rule: Rule,
  destination: NetworkInterface,
  isNode: ReadonlySet<string>,
): NetworkWay[] {
  const { ReferencedGroupInfo, CidrIpv4, CidrIpv6, PrefixListId } = rule;
  const way = (source: NetworkWay["source"]): NetworkWay => ({
    ...{ source, destination, ports: [[rule.FromPort ?? 0, rule.ToPort ?? 65_535]] },
    ...{ certain: true, facts: [factOf(rule)], unknowns: [] },
  });
  if (ReferencedGroupInfo !== undefined)
    return (ec2?.NetworkInterfaces ?? [])
      .filter(
        (one) =>
          one !== destination &&
          !isNode.has(one.NetworkInterfaceId) &&
          one.Groups?.some(({ GroupId }) => GroupId === ReferencedGroupInfo.GroupId),
      )
      .map((one) =>
        way({
          ...{ kind: "interface", words: one.NetworkInterfaceId, resource: one.NetworkInterfaceId },
          addresses: [`${one.PrivateIpAddress}/32`],
        }),
      );
  const list = ec2?.PrefixLists.find((one) => one.PrefixListId === PrefixListId)?.Entries?.map(({ Cidr }) => Cidr);
  const addresses = list ?? [CidrIpv4 ?? CidrIpv6 ?? ""];
  const isPrivate = addresses.every((one) => one.startsWith("10."));
  return [way({ kind: isPrivate ? "vpc" : "internet", words: addresses.join(", "), addresses, resource: null })];
}

function factOf(rule: Rule): Fact {
  const words = `${rule.GroupId} admits ${rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId}`;
  return { words, resource: rule.SecurityGroupRuleId, action: "ec2:DescribeSecurityGroupRules" };
}
