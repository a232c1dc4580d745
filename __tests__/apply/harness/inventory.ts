import type { LocalAws } from "./local-aws";

/** Ids of everything that is there and that a scenario may add to or take from: the same before and after, or not. */
export async function inventory({ elb, ec2, autoScaling, cloudFront, apiGatewayV2 }: LocalAws): Promise<string[]> {
  const { LoadBalancers = [] } = await elb.describeLoadBalancers();
  const { TargetGroups = [] } = await elb.describeTargetGroups();
  const listeners = await Promise.all(
    LoadBalancers.map(({ LoadBalancerArn }) => elb.describeListeners({ LoadBalancerArn })),
  );
  const Listeners = listeners.flatMap((answer) => answer.Listeners ?? []);
  const rules = await Promise.all(Listeners.map(({ ListenerArn }) => elb.describeRules({ ListenerArn })));
  const Rules = rules.flatMap((answer) => answer.Rules ?? []);

  const { Vpcs = [] } = await ec2.describeVpcs();
  const { Subnets = [] } = await ec2.describeSubnets();
  const { RouteTables = [] } = await ec2.describeRouteTables();
  const { InternetGateways = [] } = await ec2.describeInternetGateways();
  const { NetworkAcls = [] } = await ec2.describeNetworkAcls();
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups();
  const { SecurityGroupRules = [] } = await ec2.describeSecurityGroupRules();
  const { Reservations = [] } = await ec2.describeInstances();
  const Instances = Reservations.flatMap((reservation) => reservation.Instances ?? []);
  const { AutoScalingGroups = [] } = await autoScaling.describeAutoScalingGroups();
  const { DistributionList } = await cloudFront.listDistributions();
  const { VpcOriginList } = await cloudFront.listVpcOrigins();

  const { Items: VpcLinks = [] } = await apiGatewayV2.getVpcLinks();
  const { Items: Apis = [] } = await apiGatewayV2.getApis();
  const ofApis = await Promise.all(
    Apis.map(async ({ ApiId }) => {
      const { Items: Routes = [] } = await apiGatewayV2.getRoutes({ ApiId });
      const { Items: Integrations = [] } = await apiGatewayV2.getIntegrations({ ApiId });
      return [
        ApiId,
        ...Routes.map(({ RouteId }) => RouteId),
        ...Integrations.map(({ IntegrationId }) => IntegrationId),
      ];
    }),
  );

  return [
    ...LoadBalancers.map(({ LoadBalancerArn }) => LoadBalancerArn),
    ...TargetGroups.map(({ TargetGroupArn }) => TargetGroupArn),
    ...Listeners.map(({ ListenerArn }) => ListenerArn),
    ...Rules.map(({ RuleArn }) => RuleArn),
    ...Vpcs.map(({ VpcId }) => VpcId),
    ...Subnets.map(({ SubnetId }) => SubnetId),
    ...RouteTables.map(({ RouteTableId }) => RouteTableId),
    ...InternetGateways.map(({ InternetGatewayId }) => InternetGatewayId),
    // The default one belongs to its VPC; moto forgets to delete it.
    ...NetworkAcls.filter(({ IsDefault }) => !IsDefault).map(({ NetworkAclId }) => NetworkAclId),
    ...SecurityGroups.map(({ GroupId }) => GroupId),
    ...SecurityGroupRules.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId),
    ...Instances.filter(({ State }) => State?.Name !== "terminated").map(({ InstanceId }) => InstanceId),
    ...AutoScalingGroups.map(({ AutoScalingGroupARN }) => AutoScalingGroupARN),
    ...(DistributionList?.Items ?? []).map(({ ARN }) => ARN),
    ...(VpcOriginList?.Items ?? []).map(({ Arn }) => Arn),
    ...VpcLinks.map(({ VpcLinkId }) => VpcLinkId),
    ...ofApis.flat(),
  ]
    .map(String)
    .sort();
}
