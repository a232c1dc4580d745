/**
 * How the account tells whether it already has what a plan would create: for each resource type of the modules, from the
 * arguments in the plan to the ID that an import takes.
 */
import { REFERENCE } from "../../account/schema/api-gateway";
import { Snapshot } from "../../account/snapshot";
import { tagsOf } from "../../model/rules";

/** Arguments in the plan. One that is known only after apply is missing. */
export type Planned = Readonly<Record<string, unknown>>;

/** The part of a snapshot that is about a service. */
export type Service =
  "api_gateway_http" | "api_gateway_rest" | "auto_scaling" | "cloudfront" | "ec2" | "elastic_load_balancing";
type Part<Of extends Service> = NonNullable<Snapshot[Of]>;
type AutoScalingGroup = Part<"auto_scaling">["AutoScalingGroups"][number];

interface Recipe {
  readonly service: Service;
  /** @returns the IDs of all that the account has and the plan describes. If more than one, it cannot be told which. */
  readonly find: (planned: Planned, account: Snapshot) => string[];
}

/** Types of which two that a plan describes with the same words are the same. */
export const INTERCHANGEABLE = ["aws_apigatewayv2_integration"];

export const RECIPES: Readonly<Record<string, Recipe>> = {
  ...recipes("api_gateway_http", {
    aws_apigatewayv2_api_mapping: (planned, { DomainNames }) =>
      DomainNames.filter(({ DomainName }) => isSame(DomainName, planned.domain_name)).flatMap(
        ({ DomainName, ApiMappings }) =>
          ApiMappings.filter(({ ApiId }) => isSame(ApiId, planned.api_id))
            .filter(({ ApiMappingKey }) => isSamePath(ApiMappingKey, planned.api_mapping_key))
            .flatMap(({ ApiMappingId: id }) => (id === undefined ? [] : [`${id}/${DomainName}`])),
      ),

    aws_apigatewayv2_domain_name: (planned, { DomainNames }) =>
      DomainNames.filter(({ DomainName }) => isSame(DomainName, planned.domain_name))
        .filter(({ MutualTlsAuthentication: clients }) => hasTruststore(clients?.TruststoreUri, planned))
        .map(({ DomainName }) => DomainName),

    aws_apigatewayv2_integration: (planned, { Apis }) =>
      Apis.filter(({ ApiId }) => isSame(ApiId, planned.api_id)).flatMap(({ ApiId, Integrations }) =>
        Integrations.filter(
          (one) =>
            isSame(one.IntegrationUri, planned.integration_uri) &&
            isSame(one.ConnectionId, planned.connection_id) &&
            isSame(one.ConnectionType, planned.connection_type) &&
            hasParameters(one.RequestParameters, planned),
        ).map(({ IntegrationId }) => `${ApiId}/${IntegrationId}`),
      ),

    aws_apigatewayv2_route: (planned, { Apis }) =>
      Apis.filter(({ ApiId }) => isSame(ApiId, planned.api_id)).flatMap(({ ApiId, Routes }) =>
        Routes.filter(({ RouteKey }) => isSame(RouteKey, planned.route_key)).map(
          ({ RouteId }) => `${ApiId}/${RouteId}`,
        ),
      ),

    aws_apigatewayv2_vpc_link: (planned, { VpcLinks }) =>
      VpcLinks.filter(({ Name }) => isSame(Name, planned.name))
        .filter(({ SubnetIds }) => isSameSet(SubnetIds, planned.subnet_ids))
        .filter(({ SecurityGroupIds }) => isSameSet(SecurityGroupIds, planned.security_group_ids))
        .map(({ VpcLinkId }) => VpcLinkId),
  }),

  ...recipes("api_gateway_rest", {
    aws_api_gateway_base_path_mapping: (planned, { domainNames }) =>
      domainNames
        .filter(({ domainName }) => isSame(domainName, planned.domain_name))
        .flatMap(({ domainName, basePathMappings }) =>
          basePathMappings
            .filter(({ restApiId }) => isSame(restApiId, planned.api_id))
            .filter(({ basePath }) => isSamePath(basePath, planned.base_path))
            .map(({ basePath }) => `${domainName}/${pathOf(basePath)}`),
        ),

    aws_api_gateway_domain_name: (planned, { domainNames }) =>
      domainNames
        .filter(({ domainName }) => isSame(domainName, planned.domain_name))
        .filter(({ mutualTlsAuthentication: clients }) => hasTruststore(clients?.truststoreUri, planned))
        .map(({ domainName }) => domainName),

    aws_api_gateway_vpc_link: (planned, { vpcLinks }) =>
      vpcLinks
        .filter(({ name, targetArns }) => isSame(name, planned.name) && isSameSet(targetArns, planned.target_arns))
        .map(({ id }) => id),
  }),

  ...recipes("auto_scaling", {
    aws_autoscaling_group: (planned, { AutoScalingGroups }) =>
      AutoScalingGroups.filter(({ AutoScalingGroupName }) => isNamed(AutoScalingGroupName, planned))
        // Another state may have a group with the same prefix, but not with its launch template.
        .filter(
          (group) => typeof planned.name === "string" || isSame(launchTemplateOf(group), plannedTemplate(planned)),
        )
        .map(({ AutoScalingGroupName }) => AutoScalingGroupName),
  }),

  ...recipes("cloudfront", {
    aws_cloudfront_distribution: (planned, { Distributions }) =>
      Distributions.filter(({ DistributionConfig: config }) => isSame(config?.Comment, planned.comment))
        .filter(({ DistributionConfig: config }) => isSameSet(config?.Aliases?.Items, planned.aliases))
        .map(({ Id }) => Id),

    aws_cloudfront_vpc_origin: ({ vpc_origin_endpoint_config: planned = [] }, { VpcOrigins }) =>
      VpcOrigins.filter(({ VpcOriginEndpointConfig: { Name, Arn } = {} }) =>
        (planned as readonly Planned[]).some(({ name, arn }) => isSame(Name, name) && isSame(Arn, arn)),
      ).map(({ Id }) => Id),
  }),

  ...recipes("ec2", {
    aws_network_acl: (planned, { NetworkAcls }) =>
      NetworkAcls.filter(({ IsDefault, VpcId }) => IsDefault !== true && isSame(VpcId, planned.vpc_id))
        .filter(({ Tags }) => hasTags(Tags, planned))
        .map(({ NetworkAclId }) => NetworkAclId),

    aws_network_acl_association: (planned, { NetworkAcls }) =>
      NetworkAcls.filter(({ NetworkAclId }) => isSame(NetworkAclId, planned.network_acl_id))
        .flatMap(({ Associations = [] }) => Associations)
        .filter(({ SubnetId }) => isSame(SubnetId, planned.subnet_id))
        .flatMap(({ NetworkAclAssociationId: id }) => (id === undefined ? [] : [id])),

    aws_network_acl_rule: (planned, { NetworkAcls }) =>
      NetworkAcls.filter(({ NetworkAclId }) => isSame(NetworkAclId, planned.network_acl_id))
        .flatMap(({ Entries = [] }) => Entries)
        .filter(
          ({ RuleNumber, Egress, RuleAction, CidrBlock, Ipv6CidrBlock }) =>
            RuleNumber === Number(planned.rule_number) &&
            isSame(Egress, planned.egress) &&
            isSame(RuleAction, planned.rule_action) &&
            isSame(CidrBlock, planned.cidr_block) &&
            isSame(Ipv6CidrBlock, planned.ipv6_cidr_block),
        )
        .map(() => aclRuleId(planned)),

    aws_network_interface_sg_attachment: (planned, { NetworkInterfaces }) =>
      NetworkInterfaces.filter(({ NetworkInterfaceId }) => isSame(NetworkInterfaceId, planned.network_interface_id))
        .filter(({ Groups = [] }) => Groups.some(({ GroupId }) => isSame(GroupId, planned.security_group_id)))
        .map(() => attachmentId(planned)),

    aws_security_group: (planned, { SecurityGroups }) =>
      SecurityGroups.filter(({ GroupName, VpcId }) => isNamed(GroupName, planned) && isSame(VpcId, planned.vpc_id))
        .filter(({ Description, Tags }) => isSame(Description, planned.description) && hasTags(Tags, planned))
        .map(({ GroupId }) => GroupId),

    aws_vpc_security_group_egress_rule: (planned, part) => securityGroupRules(planned, part, true),
    aws_vpc_security_group_ingress_rule: (planned, part) => securityGroupRules(planned, part, false),
  }),

  ...recipes("elastic_load_balancing", {
    aws_lb: (planned, { LoadBalancers }) =>
      LoadBalancers.filter(
        ({ LoadBalancerName, Type }) =>
          isSame(LoadBalancerName, planned.name) && isSame(Type, planned.load_balancer_type),
      ).map(({ LoadBalancerArn }) => LoadBalancerArn),

    aws_lb_listener: (planned, { LoadBalancers }) =>
      LoadBalancers.filter(({ LoadBalancerArn }) => isSame(LoadBalancerArn, planned.load_balancer_arn))
        .flatMap(({ Listeners }) => Listeners ?? [])
        .filter(({ Port, Protocol }) => isSame(Port, planned.port) && isSame(Protocol, planned.protocol))
        .map(({ ListenerArn }) => ListenerArn),

    aws_lb_listener_rule: (planned, { LoadBalancers }) =>
      LoadBalancers.flatMap(({ Listeners }) => Listeners ?? [])
        .filter(({ ListenerArn }) => isSame(ListenerArn, planned.listener_arn))
        .flatMap(({ Rules }) => Rules)
        .filter(({ Priority, Tags }) => Priority === String(planned.priority) && hasTags(Tags, planned))
        .map(({ RuleArn }) => RuleArn),

    aws_lb_target_group: (planned, { TargetGroups }) =>
      TargetGroups.filter(
        ({ TargetGroupName, VpcId }) => isSame(TargetGroupName, planned.name) && isSame(VpcId, planned.vpc_id),
      ).map(({ TargetGroupArn }) => TargetGroupArn),
  }),
};

