/**
 * How the account tells whether it already has what a plan would create: for each resource type of the modules, from the
 * arguments in the plan to the ID that an import takes.
 */
import { REFERENCE } from "../../account/schema/api-gateway";
import { Snapshot } from "../../account/snapshot";
import { tagsOf } from "../../model/rules";

/** Arguments in the plan. One that is known only after apply is missing. */
export type Planned = Readonly<Record<string, unknown>>;

/** The IDs of all that the account has and the plan describes. More than one: it cannot be told which is meant. */
export type Recipe = (planned: Planned, account: Snapshot) => string[];

export const RECIPES: Readonly<Record<string, Recipe>> = {
  aws_apigatewayv2_integration: (planned, { api_gateway_http }) =>
    (api_gateway_http?.Apis ?? [])
      .filter(({ ApiId }) => ApiId === planned.api_id)
      .flatMap(({ ApiId, Integrations }) =>
        Integrations.filter(
          (one) =>
            one.IntegrationUri === planned.integration_uri &&
            one.ConnectionId === planned.connection_id &&
            one.ConnectionType === planned.connection_type &&
            hasParameters(one.RequestParameters, planned),
        ).map(({ IntegrationId }) => `${ApiId}/${IntegrationId}`),
      ),

  aws_apigatewayv2_route: (planned, { api_gateway_http }) =>
    (api_gateway_http?.Apis ?? [])
      .filter(({ ApiId }) => ApiId === planned.api_id)
      .flatMap(({ ApiId, Routes }) =>
        Routes.filter(({ RouteKey }) => RouteKey === planned.route_key).map(({ RouteId }) => `${ApiId}/${RouteId}`),
      ),

  aws_apigatewayv2_vpc_link: (planned, { api_gateway_http }) =>
    (api_gateway_http?.VpcLinks ?? [])
      .filter(({ Name, SubnetIds }) => Name === planned.name && isSameSet(SubnetIds, planned.subnet_ids))
      .map(({ VpcLinkId }) => VpcLinkId),

  aws_autoscaling_group: (planned, { auto_scaling }) =>
    (auto_scaling?.AutoScalingGroups ?? [])
      .map(({ AutoScalingGroupName }) => AutoScalingGroupName)
      .filter((name) => isNamed(name, planned)),

  aws_cloudfront_distribution: (planned, { cloudfront }) =>
    (cloudfront?.Distributions ?? [])
      .filter(({ DistributionConfig: config }) => config?.Comment === planned.comment)
      .filter(({ DistributionConfig: config }) => isSameSet(config?.Aliases?.Items, planned.aliases ?? []))
      .map(({ Id }) => Id),

  aws_cloudfront_vpc_origin: ({ vpc_origin_endpoint_config: planned }, { cloudfront }) =>
    (cloudfront?.VpcOrigins ?? [])
      .filter(({ VpcOriginEndpointConfig: { Name, Arn } = {} }) =>
        (planned as readonly Planned[]).some(({ name, arn }) => name === Name && arn === Arn),
      )
      .map(({ Id }) => Id),

  aws_lb: (planned, { elastic_load_balancing }) =>
    (elastic_load_balancing?.LoadBalancers ?? [])
      .filter(({ LoadBalancerName, Type }) => LoadBalancerName === planned.name && Type === planned.load_balancer_type)
      .map(({ LoadBalancerArn }) => LoadBalancerArn),

  aws_lb_listener: (planned, { elastic_load_balancing }) =>
    (elastic_load_balancing?.LoadBalancers ?? [])
      .filter(({ LoadBalancerArn }) => LoadBalancerArn === planned.load_balancer_arn)
      .flatMap(({ Listeners }) => Listeners ?? [])
      .filter(({ Port, Protocol }) => Port === planned.port && Protocol === planned.protocol)
      .map(({ ListenerArn }) => ListenerArn),

  aws_lb_listener_rule: (planned, { elastic_load_balancing }) =>
    (elastic_load_balancing?.LoadBalancers ?? [])
      .flatMap(({ Listeners }) => Listeners ?? [])
      .filter(({ ListenerArn }) => ListenerArn === planned.listener_arn)
      .flatMap(({ Rules }) => Rules)
      .filter(({ Priority, Tags }) => Priority === String(planned.priority) && hasTags(Tags, planned))
      .map(({ RuleArn }) => RuleArn),

  aws_lb_target_group: (planned, { elastic_load_balancing }) =>
    (elastic_load_balancing?.TargetGroups ?? [])
      .filter(({ TargetGroupName, VpcId }) => TargetGroupName === planned.name && VpcId === planned.vpc_id)
      .map(({ TargetGroupArn }) => TargetGroupArn),

  aws_network_acl: (planned, { ec2 }) =>
    (ec2?.NetworkAcls ?? [])
      .filter(({ IsDefault, VpcId }) => IsDefault !== true && VpcId === planned.vpc_id)
      .filter(({ Tags }) => hasTags(Tags, planned))
      .map(({ NetworkAclId }) => NetworkAclId),

  aws_network_acl_association: (planned, { ec2 }) =>
    (ec2?.NetworkAcls ?? [])
      .filter(({ NetworkAclId }) => NetworkAclId === planned.network_acl_id)
      .flatMap(({ Associations = [] }) => Associations)
      .filter(({ SubnetId }) => SubnetId === planned.subnet_id)
      .flatMap(({ NetworkAclAssociationId: id }) => (id === undefined ? [] : [id])),

  aws_network_acl_rule: (planned, { ec2 }) =>
    (ec2?.NetworkAcls ?? [])
      .filter(({ NetworkAclId }) => NetworkAclId === planned.network_acl_id)
      .flatMap(({ Entries = [] }) => Entries)
      .filter(
        ({ RuleNumber, Egress, RuleAction, CidrBlock, Ipv6CidrBlock }) =>
          RuleNumber === Number(planned.rule_number) &&
          Egress === planned.egress &&
          RuleAction === planned.rule_action &&
          (CidrBlock ?? Ipv6CidrBlock) === (planned.cidr_block ?? planned.ipv6_cidr_block),
      )
      .map(({ Egress }) => [planned.network_acl_id, planned.rule_number, planned.protocol, Egress].join(":")),

  aws_network_interface_sg_attachment: (planned, { ec2 }) =>
    (ec2?.NetworkInterfaces ?? [])
      .filter(({ NetworkInterfaceId }) => NetworkInterfaceId === planned.network_interface_id)
      .filter(({ Groups = [] }) => Groups.some(({ GroupId }) => GroupId === planned.security_group_id))
      .map(({ NetworkInterfaceId }) => [planned.security_group_id, NetworkInterfaceId].join("_")),

  aws_security_group: (planned, { ec2 }) =>
    (ec2?.SecurityGroups ?? [])
      .filter(({ GroupName, VpcId }) => isNamed(GroupName, planned) && VpcId === planned.vpc_id)
      .filter(({ Description, Tags }) => Description === planned.description && hasTags(Tags, planned))
      .map(({ GroupId }) => GroupId),

  aws_vpc_security_group_egress_rule: (planned, account) => securityGroupRules(planned, account, true),
  aws_vpc_security_group_ingress_rule: (planned, account) => securityGroupRules(planned, account, false),
};

