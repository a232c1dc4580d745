import { Permissions } from "../synth/readme";

const elb = (...actions: string[]) => actions.map((action) => `elasticloadbalancing:${action}`);
const ec2 = (...actions: string[]) => actions.map((action) => `ec2:${action}`);
const iam = (...actions: string[]) => actions.map((action) => `iam:${action}`);
const kms = (...actions: string[]) => actions.map((action) => `kms:${action}`);
const s3 = (...actions: string[]) => actions.map((action) => `s3:${action}`);
const sns = (...actions: string[]) => actions.map((action) => `sns:${action}`);
const logs = (...actions: string[]) => actions.map((action) => `logs:${action}`);
const events = (...actions: string[]) => actions.map((action) => `events:${action}`);
const config = (...actions: string[]) => actions.map((action) => `config:${action}`);
const cloudtrail = (...actions: string[]) => actions.map((action) => `cloudtrail:${action}`);
const states = (...actions: string[]) => actions.map((action) => `states:${action}`);

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
  aws_cloudtrail: [
    ...cloudtrail("AddTags", "CreateTrail", "DeleteTrail", "DescribeTrails", "GetEventSelectors"),
    ...cloudtrail("GetInsightSelectors", "GetTrailStatus", "ListTags", "PutEventSelectors", "RemoveTags"),
    ...cloudtrail("StartLogging", "StopLogging", "UpdateTrail"),
  ],
  aws_cloudwatch_event_rule: events(
    ...["DeleteRule", "DescribeRule", "ListTagsForResource", "PutRule", "TagResource", "UntagResource"],
  ),
  aws_cloudwatch_event_target: [...events("ListTargetsByRule", "PutTargets", "RemoveTargets"), "iam:PassRole"],
  aws_cloudwatch_log_group: [
    ...logs("AssociateKmsKey", "CreateLogGroup", "DeleteLogGroup", "DeleteRetentionPolicy", "DescribeLogGroups"),
    ...logs("DisassociateKmsKey", "ListTagsForResource", "PutRetentionPolicy", "TagResource", "UntagResource"),
  ],
  aws_cloudwatch_query_definition: logs("DeleteQueryDefinition", "DescribeQueryDefinitions", "PutQueryDefinition"),
  aws_config_config_rule: [
    ...config("DeleteConfigRule", "DescribeConfigRules", "GetCustomRulePolicy", "ListTagsForResource"),
    ...config("PutConfigRule", "TagResource", "UntagResource"),
  ],
  aws_config_configuration_recorder: [
    ...config("DeleteConfigurationRecorder", "DescribeConfigurationRecorders", "PutConfigurationRecorder"),
    "iam:PassRole",
  ],
  aws_config_configuration_recorder_status: config(
    ...["DescribeConfigurationRecorderStatus", "StartConfigurationRecorder", "StopConfigurationRecorder"],
  ),
  aws_config_delivery_channel: config("DeleteDeliveryChannel", "DescribeDeliveryChannels", "PutDeliveryChannel"),
  aws_ec2_network_insights_analysis: [
    ...ec2("CreateTags", "DeleteNetworkInsightsAnalysis", "DeleteTags", "DescribeNetworkInsightsAnalyses"),
    ...ec2("StartNetworkInsightsAnalysis", "Describe*", "GetTransitGatewayRouteTablePropagations"),
    ...ec2("SearchTransitGatewayRoutes", "GetManagedPrefixListEntries"),
    ...elb("Describe*"),
    "tiros:CreateQuery",
    "tiros:GetQueryAnswer",
    "tiros:GetQueryExplanation",
  ],
  aws_ec2_network_insights_path: ec2(
    ...["CreateNetworkInsightsPath", "CreateTags", "DeleteNetworkInsightsPath", "DeleteTags"],
    "DescribeNetworkInsightsPaths",
  ),
  aws_flow_log: [
    ...ec2("CreateFlowLogs", "CreateTags", "DeleteFlowLogs", "DeleteTags", "DescribeFlowLogs"),
    ...logs("CreateLogDelivery", "DeleteLogDelivery", "DescribeResourcePolicies", "PutResourcePolicy"),
    "iam:PassRole",
  ],
  aws_iam_role: [
    ...iam("CreateRole", "DeleteRole", "GetRole", "ListAttachedRolePolicies", "ListInstanceProfilesForRole"),
    ...iam("ListRolePolicies", "TagRole", "UntagRole", "UpdateAssumeRolePolicy"),
  ],
  aws_iam_role_policy: iam("DeleteRolePolicy", "GetRolePolicy", "PutRolePolicy"),
  aws_iam_role_policy_attachment: iam("AttachRolePolicy", "DetachRolePolicy", "ListAttachedRolePolicies"),
  aws_kms_alias: kms("CreateAlias", "DeleteAlias", "ListAliases", "UpdateAlias"),
  aws_kms_key: [
    ...kms("CreateKey", "DescribeKey", "EnableKeyRotation", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags"),
    ...kms("PutKeyPolicy", "ScheduleKeyDeletion", "TagResource", "UntagResource", "UpdateKeyDescription"),
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
  aws_s3_bucket: [
    ...s3("CreateBucket", "DeleteBucket", "GetAccelerateConfiguration", "GetBucketAcl", "GetBucketCORS"),
    ...s3("GetBucketLogging", "GetBucketObjectLockConfiguration", "GetBucketPolicy", "GetBucketRequestPayment"),
    ...s3("GetBucketTagging", "GetBucketVersioning", "GetBucketWebsite", "GetEncryptionConfiguration"),
    ...s3("GetLifecycleConfiguration", "GetReplicationConfiguration", "ListBucket", "PutBucketTagging"),
  ],
  aws_s3_bucket_lifecycle_configuration: s3("GetLifecycleConfiguration", "PutLifecycleConfiguration"),
  aws_s3_bucket_policy: s3("DeleteBucketPolicy", "GetBucketPolicy", "PutBucketPolicy"),
  aws_s3_bucket_public_access_block: s3("GetBucketPublicAccessBlock", "PutBucketPublicAccessBlock"),
  aws_s3_bucket_server_side_encryption_configuration: s3("GetEncryptionConfiguration", "PutEncryptionConfiguration"),
  aws_sfn_state_machine: [
    ...states("CreateStateMachine", "DeleteStateMachine", "DescribeStateMachine", "ListStateMachineVersions"),
    ...states("ListTagsForResource", "TagResource", "UntagResource", "UpdateStateMachine"),
    ...states("ValidateStateMachineDefinition"),
    "iam:PassRole",
  ],
  aws_sns_topic: [
    ...sns("CreateTopic", "DeleteTopic", "GetTopicAttributes", "ListTagsForResource", "SetTopicAttributes"),
    ...sns("TagResource", "UntagResource"),
    ...kms("Decrypt", "GenerateDataKey*"),
  ],
  aws_sns_topic_policy: sns("GetTopicAttributes", "SetTopicAttributes"),
  aws_sns_topic_subscription: sns("GetSubscriptionAttributes", "SetSubscriptionAttributes", "Subscribe", "Unsubscribe"),
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
  "data.aws_caller_identity": ["sts:GetCallerIdentity"],
  "data.aws_lb_listener": elb("DescribeListeners", "DescribeTags"),
  "data.aws_lb_listener_rule": elb("DescribeRules", "DescribeTags"),
  "data.aws_network_acls": ec2("DescribeNetworkAcls"),
  "data.aws_partition": [],
  "data.aws_region": [],
  "data.aws_route_table": ec2("DescribeRouteTables"),
  "data.aws_route_tables": ec2("DescribeRouteTables"),
  "data.aws_subnet": ec2("DescribeSubnets"),
  "data.aws_vpc": ec2("DescribeRouteTables", "DescribeVpcAttribute", "DescribeVpcs"),
  "data.aws_vpc_security_group_rule": ec2("DescribeSecurityGroupRules"),
  "data.aws_vpc_security_group_rules": ec2("DescribeSecurityGroupRules"),
};
