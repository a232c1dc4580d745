import { Permissions } from "../synth/readme";

const elb = (...actions: string[]) => actions.map((action) => `elasticloadbalancing:${action}`);
const cloudfront = (...actions: string[]) => actions.map((action) => `cloudfront:${action}`);
const ec2 = (...actions: string[]) => actions.map((action) => `ec2:${action}`);

const tagElb = elb("AddTags", "DescribeTags", "RemoveTags");
const tagCloudFront = cloudfront("ListTagsForResource", "TagResource", "UntagResource");
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
  aws_cloudfront_distribution: [
    ...tagCloudFront,
    ...cloudfront("CreateDistribution", "DeleteDistribution", "GetDistribution", "UpdateDistribution"),
  ],
  // With what CloudFront asks in the caller's name:
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
  aws_cloudfront_vpc_origin: [
    ...tagCloudFront,
    ...cloudfront("CreateVpcOrigin", "DeleteVpcOrigin", "GetVpcOrigin", "UpdateVpcOrigin"),
    ...ec2("DescribeInstances", "DescribeInternetGateways", "DescribeSubnets"),
    ...elb("DescribeListeners", "DescribeLoadBalancers"),
    "iam:CreateServiceLinkedRole",
  ],
  // Adopted: neither created nor deleted.
  aws_lb_listener: elb("DescribeListenerAttributes", "DescribeListeners", "DescribeTags", "ModifyListener"),
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
  aws_network_acl: ec2("CreateNetworkAcl", "CreateTags", "DeleteNetworkAcl", "DeleteTags", "DescribeNetworkAcls"),
  aws_network_acl_association: ec2("DescribeNetworkAcls", "ReplaceNetworkAclAssociation"),
  aws_network_acl_rule: ec2("CreateNetworkAclEntry", "DeleteNetworkAclEntry", "DescribeNetworkAcls"),
  aws_network_interface_sg_attachment: ec2("DescribeNetworkInterfaces", "ModifyNetworkInterfaceAttribute"),
  aws_security_group: ec2(
    "CreateSecurityGroup",
    "CreateTags",
    "DeleteSecurityGroup",
    "DeleteTags",
    "DescribeSecurityGroups",
    "RevokeSecurityGroupEgress",
  ),
  aws_vpc_security_group_egress_rule: [
    ...changeSecurityGroupRule,
    ...ec2("AuthorizeSecurityGroupEgress", "RevokeSecurityGroupEgress"),
  ],
  aws_vpc_security_group_ingress_rule: [
    ...changeSecurityGroupRule,
    ...ec2("AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"),
  ],
  aws_vpc_security_group_rules_exclusive: ec2(
    "DescribeSecurityGroupRules",
    "DescribeSecurityGroups",
    "RevokeSecurityGroupEgress",
    "RevokeSecurityGroupIngress",
  ),
  "data.aws_ec2_managed_prefix_list": ec2("DescribeManagedPrefixLists", "GetManagedPrefixListEntries"),
  "data.aws_internet_gateway": ec2("DescribeInternetGateways"),
  "data.aws_lb": elb("DescribeLoadBalancerAttributes", "DescribeLoadBalancers", "DescribeTags"),
  "data.aws_lb_listener": elb("DescribeListeners", "DescribeTags"),
  "data.aws_lb_listener_rule": elb("DescribeRules", "DescribeTags"),
  "data.aws_network_acls": ec2("DescribeNetworkAcls"),
  "data.aws_secretsmanager_secret_version": ["secretsmanager:GetSecretValue"],
  "data.aws_security_group": ec2("DescribeSecurityGroups"),
  "data.aws_subnet": ec2("DescribeSubnets"),
  "data.aws_vpc": ec2("DescribeRouteTables", "DescribeVpcAttribute", "DescribeVpcs"),
  "data.aws_vpc_security_group_rule": ec2("DescribeSecurityGroupRules"),
  "data.aws_vpc_security_group_rules": ec2("DescribeSecurityGroupRules"),
};
