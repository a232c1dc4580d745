import { Permissions } from "../../../synth/emit/module-stack";

const elb = (...actions: string[]) => actions.map((action) => `elasticloadbalancing:${action}`);
const cloudfront = (...actions: string[]) => actions.map((action) => `cloudfront:${action}`);
const apiGateway = (...actions: string[]) => actions.map((action) => `apigateway:${action}`);
const ec2 = (...actions: string[]) => actions.map((action) => `ec2:${action}`);
const iam = (...actions: string[]) => actions.map((action) => `iam:${action}`);
const kms = (...actions: string[]) => actions.map((action) => `kms:${action}`);
const s3 = (...actions: string[]) => actions.map((action) => `s3:${action}`);
const sns = (...actions: string[]) => actions.map((action) => `sns:${action}`);
const logs = (...actions: string[]) => actions.map((action) => `logs:${action}`);
const events = (...actions: string[]) => actions.map((action) => `events:${action}`);
const config = (...actions: string[]) => actions.map((action) => `config:${action}`);
const autoscaling = (...actions: string[]) => actions.map((action) => `autoscaling:${action}`);
const cloudwatch = (...actions: string[]) => actions.map((action) => `cloudwatch:${action}`);
const cloudtrail = (...actions: string[]) => actions.map((action) => `cloudtrail:${action}`);
const states = (...actions: string[]) => actions.map((action) => `states:${action}`);

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
  aws_api_gateway_base_path_mapping: apiGateway("DELETE", "GET", "PATCH", "POST"),
  aws_api_gateway_client_certificate: apiGateway("DELETE", "GET", "PATCH", "POST", "PUT"),
  aws_api_gateway_deployment: apiGateway("DELETE", "GET", "PATCH", "POST"),
  aws_api_gateway_domain_name: [
    ...apiGateway("AddCertificateToDomain", "DELETE", "GET", "PATCH", "POST", "PUT", "RemoveCertificateFromDomain"),
    ...["s3:GetObject", "s3:GetObjectVersion"],
  ],
  // Adopted: without the import, an integration would be put.
  aws_api_gateway_integration: apiGateway("GET", "PATCH"),
  aws_api_gateway_rest_api: apiGateway("GET", "PATCH"),
  aws_api_gateway_rest_api_policy: apiGateway("GET", "PATCH", "UpdateRestApiPolicy"),
  aws_api_gateway_stage: apiGateway("GET", "PATCH"),
  // The link is an endpoint service (https://docs.aws.amazon.com/apigateway/latest/developerguide/grant-permissions-to-create-vpclink.html).
  aws_api_gateway_vpc_link: [
    ...apiGateway("DELETE", "GET", "PATCH", "POST", "PUT"),
    ...ec2("CreateVpcEndpointServiceConfiguration", "DeleteVpcEndpointServiceConfigurations"),
    ...ec2("DescribeVpcEndpointServiceConfigurations", "ModifyVpcEndpointServicePermissions"),
    ...elb("DescribeLoadBalancers"),
  ],
  // Adopted: neither created nor deleted, as are integrations, routes and stages; those of the module are both.
  aws_apigatewayv2_api: apiGateway("GET", "PATCH"),
  aws_apigatewayv2_api_mapping: apiGateway("DELETE", "GET", "PATCH", "POST"),
  aws_apigatewayv2_deployment: apiGateway("DELETE", "GET", "PATCH", "POST"),
  aws_apigatewayv2_domain_name: [
    ...apiGateway("AddCertificateToDomain", "DELETE", "GET", "PATCH", "POST", "PUT", "RemoveCertificateFromDomain"),
    ...["s3:GetObject", "s3:GetObjectVersion"],
  ],
  aws_apigatewayv2_integration: apiGateway("DELETE", "GET", "PATCH", "POST"),
  aws_apigatewayv2_route: apiGateway("DELETE", "GET", "PATCH", "POST"),
  aws_apigatewayv2_stage: apiGateway("GET", "PATCH"),
  aws_apigatewayv2_vpc_link: [
    ...apiGateway("DELETE", "GET", "PATCH", "POST", "PUT"),
    // The first link of an account.
    "iam:CreateServiceLinkedRole",
  ],
  aws_autoscaling_attachment: autoscaling(
    ...["AttachLoadBalancerTargetGroups", "DescribeAutoScalingGroups", "DetachLoadBalancerTargetGroups"],
  ),
  // With what EC2 Auto Scaling checks in the caller's name:
  // https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
  aws_autoscaling_group: [
    ...autoscaling("CreateAutoScalingGroup", "CreateOrUpdateTags", "DeleteAutoScalingGroup", "DeleteTags"),
    ...autoscaling("DescribeAutoScalingGroups", "DescribeInstanceRefreshes", "DescribeScalingActivities"),
    ...autoscaling("PutLifecycleHook", "SetInstanceProtection", "StartInstanceRefresh", "CancelInstanceRefresh"),
    ...autoscaling("UpdateAutoScalingGroup"),
    ...ec2("RunInstances", "CreateTags", "DescribeLaunchTemplateVersions"),
    ...iam("CreateServiceLinkedRole", "PassRole"),
  ],
  aws_autoscaling_lifecycle_hook: autoscaling("DeleteLifecycleHook", "DescribeLifecycleHooks", "PutLifecycleHook"),
  aws_autoscaling_policy: autoscaling("DeletePolicy", "DescribePolicies", "PutScalingPolicy"),
  // With what CloudFront asks in the caller's name if a cache behavior has a Lambda@Edge function, or the distribution writes
  // standard logs (legacy) to a bucket:
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html and
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
  aws_cloudfront_distribution: [
    ...tagCloudFront,
    ...cloudfront("CreateDistribution", "DeleteDistribution", "GetDistribution", "UpdateDistribution"),
    ...["lambda:DisableReplication*", "lambda:EnableReplication*", "lambda:GetFunction"],
    "iam:CreateServiceLinkedRole",
    ...s3("GetBucketAcl", "PutBucketAcl"),
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
  aws_cloudwatch_metric_alarm: cloudwatch(
    ...["DeleteAlarms", "DescribeAlarms", "ListTagsForResource", "PutMetricAlarm", "TagResource", "UntagResource"],
  ),
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
  aws_iam_instance_profile: [
    ...iam("AddRoleToInstanceProfile", "CreateInstanceProfile", "DeleteInstanceProfile", "GetInstanceProfile"),
    ...iam("PassRole", "RemoveRoleFromInstanceProfile", "TagInstanceProfile", "UntagInstanceProfile"),
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
  aws_launch_template: ec2(
    ...["CreateLaunchTemplate", "CreateLaunchTemplateVersion", "CreateTags", "DeleteLaunchTemplate", "DeleteTags"],
    ...["DescribeLaunchTemplates", "DescribeLaunchTemplateVersions", "ModifyLaunchTemplate"],
  ),
  // With what Elastic Load Balancing does in the caller's name:
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-service-linked-roles.html
  aws_lb: [
    ...tagElb,
    ...elb("CreateLoadBalancer", "DeleteLoadBalancer", "DescribeCapacityReservation", "DescribeLoadBalancerAttributes"),
    ...elb("DescribeLoadBalancers", "ModifyLoadBalancerAttributes", "SetSecurityGroups", "SetSubnets"),
    ...ec2("DescribeNetworkInterfaces"),
    "iam:CreateServiceLinkedRole",
  ],
  aws_lb_listener: [
    ...tagElb,
    ...elb("CreateListener", "DeleteListener", "DescribeListenerAttributes", "DescribeListeners", "ModifyListener"),
    ...elb("ModifyListenerAttributes"),
  ],
  aws_lb_listener_certificate: elb(
    "AddListenerCertificates",
    "DescribeListenerCertificates",
    "RemoveListenerCertificates",
  ),
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
  aws_security_group: [
    ...ec2("CreateSecurityGroup", "CreateTags", "DeleteSecurityGroup", "DeleteTags", "DescribeNetworkInterfaces"),
    ...ec2("DescribeSecurityGroups", "RevokeSecurityGroupEgress"),
  ],
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
  "data.aws_ami": ec2("DescribeImages"),
  "data.aws_autoscaling_group": autoscaling("DescribeAutoScalingGroups"),
  "data.aws_ec2_managed_prefix_list": ec2("DescribeManagedPrefixLists", "GetManagedPrefixListEntries"),
  "data.aws_instances": ec2("DescribeInstances"),
  "data.aws_internet_gateway": ec2("DescribeInternetGateways"),
  "data.aws_apigatewayv2_api": apiGateway("GET"),
  "data.aws_apigatewayv2_export": apiGateway("GET"),
  "data.aws_api_gateway_export": apiGateway("GET"),
  "data.aws_api_gateway_resource": apiGateway("GET"),
  "data.aws_caller_identity": ["sts:GetCallerIdentity"],
  "data.aws_lb_target_group": elb("DescribeTags", "DescribeTargetGroupAttributes", "DescribeTargetGroups"),
  // Of a security group: Cloud Control API reads it with the caller's permissions (https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations.html).
  "data.aws_cloudcontrolapi_resource": ["cloudformation:GetResource", ...ec2("DescribeSecurityGroups")],
  "data.aws_cloudcontrolapi_resource.ecs_service": ["cloudformation:GetResource", "ecs:DescribeServices"],
  "data.aws_lb": elb("DescribeLoadBalancerAttributes", "DescribeLoadBalancers", "DescribeTags"),
  // Known to the provider.
  "data.aws_partition": [],
  "data.aws_region": [],
  "data.aws_lb_listener": elb("DescribeListeners", "DescribeTags"),
  "data.aws_lb_listener_rule": elb("DescribeRules", "DescribeTags"),
  "data.aws_network_acls": ec2("DescribeNetworkAcls"),
  "data.aws_network_interfaces": ec2("DescribeNetworkInterfaces"),
  "data.aws_route_table": ec2("DescribeRouteTables"),
  "data.aws_route_tables": ec2("DescribeRouteTables"),
  "data.aws_secretsmanager_secret_version": ["secretsmanager:GetSecretValue"],
  "data.aws_security_group": ec2("DescribeSecurityGroups"),
  "data.aws_security_groups": ec2("DescribeSecurityGroups"),
  "data.aws_subnet": ec2("DescribeSubnets"),
  "data.aws_subnets": ec2("DescribeSubnets"),
  "data.aws_vpc": ec2("DescribeRouteTables", "DescribeVpcAttribute", "DescribeVpcs"),
  "data.aws_vpc_security_group_rule": ec2("DescribeSecurityGroupRules"),
  "data.aws_vpc_security_group_rules": ec2("DescribeSecurityGroupRules"),
};
