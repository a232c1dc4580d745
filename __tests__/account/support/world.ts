import { APIGateway } from "@aws-sdk/client-api-gateway";
import { ECS } from "@aws-sdk/client-ecs";
import type { LocalAws } from "../../apply/harness/local-aws";
import { requestCertificate } from "../../apply/harness/certificate";
import { HTTPS } from "../../apply/harness/listener";
import { connection } from "../../apply/harness/local-server";
import { createSmallApplication } from "../../apply/harness/small-application";
import { createVpcOrigin } from "../../apply/harness/vpc-origin";

/** A value that nobody may see, in each place where an owner may put one. */
export const SECRETS = {
  header: "SECRET-header-value",
  origin: "SECRET-origin-header",
  deployment: "aws-cf-cd-SECRET-value",
  stageVariable: "SECRET-stage-variable",
  requestParameter: "SECRET-request-parameter",
  requestTemplate: "SECRET-request-template",
  password: "SECRET-password",
  query: "SECRET-query",
  referer: "SECRET-referer",
  userData: "SECRET-user-data",
  environment: "SECRET-environment",
  clientSecret: "SECRET-client-secret",
  body: "SECRET-body",
} as const;

const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const URL_WITH_SECRETS = `https://user:${SECRETS.password}@shop.example.com/orders?key=${SECRETS.query}`;

