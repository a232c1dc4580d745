/** What security groups admit: each rule of each group of an interface, together. They keep connections, so replies pass. */
import { Fact, Unknown } from "../fact";
import { NetworkInterface } from "../members";
import { AddressSet } from "./addresses";
import { mayBeTcp } from "./protocols";
import { unseenCarriers } from "./visibility";
import { SecurityGroupRule, Vpcs } from "./vpcs";

/** The other side of a rule. */
export type Peer =
  | { readonly kind: "addresses"; readonly set: AddressSet }
  | {
      readonly kind: "group";
      readonly carriers: readonly NetworkInterface[];
      /** Why others may have the group, too. */
      readonly unseen: readonly Unknown[];
    }
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
      (IpProtocol === "-1" || (mayBeTcp(IpProtocol) && port >= FromPort && port <= ToPort)),
  );
}

export function peerOf(rule: SecurityGroupRule, vpcs: Vpcs): Peer {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo } = rule;
  const block = CidrIpv4 ?? CidrIpv6;
  if (block !== undefined) return { kind: "addresses", set: AddressSet.of(block) };
  if (PrefixListId !== undefined) {
    const entries = vpcs.prefixLists.get(PrefixListId);
    if (entries !== undefined) return { kind: "addresses", set: AddressSet.of(...entries) };
    return unknown(rule, `The entries of the prefix list ${PrefixListId} were not read.`, PrefixListId);
  }
  const id = ReferencedGroupInfo?.GroupId;
  if (id === undefined) return unknown(rule, "The source of the rule is not known.", null);
  return { kind: "group", carriers: vpcs.interfacesOfGroup.get(id) ?? [], unseen: unseenCarriers(id, vpcs) };
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