/**
 * The ID that an import takes, of what a state has, for types whose `id` is another one.
 * Source: the section "Import" of their pages in the provider's documentation
 */
export const IMPORT_IDS: Readonly<Record<string, (values: Planned) => string>> = {
  aws_apigatewayv2_api_mapping: ({ id, domain_name }) => `${String(id)}/${String(domain_name)}`,
  aws_apigatewayv2_integration: ({ api_id, id }) => `${String(api_id)}/${String(id)}`,
  aws_apigatewayv2_route: ({ api_id, id }) => `${String(api_id)}/${String(id)}`,
  aws_network_acl_rule: aclRuleId,
  aws_network_interface_sg_attachment: attachmentId,
};

function aclRuleId({ network_acl_id, rule_number, protocol, egress }: Planned): string {
  return [network_acl_id, rule_number, PROTOCOL_NUMBERS[String(protocol)] ?? protocol, egress].join(":");
}

/** A configuration may have the names, and a state has the numbers. */
const PROTOCOL_NUMBERS: Readonly<Record<string, string>> = { all: "-1", icmp: "1", tcp: "6", udp: "17" };

function attachmentId({ network_interface_id, security_group_id }: Planned): string {
  return [network_interface_id, security_group_id].join("_");
}

/** Types without a recipe, and why. docs/recovery.md shows the reasons. */
export const REPEATED = "AWS takes the same call again, so the next apply finishes.";
const NOT_READ =
  "The account is read without this. Import it as the provider's documentation says or, if the plan replaces it, delete the second one.";
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
  aws_api_gateway_client_certificate: NOT_READ,
  aws_api_gateway_deployment: NOT_READ,
  aws_api_gateway_integration: NOT_READ,
  aws_api_gateway_rest_api: NOT_READ,
  aws_api_gateway_stage: NOT_READ,
  aws_apigatewayv2_api: NOT_READ,
  aws_apigatewayv2_deployment: NOT_READ,
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

