import { Permissions } from "../synth/readme";

const tags = ["elasticloadbalancing:AddTags", "elasticloadbalancing:DescribeTags", "elasticloadbalancing:RemoveTags"];
const securityGroupRule = [
  "ec2:CreateTags",
  "ec2:DeleteTags",
  "ec2:DescribeSecurityGroupRules",
  "ec2:ModifySecurityGroupRules",
];

/**
 * IAM actions that the AWS provider calls to plan, apply and destroy, by resource type.
 * Source: the calls that provider 5.100.0 makes, recorded on their way to a local AWS API.
 */
export const permissions: Permissions = {
  aws_autoscaling_attachment: ["autoscaling:AttachLoadBalancerTargetGroups"],
  aws_lb_listener_rule: ["elasticloadbalancing:CreateRule"],
  aws_lb_target_group: [...tags, "elasticloadbalancing:CreateTargetGroup"],
  aws_lb_target_group_attachment: ["elasticloadbalancing:RegisterTargets"],
  aws_vpc_security_group_egress_rule: [...securityGroupRule, "ec2:AuthorizeSecurityGroupEgress"],
  aws_vpc_security_group_ingress_rule: [...securityGroupRule, "ec2:AuthorizeSecurityGroupIngress"],
  "data.aws_lb_listener": ["elasticloadbalancing:DescribeListeners"],
  "data.aws_lb_listener_rule": ["elasticloadbalancing:DescribeRules"],
};
