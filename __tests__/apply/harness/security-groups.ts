import type { LocalAws } from "./local-aws";

/** The rules of all security groups in words, sorted: `shop-application from shop-load-balancer tcp 8080-8080`. */
export async function securityGroupRules({ ec2 }: LocalAws): Promise<string[]> {
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups();
  const { SecurityGroupRules = [] } = await ec2.describeSecurityGroupRules();
  const names = new Map(SecurityGroups.map(({ GroupId, GroupName }) => [GroupId, GroupName]));
  return SecurityGroupRules.map((rule) => {
    const peer = names.get(rule.ReferencedGroupInfo?.GroupId) ?? rule.PrefixListId ?? rule.CidrIpv4 ?? rule.CidrIpv6;
    const ports = rule.IpProtocol === "-1" ? "all" : `${rule.IpProtocol} ${rule.FromPort}-${rule.ToPort}`;
    return `${names.get(rule.GroupId)} ${rule.IsEgress ? "to" : "from"} ${peer} ${ports}`;
  }).sort();
}