function recipes<Of extends Service>(
  service: Of,
  byType: Readonly<Record<string, (planned: Planned, part: Part<Of>) => string[]>>,
): Record<string, Recipe> {
  return Object.fromEntries(
    Object.entries(byType).map(([type, search]) => {
      const find: Recipe["find"] = (planned, { [service]: part }) => (part === null ? [] : search(planned, part));
      return [type, { service, find }];
    }),
  );
}

/** AWS has no two rules of a group that admit the same. One with another description is somebody else's. */
function securityGroupRules(planned: Planned, { SecurityGroupRules }: Part<"ec2">, egress: boolean): string[] {
  const peers = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"].map((key) => planned[key]);
  const peer = peers.find((value) => typeof value === "string" && value !== "");
  if (peer === undefined) return [];
  return SecurityGroupRules.filter(
    ({ GroupId, IsEgress }) => isSame(GroupId, planned.security_group_id) && IsEgress === egress,
  )
    .filter(
      ({ IpProtocol, FromPort, ToPort, Description }) =>
        isSame(IpProtocol, planned.ip_protocol) &&
        isSame(FromPort, planned.from_port) &&
        isSame(ToPort, planned.to_port) &&
        isSame(Description, planned.description),
    )
    .filter(({ CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo }) =>
      [CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo?.GroupId].includes(peer as string),
    )
    .map(({ SecurityGroupRuleId }) => SecurityGroupRuleId);
}

