/**
 * What of a network the account in question does not see. The owner of a VPC sees everything in it. An account with which a
 * subnet is shared sees its own interfaces and security groups, and those that are shared with it.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html
 */
import { Unknown } from "../fact";
import { NetworkInterface } from "../members";
import { Vpcs } from "./vpcs";

/** Why there may be interfaces in a VPC that are not in the snapshot. */
export function unseenIn(vpcId: string, { vpcs, owners }: Vpcs): Unknown[] {
  const owner = owners.get(vpcId);
  const told = { resource: vpcId, action: "ec2:DescribeVpcs" };
  if (owner !== undefined)
    return [
      { words: `The VPC ${vpcId} belongs to the account ${owner}: not all of its interfaces are visible.`, ...told },
    ];
  return vpcs.has(vpcId) ? [] : [{ words: `The VPC ${vpcId} is not in the snapshot.`, ...told }];
}

/** Why interfaces with a security group may not be in the snapshot. */
export function unseenCarriers(groupId: string, { securityGroups, accountId }: Vpcs): Unknown[] {
  const group = securityGroups.get(groupId);
  const told = { resource: groupId, action: "ec2:DescribeSecurityGroups" };
  // The interfaces of another account or Region are not in the snapshot.
  if (group === undefined) return [{ words: `The security group ${groupId} is not in the snapshot.`, ...told }];
  const { OwnerId } = group;
  return OwnerId === undefined || OwnerId === accountId
    ? []
    : [{ words: `The security group ${groupId} belongs to the account ${OwnerId}, and others may have it.`, ...told }];
}

/** The security groups of an interface whose rules are not in the snapshot: what they admit is not nothing. */
export function unseenRules({ Groups = [] }: NetworkInterface, vpcs: Vpcs): Unknown[] {
  return Groups.map(({ GroupId }) => GroupId)
    .filter((id) => !vpcs.securityGroups.has(id) || (unseenCarriers(id, vpcs).length > 0 && !vpcs.rulesOfGroup.has(id)))
    .map((id) => ({
      words: `The rules of the security group ${id} are not in the snapshot.`,
      ...{ resource: id, action: "ec2:DescribeSecurityGroupRules" },
    }));
}
