import type * as z from "zod";
import type { NETWORK_INTERFACE, SECURITY_GROUP_RULE } from "../../account/schema/ec2";
import type { Snapshot } from "../../account/snapshot";
import { isIn } from "../modules/cidr";
import { type AclRule, canBeCalled, canCall } from "../modules/first-match";

export type Interface = z.infer<typeof NETWORK_INTERFACE>;
type GroupRule = z.infer<typeof SECURITY_GROUP_RULE>;

/** Why one network interface cannot open a connection to a port of another one, by their security groups and network ACLs. */
export function obstacles(view: Snapshot, from: Interface, to: Interface, port: number): string[] {
  const out = groupsAdmit(view, from, to, port, true) ? [] : ["no outbound rule of its groups"];
  const into = groupsAdmit(view, to, from, port, false) ? [] : ["no inbound rule of the groups there"];
  if (from.SubnetId === to.SubnetId) return [...out, ...into];
  const there = canCall(aclRulesOf(view, to.SubnetId), addressOf(from), port) ? [] : ["the network ACL there"];
  const here = canBeCalled(aclRulesOf(view, from.SubnetId), addressOf(to), port) ? [] : ["its own network ACL"];
  return [...out, ...into, ...there, ...here];
}

export function aclRulesOf({ ec2 }: Snapshot, subnetId: string | undefined): AclRule[] {
  const acls = ec2?.NetworkAcls ?? [];
  const acl = acls.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnetId));
  return (acl?.Entries ?? []).map((entry) => ({
    egress: entry.Egress,
    rule_number: entry.RuleNumber,
    rule_action: entry.RuleAction === "allow" ? "allow" : "deny",
    protocol: entry.Protocol === "6" ? "tcp" : entry.Protocol,
    cidr_block: entry.CidrBlock ?? null,
    ipv6_cidr_block: entry.Ipv6CidrBlock ?? null,
    from_port: entry.PortRange?.From ?? null,
    to_port: entry.PortRange?.To ?? null,
  }));
}

function groupsAdmit({ ec2 }: Snapshot, own: Interface, peer: Interface, port: number, egress: boolean): boolean {
  const groups = groupIdsOf(own);
  return (ec2?.SecurityGroupRules ?? []).some(
    (rule) =>
      rule.IsEgress === egress &&
      groups.includes(rule.GroupId) &&
      coversPort(rule, port) &&
      (groupIdsOf(peer).includes(rule.ReferencedGroupInfo?.GroupId ?? "") ||
        (rule.CidrIpv4 !== undefined && isIn(addressOf(peer), rule.CidrIpv4))),
  );
}

export function coversPort({ IpProtocol, FromPort = 0, ToPort = 65_535 }: GroupRule, port: number): boolean {
  return IpProtocol === "-1" || (IpProtocol === "tcp" && FromPort <= port && port <= ToPort);
}

export function groupIdsOf({ Groups = [] }: Interface): string[] {
  return Groups.map(({ GroupId }) => GroupId);
}

function addressOf({ PrivateIpAddress = "" }: Interface): string {
  return PrivateIpAddress;
}
