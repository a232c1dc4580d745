/** Reads an account in a Region: the only entrance to the AWS SDK. */
import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { ApiGatewayV2Client } from "@aws-sdk/client-apigatewayv2";
import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ECSClient } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { Digest } from "../schema/digest";
import { Snapshot, Unread, VERSION } from "../snapshot";
import { ClientSettings } from "./access";
import { readHttpApis } from "./api-gateway-http";
import { readRestApis } from "./api-gateway-rest";
import { readAutoScaling } from "./auto-scaling";
import { readCloudFront } from "./cloudfront";
import { readEc2 } from "./ec2";
import { readEcs } from "./ecs";
import { readLoadBalancing } from "./load-balancing";
import { Progress, Reader, Reading } from "./reader";

/** The services, by their names in a snapshot. */
export const SERVICES = [
  "ec2",
  "elastic_load_balancing",
  "auto_scaling",
  "ecs",
  "cloudfront",
  "api_gateway_rest",
  "api_gateway_http",
] as const;
export type Service = (typeof SERVICES)[number];

export interface Wanted {
  readonly services: readonly Service[];
  /** ARN of the load balancer of the application in question, or null for all. */
  readonly focus: string | null;
  readonly digest: Digest;
  readonly progress: Progress;
}

export async function readAccount(
  accountId: string,
  settings: ClientSettings,
  { services, focus, digest, progress }: Wanted,
): Promise<Snapshot> {
  const unread: Unread[] = [];
  const reading: Reading = { unread, digest, progress };
  const reader = <Client>(client: Client) => new Reader(client, reading);
  const ec2 = reader(new EC2Client(settings));
  const wanted = <Part>(service: Service, read: () => Promise<Part>) =>
    services.includes(service) ? read() : Promise.resolve(null);
  const read_at = new Date().toISOString();

  const [ec2Part, loadBalancing, autoScaling, ecs, cloudFront, rest, http] = await Promise.all([
    wanted("ec2", () => readEc2(ec2)),
    wanted("elastic_load_balancing", () =>
      readLoadBalancing(reader(new ElasticLoadBalancingV2Client(settings)), focus),
    ),
    wanted("auto_scaling", () => readAutoScaling(reader(new AutoScalingClient(settings)), ec2)),
    wanted("ecs", () => readEcs(reader(new ECSClient(settings)))),
    wanted("cloudfront", () => readCloudFront(reader(new CloudFrontClient(settings)))),
    wanted("api_gateway_rest", () => readRestApis(reader(new APIGatewayClient(settings)))),
    wanted("api_gateway_http", () => readHttpApis(reader(new ApiGatewayV2Client(settings)))),
  ]);
  return {
    schema_version: VERSION,
    account_id: accountId,
    region: settings.region,
    read_at,
    focus,
    unread: unread.sort((a, b) => order(a).localeCompare(order(b))),
    ec2: ec2Part,
    elastic_load_balancing: loadBalancing,
    auto_scaling: autoScaling,
    ecs,
    cloudfront: cloudFront,
    api_gateway_rest: rest,
    api_gateway_http: http,
  };
}

/** An account that cannot be read at all has a document too. */
export function unreadable(accountId: string, region: string, reason: Unread): Snapshot {
  const nothing = Object.fromEntries(SERVICES.map((service) => [service, null])) as Record<Service, null>;
  return {
    schema_version: VERSION,
    account_id: accountId,
    region,
    read_at: new Date().toISOString(),
    focus: null,
    unread: [reason],
    ...nothing,
  };
}

function order({ action, resource }: Unread): string {
  return `${action} ${resource ?? ""}`;
}
