/** What security groups admit: each rule of each group of an interface, together. They keep connections, so replies pass. */
import { Fact, Unknown } from "../fact";
import { NetworkInterface } from "../members";
import { AddressSet } from "./addresses";
import { SecurityGroupRule, Vpcs } from "./vpcs";

/** The other side of a rule. */
export type Peer =
  | { readonly kind: "addresses"; readonly set: AddressSet }
  | { readonly kind: "group"; readonly id: string; readonly carriers: readonly NetworkInterface[] }
  | { readonly kind: "unknown"; readonly unknown: Unknown };

const ACTION = "ec2:DescribeSecurityGroupRules";

export function rulesFor(
  { Groups = [] }: NetworkInterface,
  direction: "ingress" | "egress",
  port: number,
  { rulesOfGroup }: Vpcs,
): SecurityGroupRule[] {
  return Groups.flatMap(({ GroupId }) => rulesOfGroup.get(GroupId) ?? []).filter(
    ({ IsEgress, IpProtocol, FromPort = 0, ToPort = 65_535 }) =>
      IsEgress === (direction === "egress") &&
      (IpProtocol === "-1" || (["tcp", "6"].includes(IpProtocol) && port >= FromPort && port <= ToPort)),
  );
}

export function peerOf(rule: SecurityGroupRule, vpcs: Vpcs): Peer {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo } = rule;
  const block = CidrIpv4 ?? CidrIpv6;
  if (block !== undefined) return { kind: "addresses", set: AddressSet.of(block) };
  if (PrefixListId !== undefined) {
    const entries = vpcs.prefixLists.get(PrefixListId)?.Entries ?? null;
    if (entries !== null) return { kind: "addresses", set: AddressSet.of(...entries.map(({ Cidr }) => Cidr)) };
    return unknown(rule, `The entries of the prefix list ${PrefixListId} were not read.`, PrefixListId);
  }
  const id = ReferencedGroupInfo?.GroupId;
  if (id === undefined) return unknown(rule, "The rule has a source that this version does not know.", null);
  // The interfaces of another account or Region are not in the snapshot.
  if (!vpcs.securityGroups.has(id)) return unknown(rule, `The security group ${id} is not in the snapshot.`, id);
  return { kind: "group", id, carriers: vpcs.interfacesOfGroup.get(id) ?? [] };
}

function unknown({ SecurityGroupRuleId }: SecurityGroupRule, words: string, resource: string | null): Peer {
  return { kind: "unknown", unknown: { words, resource: resource ?? SecurityGroupRuleId, action: ACTION } };
}

export function factOf(rule: SecurityGroupRule): Fact {
  const { GroupId, IsEgress, IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo } =
    rule;
  const peer = CidrIpv4 ?? CidrIpv6 ?? PrefixListId ?? ReferencedGroupInfo?.GroupId ?? "an unknown source";
  const ports =
    IpProtocol === "-1" ? "everything" : `${IpProtocol} ${FromPort === ToPort ? FromPort : `${FromPort}-${ToPort}`}`;
  const words = IsEgress ? `${GroupId} lets ${ports} out to ${peer}` : `${GroupId} admits ${ports} from ${peer}`;
  return { words, resource: rule.SecurityGroupRuleId, action: ACTION };
}