/** Types without a recipe, and why. docs/recovery.md shows the reasons. */
export const REPEATED = "AWS takes the same call again, so the next apply finishes.";
const NOT_READ = "The account is read without this service. Import it as the provider's documentation says.";
export const CALLED_AGAIN = "The next apply sends the same settings again.";

export const WITHOUT_RECIPE: Readonly<Record<string, string>> = {
  aws_autoscaling_attachment: REPEATED,
  aws_autoscaling_lifecycle_hook: CALLED_AGAIN,
  aws_autoscaling_policy: CALLED_AGAIN,
  aws_cloudwatch_event_rule: CALLED_AGAIN,
  aws_cloudwatch_event_target: CALLED_AGAIN,
  aws_cloudwatch_metric_alarm: CALLED_AGAIN,
  aws_config_config_rule: CALLED_AGAIN,
  aws_config_configuration_recorder: CALLED_AGAIN,
  aws_config_configuration_recorder_status: CALLED_AGAIN,
  aws_config_delivery_channel: CALLED_AGAIN,
  aws_iam_role_policy: CALLED_AGAIN,
  aws_iam_role_policy_attachment: REPEATED,
  aws_lb_listener_certificate: REPEATED,
  aws_lb_target_group_attachment: REPEATED,
  aws_s3_bucket_lifecycle_configuration: CALLED_AGAIN,
  aws_s3_bucket_policy: CALLED_AGAIN,
  aws_s3_bucket_public_access_block: CALLED_AGAIN,
  aws_s3_bucket_server_side_encryption_configuration: CALLED_AGAIN,
  aws_sns_topic: CALLED_AGAIN,
  aws_sns_topic_policy: CALLED_AGAIN,
  aws_sns_topic_subscription: REPEATED,
  aws_vpc_security_group_rules_exclusive: CALLED_AGAIN,
  aws_api_gateway_rest_api_policy: CALLED_AGAIN,
  aws_api_gateway_base_path_mapping: NOT_READ,
  aws_api_gateway_client_certificate: NOT_READ,
  aws_api_gateway_deployment: NOT_READ,
  aws_api_gateway_domain_name: NOT_READ,
  aws_api_gateway_integration: NOT_READ,
  aws_api_gateway_rest_api: NOT_READ,
  aws_api_gateway_stage: NOT_READ,
  aws_api_gateway_vpc_link: NOT_READ,
  aws_apigatewayv2_api: NOT_READ,
  aws_apigatewayv2_api_mapping: NOT_READ,
  aws_apigatewayv2_deployment: NOT_READ,
  aws_apigatewayv2_domain_name: NOT_READ,
  aws_apigatewayv2_stage: NOT_READ,
  aws_cloudtrail: NOT_READ,
  aws_cloudwatch_log_group: NOT_READ,
  aws_cloudwatch_query_definition: NOT_READ,
  aws_ec2_network_insights_analysis: NOT_READ,
  aws_ec2_network_insights_path: NOT_READ,
  aws_flow_log: NOT_READ,
  aws_iam_instance_profile: NOT_READ,
  aws_iam_role: NOT_READ,
  aws_kms_alias: NOT_READ,
  aws_kms_key: NOT_READ,
  aws_launch_template: NOT_READ,
  aws_s3_bucket: NOT_READ,
  aws_sfn_state_machine: NOT_READ,
};

