import { SNAPSHOT, type Snapshot } from "../../../account/snapshot";
import type { Scenario, Wanted } from "../../../onboard/composition";
import type { FleetWanted } from "../../../onboard/node";
import { NETWORK_ARN, networkSnapshotWith } from "./listeners";
import { groupArn, LOAD_BALANCER_ARN, type Sketch, snapshotWith } from "./rules";

type Change = (snapshot: Snapshot) => void;

export const VPC = "vpc-0a1b2c3d";
export const TOKEN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:wallarm/token-AbCdEf";
const FLEET: FleetWanted = {
  ...{ image: "ami-0123456789abcdef0", imageOwner: null, tokenSecretArn: TOKEN, cloud: "US" },
  ...{ subnetIds: [], backendUrl: null, certificateSecretArn: null },
};
const IDS: Readonly<Record<Scenario, string>> = {
  ...{ alb: LOAD_BALANCER_ARN, nlb: NETWORK_ARN, "http-api": "a1b2c3d4e5", "rest-api": "a1b2c3d4e5" },
  cloudfront: "E2QWRUHAPOMQZL",
};

/** For a new node. The account tells no address of an application that is not behind an Application Load Balancer. */
export function wantedFor(scenario: Scenario, fleet: Partial<FleetWanted> = {}, more: Partial<Wanted> = {}): Wanted {
  const backendUrl = scenario === "alb" ? null : "http://shop.internal:8080";
  return {
    ...{ id: IDS[scenario], name: "shop-wallarm", node: { newFleet: { ...FLEET, backendUrl, ...fleet } } },
    ...{ mirror: false, adoptListeners: false, listenerPorts: null, remembered: {} },
    targetGroupArns: scenario === "alb" || scenario === "nlb" ? [] : [groupArn("shop")],
    ...more,
  };
}

/** Subnets of the node in both Availability Zones of the application, with a NAT gateway. */
function withRoutes({ ec2, elastic_load_balancing }: Snapshot): void {
  const subnet = { VpcId: VPC, OwnerId: "123456789012" };
  ec2?.Subnets.push(
    { ...subnet, SubnetId: "subnet-0b000002", AvailabilityZone: "us-east-1b", CidrBlock: "10.0.3.0/24" },
    { ...subnet, SubnetId: "subnet-0c000001", AvailabilityZone: "us-east-1a", CidrBlock: "10.0.0.0/24" },
    { ...subnet, SubnetId: "subnet-0c000002", AvailabilityZone: "us-east-1b", CidrBlock: "10.0.1.0/24" },
  );
  ec2?.RouteTables.push(
    {
      ...{ RouteTableId: "rtb-0a000001", VpcId: VPC, Associations: [{ Main: true }] },
      Routes: [{ DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-0a000001" }],
    },
    {
      ...{ RouteTableId: "rtb-0a000002", VpcId: VPC },
      Associations: [{ SubnetId: "subnet-0c000001" }, { SubnetId: "subnet-0c000002" }],
      Routes: [{ DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-0a000001" }],
    },
  );
  for (const one of elastic_load_balancing?.LoadBalancers ?? []) {
    one.DNSName = "shop-1.elb.us-east-1.amazonaws.com";
    one.AvailabilityZones = [
      { SubnetId: "subnet-0c000001", ZoneName: "us-east-1a" },
      { SubnetId: "subnet-0c000002", ZoneName: "us-east-1b" },
    ];
    for (const listener of one.Listeners ?? []) listener.Protocol ??= "HTTP";
  }
}

const RULES: readonly Sketch[] = [{ priority: "default" }];

/** An account with an application behind the entry point, and no node. */
export function accountOf(scenario: Scenario, change: Change = () => undefined, rules = RULES): Snapshot {
  const document =
    scenario === "alb" ? snapshotWith(rules, withRoutes) : networkSnapshotWith([{ port: 80 }], withRoutes);
  const snapshot = SNAPSHOT.parse({ ...document, ...EDGES[scenario] });
  change(snapshot);
  return snapshot;
}

const URI = "http://shop.example.com/orders";
const EDGES: Readonly<Partial<Record<Scenario, object>>> = {
  "http-api": {
    api_gateway_http: {
      ...{ VpcLinks: [], DomainNames: [] },
      Apis: [
        {
          ...{ ApiId: IDS["http-api"], Name: "shop", ProtocolType: "HTTP" },
          Stages: [{ StageName: "$default", AutoDeploy: true }],
          Routes: [{ RouteId: "r1", RouteKey: "GET /orders", Target: "integrations/i1" }],
          Integrations: [{ IntegrationId: "i1", IntegrationType: "HTTP_PROXY", IntegrationUri: URI }],
        },
      ],
    },
  },
  "rest-api": {
    api_gateway_rest: {
      ...{ vpcLinks: [], domainNames: [] },
      restApis: [
        {
          ...{ id: IDS["rest-api"], name: "shop", stages: [{ stageName: "live", deploymentId: "d1" }] },
          resources: [
            {
              ...{ id: "r1", path: "/orders" },
              resourceMethods: {
                GET: { methodIntegration: { type: "HTTP_PROXY", httpMethod: "GET", uri: URI } },
              },
            },
          ],
        },
      ],
    },
  },
  cloudfront: {
    cloudfront: {
      ...{ ContinuousDeploymentPolicies: [], VpcOrigins: [], Functions: [] },
      Distributions: [
        {
          ...{ Id: IDS.cloudfront, DomainName: "d1.cloudfront.net" },
          DistributionConfig: {
            Aliases: { Quantity: 1, Items: ["shop.example.com"] },
            DefaultCacheBehavior: { TargetOriginId: "shop" },
            Origins: {
              Quantity: 1,
              Items: [
                {
                  ...{ Id: "shop", DomainName: "shop-1.elb.us-east-1.amazonaws.com" },
                  CustomOriginConfig: {
                    ...{ HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "http-only", OriginReadTimeout: 45 },
                    OriginSslProtocols: { Quantity: 1, Items: ["TLSv1.2"] },
                  },
                },
              ],
            },
          },
        },
      ],
    },
  },
};
