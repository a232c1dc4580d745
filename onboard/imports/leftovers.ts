/** What a failed apply left in the account that no apply removes, and the commands that do. */
import { Snapshot } from "../../account/snapshot";
import { SecurityGroupRule } from "../../model/network/vpcs";
import { ResourceChange } from "./plan";
import { Planned } from "./recipes";

export interface Leftover {
  readonly address: string;
  readonly type: string;
  readonly id: string;
  /** Deletes it. */
  readonly command: string;
}

export interface OutboundRule {
  readonly groupId: string;
  readonly ruleId: string;
  /** Removes it. */
  readonly command: string;
}

/** Writes a command of the AWS CLI. */
type AwsCli = (command: string) => string;

/** For the account and Region of the snapshot: in others, the same name can be that of another object. */
export function awsCli({ region }: Snapshot, profile: string | undefined): AwsCli {
  const place = [`--region ${region}`, ...(profile === undefined ? [] : [`--profile '${profile}'`])].join(" ");
  return (command) => `aws ${command} ${place}`;
}

interface Reached {
  readonly account: Snapshot;
  readonly aws: AwsCli;
}

export function leftovers(
  { address, type, change }: ResourceChange,
  ids: readonly string[],
  reached: Reached,
): Leftover[] {
  return ids.flatMap((id) => {
    const command = DELETED_BY[type]?.(id, change.after ?? {}, reached);
    return command === undefined ? [] : [{ address, type, id, command }];
  });
}

/** Of some types, AWS refuses a second one that is the same. Of the others, the first one would stay, and nothing would use it. */
const DELETED_BY: Readonly<Record<string, (id: string, planned: Planned, reached: Reached) => string | undefined>> = {
  aws_api_gateway_vpc_link: (id, _, { aws }) => aws(`apigateway delete-vpc-link --vpc-link-id ${id}`),
  aws_apigatewayv2_vpc_link: (id, _, { aws }) => aws(`apigatewayv2 delete-vpc-link --vpc-link-id ${id}`),
  aws_autoscaling_group: (name, _, { aws }) =>
    aws(`autoscaling delete-auto-scaling-group --auto-scaling-group-name ${name} --force-delete`),
  aws_cloudfront_vpc_origin: (id, _, { aws }) => {
    const version = aws(`cloudfront get-vpc-origin --id ${id} --query ETag --output text`);
    return aws(`cloudfront delete-vpc-origin --id ${id} --if-match "$(${version})"`);
  },
  aws_lb_target_group: (arn, _, { aws }) => aws(`elbv2 delete-target-group --target-group-arn ${arn}`),
  aws_network_interface_sg_attachment: (_, planned, reached) => detach(planned, reached),
  aws_security_group: (id, _, { account, aws }) =>
    isAsCreated(id, account) ? aws(`ec2 delete-security-group --group-id ${id}`) : undefined,
  aws_vpc_security_group_egress_rule: (id, { security_group_id }, { aws }) =>
    aws(revoke("egress", String(security_group_id), id)),
  aws_vpc_security_group_ingress_rule: (id, { security_group_id }, { aws }) =>
    aws(revoke("ingress", String(security_group_id), id)),
};

/** Another state may have a group with the same prefix and description, but something has it, or it has rules. */
function isAsCreated(groupId: string, { ec2 }: Snapshot): boolean {
  const rules = (ec2?.SecurityGroupRules ?? []).filter(({ GroupId }) => GroupId === groupId);
  const interfaces = ec2?.NetworkInterfaces ?? [];
  return (
    rules.every(isOwnOutboundRule) &&
    !interfaces.some(({ Groups = [] }) => Groups.some(({ GroupId }) => GroupId === groupId))
  );
}

/** A network interface is told all the groups that it keeps. */
function detach({ network_interface_id, security_group_id }: Planned, { account, aws }: Reached): string {
  const found = account.ec2?.NetworkInterfaces.find(
    ({ NetworkInterfaceId }) => NetworkInterfaceId === network_interface_id,
  );
  const kept = (found?.Groups ?? []).map(({ GroupId }) => GroupId).filter((id) => id !== security_group_id);
  return aws(
    `ec2 modify-network-interface-attribute --network-interface-id ${String(network_interface_id)} --groups ${kept.join(" ")}`,
  );
}

function revoke(direction: "egress" | "ingress", groupId: string, ruleId: string): string {
  return `ec2 revoke-security-group-${direction} --group-id ${groupId} --security-group-rule-ids ${ruleId}`;
}

export function ownOutboundRules(imported: ReadonlySet<string>, { account, aws }: Reached): OutboundRule[] {
  return (account.ec2?.SecurityGroupRules ?? [])
    .filter((rule) => imported.has(rule.GroupId) && isOwnOutboundRule(rule))
    .map(({ GroupId: groupId, SecurityGroupRuleId: ruleId }) => ({
      ...{ groupId, ruleId, command: aws(revoke("egress", groupId, ruleId)) },
    }));
}

/** AWS gives each new group one. Source: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
function isOwnOutboundRule({ IsEgress, IpProtocol, CidrIpv4, CidrIpv6, Description = "" }: SecurityGroupRule): boolean {
  const isEverywhere = CidrIpv4 === "0.0.0.0/0" || CidrIpv6 === "::/0";
  return IsEgress && IpProtocol === "-1" && isEverywhere && Description === "";
}