/** An argument that is known only after apply is undefined, and equals nothing. One that is not set is null. */
function isSame(actual: unknown, planned: unknown): boolean {
  return planned === (actual ?? null);
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
  if (planned === undefined) return false;
  const actual = tagsOf(tags);
  return Object.entries(planned ?? {}).every(([key, value]) => actual[key] === value);
}

/** A value that refers to nothing is a digest in the snapshot: it is only known that it is such a value. */
function hasParameters(actual: Readonly<Record<string, string>> = {}, { request_parameters }: Planned): boolean {
  if (request_parameters === undefined) return false;
  const planned = Object.entries((request_parameters ?? {}) as Readonly<Record<string, string>>);
  const isSameValue = (value: string, other: string | undefined) =>
    REFERENCE.test(value) ? other === value : other !== undefined && !REFERENCE.test(other);
  return (
    planned.length === Object.keys(actual).length && planned.every(([key, value]) => isSameValue(value, actual[key]))
  );
}

/** The ID of its launch template. */
function launchTemplateOf({ LaunchTemplate, MixedInstancesPolicy }: AutoScalingGroup): string | undefined {
  const template = LaunchTemplate ?? MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
  return template?.LaunchTemplateId;
}

function plannedTemplate(planned: Planned): unknown {
  const block = (parent: Planned, name: string) => (parent[name] as readonly Planned[] | undefined)?.[0] ?? {};
  const policy = block(block(planned, "mixed_instances_policy"), "launch_template");
  return block(planned, "launch_template").id ?? block(policy, "launch_template_specification").launch_template_id;
}

/** A module that creates a domain requires certificates of its clients. */
function hasTruststore(actual: string | undefined, { mutual_tls_authentication: planned = [] }: Planned): boolean {
  return (planned as readonly Planned[]).some(({ truststore_uri }) => isSame(actual, truststore_uri));
}

function isSamePath(actual: string | undefined, planned: unknown): boolean {
  return planned !== undefined && pathOf(actual) === (planned ?? "");
}

/** API Gateway answers "(none)" for a REST API that has all paths of a domain, and an empty one for an HTTP API. */
function pathOf(actual = ""): string {
  return actual === "(none)" ? "" : actual;
}

function isSameSet(actual: readonly string[] | undefined, planned: unknown): boolean {
  if (planned === undefined) return false;
  const [one, other] = [(planned ?? []) as unknown[], actual ?? []].map((items) => JSON.stringify([...items].sort()));
  return one === other;
}
