import { Permissions } from "../synth/readme";

const elb = (...actions: string[]) => actions.map((action) => `elasticloadbalancing:${action}`);
const ec2 = (...actions: string[]) => actions.map((action) => `ec2:${action}`);

const tagElb = elb("AddTags", "DescribeTags", "RemoveTags");
const changeSecurityGroupRule = ec2(
  "CreateTags",
  "DeleteTags",
  "DescribeSecurityGroupRules",
  "ModifySecurityGroupRules",
);

/**
 * IAM actions that the AWS provider calls to plan, apply, change and destroy a resource, by its type.
 * Source: the requests of provider 5.100.0, recorded on their way to a local AWS API; those that create with tags also need
 * the tagging action (https://docs.aws.amazon.com/service-authorization/latest/reference/).
 */
export const permissions: Permissions = {
  aws_autoscaling_attachment: [
    "autoscaling:AttachLoadBalancerTargetGroups",
    "autoscaling:DescribeAutoScalingGroups",
    "autoscaling:DetachLoadBalancerTargetGroups",
  ],
  aws_lb_listener_rule: [
    ...tagElb,
    ...elb("CreateRule", "DeleteRule", "DescribeRules", "ModifyRule", "SetRulePriorities"),
  ],
  aws_lb_target_group: [
    ...tagElb,
    ...elb("CreateTargetGroup", "DeleteTargetGroup", "DescribeTargetGroupAttributes", "DescribeTargetGroups"),
    ...elb("ModifyTargetGroup", "ModifyTargetGroupAttributes"),
  ],
  aws_lb_target_group_attachment: elb("DeregisterTargets", "DescribeTargetHealth", "RegisterTargets"),
  aws_vpc_security_group_egress_rule: [
    ...changeSecurityGroupRule,
    ...ec2("AuthorizeSecurityGroupEgress", "RevokeSecurityGroupEgress"),
  ],
  aws_vpc_security_group_ingress_rule: [
    ...changeSecurityGroupRule,
    ...ec2("AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"),
  ],
  "data.aws_lb_listener": elb("DescribeListeners", "DescribeTags"),
  "data.aws_lb_listener_rule": elb("DescribeRules", "DescribeTags"),
};