/** An account with one of each thing that a snapshot reads. */
export async function createWorld(aws: LocalAws) {
  const { ec2, elb, autoScaling, cloudFront, apiGatewayV2, endpoint } = aws;
  const application = await createSmallApplication(aws);
  const { vpcId, subnetIds, albListenerArn, targetGroupArns } = application;

  const { Listeners: [existing] = [] } = await elb.describeListeners({ ListenerArns: [albListenerArn] });
  const { Listeners: [https] = [] } = await elb.createListener({
    LoadBalancerArn: existing?.LoadBalancerArn,
    ...HTTPS,
    DefaultActions: [{ Type: "forward", TargetGroupArn: targetGroupArns.alb }],
  });
  await elb.createRule({
    ListenerArn: https?.ListenerArn,
    Priority: 10,
    Conditions: [
      { Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "X-Secret", Values: [`${SECRETS.header}*`] } },
      { Field: "path-pattern", PathPatternConfig: { Values: ["/orders/*"] } },
    ],
    Actions: [
      {
        Type: "authenticate-oidc",
        Order: 1,
        AuthenticateOidcConfig: {
          Issuer: "https://login.example.com",
          AuthorizationEndpoint: "https://login.example.com/authorize",
          TokenEndpoint: "https://login.example.com/token",
          UserInfoEndpoint: "https://login.example.com/user",
          ClientId: "shop",
          ClientSecret: SECRETS.clientSecret,
        },
      },
      { Type: "forward", Order: 2, TargetGroupArn: targetGroupArns.alb },
    ],
  });
  await elb.createRule({
    ListenerArn: albListenerArn,
    Priority: 20,
    Conditions: [{ Field: "host-header", HostHeaderConfig: { Values: ["old.example.com"] } }],
    Actions: [
      {
        Type: "fixed-response",
        FixedResponseConfig: { StatusCode: "503", MessageBody: SECRETS.body, ContentType: "text/plain" },
      },
    ],
  });

  const { PrefixList } = await ec2.createManagedPrefixList({
    PrefixListName: "office",
    AddressFamily: "IPv4",
    MaxEntries: 5,
    Entries: [{ Cidr: "203.0.113.0/24" }],
  });
  const { GroupId } = await ec2.createSecurityGroup({ VpcId: vpcId, GroupName: "office", Description: "office" });
  await ec2.authorizeSecurityGroupIngress({
    GroupId,
    IpPermissions: [
      { IpProtocol: "tcp", FromPort: 80, ToPort: 80, PrefixListIds: [{ PrefixListId: PrefixList?.PrefixListId }] },
    ],
  });
  await aws.answer({
    service: "ec2",
    operation: "DescribeClientVpnEndpoints",
    answer: { ClientVpnEndpoints: [{ ClientVpnEndpointId: "cvpn-endpoint-1", VpcId: vpcId }] },
  });

  const { LaunchTemplate } = await ec2.createLaunchTemplate({
    LaunchTemplateName: "shop",
    LaunchTemplateData: {
      ImageId: "ami-12c6146b",
      InstanceType: "t3.micro",
      SecurityGroupIds: [String(GroupId)],
      UserData: Buffer.from(SECRETS.userData).toString("base64"),
    },
  });
  await autoScaling.createAutoScalingGroup({
    AutoScalingGroupName: "shop",
    MinSize: 0,
    MaxSize: 1,
    LaunchTemplate: { LaunchTemplateId: LaunchTemplate?.LaunchTemplateId, Version: "$Latest" },
    VPCZoneIdentifier: subnetIds.a,
    HealthCheckType: "ELB",
  });

  const ecs = new ECS(connection(endpoint));
  await ecs.createCluster({ clusterName: "shop" });
  await ecs.registerTaskDefinition({
    family: "shop",
    containerDefinitions: [
      { name: "shop", image: "shop", memory: 128, environment: [{ name: "TOKEN", value: SECRETS.environment }] },
    ],
  });
  await ecs.createService({ cluster: "shop", serviceName: "shop", taskDefinition: "shop", desiredCount: 0 });

  const { Distribution } = await cloudFront.createDistribution({
    DistributionConfig: {
      CallerReference: "shop",
      Comment: "",
      Enabled: true,
      Origins: {
        Quantity: 1,
        Items: [
          {
            Id: "shop",
            DomainName: "shop.example.com",
            CustomHeaders: { Quantity: 1, Items: [{ HeaderName: "X-Secret", HeaderValue: SECRETS.origin }] },
            CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only" },
          },
        ],
      },
      DefaultCacheBehavior: {
        TargetOriginId: "shop",
        ViewerProtocolPolicy: "redirect-to-https",
        CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      },
    },
  });
  await aws.answer({
    service: "cloudfront",
    operation: "ListContinuousDeploymentPolicies",
    answer: {
      ContinuousDeploymentPolicyList: {
        MaxItems: 100,
        Quantity: 1,
        Items: [
          {
            ContinuousDeploymentPolicy: {
              Id: "policy",
              LastModifiedTime: "2026-01-01T00:00:00Z",
              ContinuousDeploymentPolicyConfig: {
                Enabled: true,
                StagingDistributionDnsNames: { Quantity: 1, Items: ["staging.cloudfront.net"] },
                TrafficConfig: {
                  Type: "SingleHeader",
                  SingleHeaderConfig: { Header: "aws-cf-cd-shop", Value: SECRETS.deployment },
                },
              },
            },
          },
        ],
      },
    },
  });
  const vpcOriginId = await createVpcOrigin(aws, "shop", String(existing?.LoadBalancerArn));

  const { ApiId } = await apiGatewayV2.createApi({ Name: "shop", ProtocolType: "HTTP" });
  const { IntegrationId } = await apiGatewayV2.createIntegration({
    ApiId,
    IntegrationType: "HTTP_PROXY",
    IntegrationMethod: "ANY",
    IntegrationUri: URL_WITH_SECRETS,
    PayloadFormatVersion: "1.0",
    RequestParameters: { "overwrite:header.x-secret": SECRETS.requestParameter, "overwrite:path": "$request.path" },
  });
  await apiGatewayV2.createRoute({ ApiId, RouteKey: "GET /orders", Target: `integrations/${IntegrationId}` });
  await apiGatewayV2.createStage({
    ApiId,
    StageName: "$default",
    AutoDeploy: true,
    StageVariables: { key: SECRETS.stageVariable },
  });
  await apiGatewayV2.createDomainName({
    DomainName: "api.example.com",
    DomainNameConfigurations: [
      { CertificateArn: await requestCertificate(aws, "api.example.com"), EndpointType: "REGIONAL" },
    ],
  });
  await apiGatewayV2.createVpcLink({ Name: "shop", SubnetIds: Object.values(subnetIds) });

  await createRestApi(new APIGateway(connection(endpoint)));
  return { ...application, distributionId: String(Distribution?.Id), vpcOriginId, httpApiId: String(ApiId) };
}

async function createRestApi(rest: APIGateway): Promise<void> {
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        ...{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" },
        Condition: {
          StringEquals: { "aws:Referer": SECRETS.referer },
          IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] },
        },
      },
    ],
  });
  const { id: restApiId } = await rest.createRestApi({ name: "shop", policy });
  const { items: [root] = [] } = await rest.getResources({ restApiId });
  const method = { restApiId, resourceId: root?.id, httpMethod: "GET" };
  await rest.putMethod({ ...method, authorizationType: "NONE" });
  await rest.putIntegration({
    ...method,
    type: "HTTP_PROXY",
    integrationHttpMethod: "GET",
    uri: URL_WITH_SECRETS,
    requestParameters: { "integration.request.header.X-Secret": `'${SECRETS.requestParameter}'` },
    requestTemplates: { "application/json": SECRETS.requestTemplate },
  });
  const { id: deploymentId } = await rest.createDeployment({ restApiId });
  await rest.createDomainName({ domainName: "rest.example.com", regionalCertificateArn: CERTIFICATE });
  await rest.createBasePathMapping({ domainName: "rest.example.com", restApiId, basePath: "shop" });
  await rest.createStage({ restApiId, stageName: "live", deploymentId, variables: { key: SECRETS.stageVariable } });
}
