/** What is behind an entry point, and who else reaches it. */
import { Snapshot } from "../account/snapshot";
import { Members, membersOf } from "../model/members";
import { TargetGroup } from "../model/rules";
import { Refusal } from "./refusal";

export interface Application extends Members {
  readonly targetGroups: readonly TargetGroup[];
  /** What its security groups admit, the widest first. */
  readonly ingressRules: readonly IngressRule[];
  /** Network ACLs of its subnets that are not the default of their VPC. */
  readonly customNetworkAcls: readonly string[];
}

export interface IngressRule {
  readonly groupId: string;
  readonly ruleId: string;
  /** A CIDR block, or the ID of a prefix list or security group. */
  readonly source: string;
  readonly description: string;
  /** "tcp 80 from 0.0.0.0/0". */
  readonly words: string;
}

/**
 * @param example a configuration to start from by hand
 * @throws Refusal if the targets are unknown, or no security group has all of them
 */
export function applicationBehind(
  targetGroupArns: ReadonlySet<string>,
  snapshot: Snapshot,
  example: string,
): Application {
  const targetGroups = (snapshot.elastic_load_balancing?.TargetGroups ?? []).filter(({ TargetGroupArn }) =>
    targetGroupArns.has(TargetGroupArn),
  );
  refuseTypes(targetGroups, example);
  const members = membersOf(targetGroups, snapshot);
  if (members.unknownTargets.length > 0)
    throw new Refusal(
      `These targets have no network interface in the snapshot: ${members.unknownTargets.slice(0, 5).join(", ")}. They are outside of the VPC, in another account, or already gone. Read the account that they run in, or write the root configuration by hand (${example}).`,
    );
  if (members.interfaces.length === 0)
    throw new Refusal(
      `The target groups have no targets, so nothing tells the security group and the ports of the application: ${targetGroups.map(({ TargetGroupName }) => TargetGroupName).join(", ")}. Start the application first.`,
    );
  if (members.securityGroupIds.length === 0)
    throw new Refusal(
      `The network interfaces of the application have no security group in common. Give all of them one group, or write the root configuration by hand (${example}), with a call for each group.`,
    );
  return {
    ...{ ...members, targetGroups },
    ingressRules: ingressRules(snapshot, members),
    customNetworkAcls: customNetworkAcls(snapshot, members),
  };
}

function refuseTypes(groups: readonly TargetGroup[], example: string): void {
  for (const { TargetType, TargetGroupName, Targets } of groups) {
    if (TargetType === "lambda")
      throw new Refusal(
        `The target group ${TargetGroupName} has a Lambda function, which a node cannot reach over the network. Write the routes of the other target groups by hand (${example}).`,
      );
    if (TargetType === "alb")
      throw new Refusal(
        `The target of ${TargetGroupName} is the Application Load Balancer ${Targets[0]?.Target.Id ?? "that is not registered yet"}. Put the node behind it, where a canary is possible: onboard alb ARN.`,
      );
  }
}

function ingressRules({ ec2 }: Snapshot, { securityGroupIds }: Members): IngressRule[] {
  return (ec2?.SecurityGroupRules ?? [])
    .filter(({ IsEgress, GroupId }) => !IsEgress && securityGroupIds.includes(GroupId))
    .map(({ GroupId, SecurityGroupRuleId, IpProtocol, FromPort, ToPort, Description = "", ...from }) => {
      const source =
        from.CidrIpv4 ?? from.CidrIpv6 ?? from.PrefixListId ?? from.ReferencedGroupInfo?.GroupId ?? "unknown";
      const ports =
        IpProtocol === "-1"
          ? "everything"
          : `${IpProtocol} ${FromPort === ToPort ? FromPort : `${FromPort}-${ToPort}`}`;
      return {
        ...{ groupId: GroupId, ruleId: SecurityGroupRuleId, source, description: Description },
        words: `${ports} from ${source}`,
      };
    })
    .sort(
      (a, b) => Number(b.words.endsWith("/0")) - Number(a.words.endsWith("/0")) || a.ruleId.localeCompare(b.ruleId),
    );
}

function customNetworkAcls({ ec2 }: Snapshot, { subnets }: Members): string[] {
  const ids = new Set(subnets.map(({ SubnetId }) => SubnetId));
  return (ec2?.NetworkAcls ?? [])
    .filter(
      ({ IsDefault, Associations = [] }) =>
        !IsDefault && Associations.some(({ SubnetId }) => SubnetId && ids.has(SubnetId)),
    )
    .map(({ NetworkAclId }) => NetworkAclId);
}