/** AWS has no two rules of a group that admit the same. One with another description is somebody else's. */
function securityGroupRules(planned: Planned, { ec2 }: Snapshot, egress: boolean): string[] {
  const peers = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"].map((key) => planned[key]);
  const peer = peers.find((value) => typeof value === "string" && value !== "");
  if (peer === undefined) return [];
  return (ec2?.SecurityGroupRules ?? [])
    .filter(({ GroupId, IsEgress }) => GroupId === planned.security_group_id && IsEgress === egress)
    .filter(
      ({ IpProtocol, FromPort, ToPort, Description }) =>
        IpProtocol === planned.ip_protocol &&
        FromPort === planned.from_port &&
        ToPort === planned.to_port &&
        Description === planned.description,
    )
    .filter(({ CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo }) =>
      [CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo?.GroupId].includes(peer as string),
    )
    .map(({ SecurityGroupRuleId }) => SecurityGroupRuleId);
}

/** Terraform puts a time and a counter behind a prefix: 26 digits. */
function isNamed(name: string, { name: planned, name_prefix }: Planned): boolean {
  if (typeof planned === "string") return name === planned;
  return (
    typeof name_prefix === "string" &&
    name.startsWith(name_prefix) &&
    /^[0-9a-f]{26}$/.test(name.slice(name_prefix.length))
  );
}

function hasTags(tags: Parameters<typeof tagsOf>[0], { tags: planned }: Planned): boolean {
  const actual = tagsOf(tags);
  return Object.entries(planned ?? {}).every(([key, value]) => actual[key] === value);
}

/** A value that refers to nothing is a digest in the snapshot: it is only known that it is such a value. */
function hasParameters(actual: Readonly<Record<string, string>> = {}, { request_parameters }: Planned): boolean {
  const planned = Object.entries((request_parameters ?? {}) as Readonly<Record<string, string>>);
  const isSame = (value: string, other: string | undefined) =>
    REFERENCE.test(value) ? other === value : other !== undefined && !REFERENCE.test(other);
  return planned.length === Object.keys(actual).length && planned.every(([key, value]) => isSame(value, actual[key]));
}

function isSameSet(actual: readonly string[] | undefined, planned: unknown): boolean {
  if (!Array.isArray(planned)) return false;
  const [one, other] = [planned as unknown[], actual ?? []].map((items) => JSON.stringify([...items].sort()));
  return one === other;
}
