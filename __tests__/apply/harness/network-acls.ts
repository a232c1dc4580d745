import type { AclRule } from "../../modules/first-match";
import type { LocalAws } from "./local-aws";

/** Id of the network ACL that a subnet has. */
export async function networkAclOf({ ec2 }: LocalAws, subnet: string): Promise<string> {
  const { NetworkAcls: [acl] = [] } = await ec2.describeNetworkAcls({
    Filters: [{ Name: "association.subnet-id", Values: [subnet] }],
  });
  return String(acl?.NetworkAclId);
}

export async function networkAclRules({ ec2 }: LocalAws, acl: string): Promise<AclRule[]> {
  const { NetworkAcls: [found] = [] } = await ec2.describeNetworkAcls({ NetworkAclIds: [acl] });
  return (found?.Entries ?? []).map((entry) => ({
    egress: entry.Egress ?? false,
    rule_number: entry.RuleNumber ?? 0,
    rule_action: entry.RuleAction ?? "deny",
    protocol: entry.Protocol === "6" ? "tcp" : String(entry.Protocol),
    cidr_block: entry.CidrBlock ?? null,
    ipv6_cidr_block: entry.Ipv6CidrBlock ?? null,
    from_port: entry.PortRange?.From ?? null,
    to_port: entry.PortRange?.To ?? null,
  }));
}
