/** The origins of a distribution in the configuration: as they are today, and who serves each at 100 percent. */
import { Snapshot } from "../../account/snapshot";
import { Behavior, behaviorsOf, Distribution, Origin } from "../../model/distributions";
import { LoadBalancer } from "../../model/rules";
import { printLiteral } from "../../synth/language/print/hcl";
import { CloudFrontWanted, Entry, Wanted } from "../composition";
import { body, comment, Fields, reference, Value } from "../hcl";
import { listed, Refusal, UnreadRefusal } from "../refusal";

export interface JudgedOrigin {
  readonly id: string;
  readonly words: string;
  readonly servedBy: "node" | "application" | "other";
  /** Why the node does not serve it. */
  readonly reason: string | null;
  readonly behaviors: readonly Behavior[];
  /** What the node replaces: the domain name and how CloudFront connects, as they are without the node. */
  readonly connection: Connection;
  /** To which CloudFront connects without the node. Null: those of the VPC origin. */
  readonly ports: readonly number[] | null;
  readonly origin: Origin;
  /** In this account and Region. Null: nothing tells what it leads to. */
  readonly loadBalancer: LoadBalancer | null;
  readonly headerNames: readonly string[];
}

export function isCovered({ servedBy }: JudgedOrigin): boolean {
  return servedBy === "node";
}

/** Fields of the module's input, which onboard.json keeps. */
type Connection = { readonly domain_name: string } & Fields;

/** How a distribution reaches the node. */
export interface Entrance {
  readonly domainName: string;
  /** ARN of the internal load balancer, or null over the internet. */
  readonly endpointArn: string | null;
}

/** Its value is in no file. */
export const SECRET_HEADER = "X-CloudFront-Secret";

/** @throws Refusal */
export function judgedOrigins(
  { DistributionConfig: config, Id }: Distribution,
  snapshot: Snapshot,
  { domainName, endpointArn }: Entrance,
  { applicationOrigins, remembered }: Wanted & CloudFrontWanted,
): JudgedOrigin[] {
  if (config === null) throw new UnreadRefusal(`The configuration of ${Id} could not be read. Read it again.`);
  const origins = config.Origins.Items ?? [];
  const missing = applicationOrigins.filter((id) => !origins.some((origin) => origin.Id === id));
  if (missing.length > 0)
    throw new Refusal(
      `The distribution ${Id} has no origins ${missing.join(", ")}. Its origins: ${listed(origins.map((one) => one.Id))}.`,
    );
  const behaviors = behaviorsOf(config);
  return origins.map((origin) => {
    const then = remembered[entryId(origin.Id)]?.target;
    const isMoved =
      endpointArn === null
        ? origin.DomainName.toLowerCase() === domainName.toLowerCase()
        : origin.VpcOriginConfig !== undefined && vpcOriginArn(origin, snapshot) === endpointArn;
    if (isMoved && (then === undefined || then === null)) throw new Refusal(alreadyThere(origin, domainName));
    const connection = isMoved && then ? (JSON.parse(then) as Connection) : connectionOf(origin);
    const loadBalancer = loadBalancerOf(connection, origin, snapshot, isMoved);
    const used = behaviors.filter(({ originIds }) => originIds.includes(origin.Id));
    const patterns = used.map(({ pattern }) => pattern).join(", ") || "no behavior";
    return {
      ...judgedOrigin(origin, connection, loadBalancer, applicationOrigins),
      ...{ id: origin.Id, origin, connection, ports: portsOf(connection), loadBalancer, behaviors: used },
      words: `origin ${origin.Id} of ${patterns} → ${connection.domain_name}`,
      headerNames: (origin.CustomHeaders?.Items ?? [])
        .map(({ HeaderName }) => HeaderName)
        .filter((name) => name.toLowerCase() !== SECRET_HEADER.toLowerCase()),
    };
  });
}

function alreadyThere({ Id, DomainName }: Origin, domainName: string): string {
  return `The origin ${Id} is ${DomainName}, which is the node, and nothing tells what it was. If ${domainName} is a load balancer that serves the application today, put the node behind it: onboard alb ARN, and then examples/cloudfront/alb-origin. Otherwise, restore onboard.json from version control, or let the owner of the distribution go back first.`;
}

type Verdict = Pick<JudgedOrigin, "servedBy" | "reason">;

function judgedOrigin(
  { Id, S3OriginConfig, CustomOriginConfig, VpcOriginConfig }: Origin,
  { domain_name }: Connection,
  loadBalancer: LoadBalancer | null,
  applicationOrigins: readonly string[],
): Verdict {
  const isNamed = applicationOrigins.includes(Id);
  const isBucket = CustomOriginConfig === undefined && VpcOriginConfig === undefined && S3OriginConfig !== undefined;
  if (isBucket) {
    if (isNamed) throw new Refusal(`The origin ${Id} is the bucket ${domain_name}, which a node cannot serve.`);
    return { servedBy: "other", reason: "It is a bucket, which a node cannot serve." };
  }
  if (isNamed || (applicationOrigins.length === 0 && loadBalancer !== null)) return { servedBy: "node", reason: null };
  if (applicationOrigins.length > 0)
    return {
      servedBy: "other",
      reason: "It is not one of --application-origins, so it does not serve the application.",
    };
  const service = SERVICES.find(([name]) => name.test(domain_name))?.[1];
  if (service !== undefined)
    return { servedBy: "other", reason: `It is ${service}, in front of which no node can stand.` };
  return {
    servedBy: "application",
    reason:
      "No load balancer in this account and Region has this name, so nothing tells whether it leads to the application. Name all origins that do: --application-origins.",
  };
}

/** Names of services of AWS that answer by themselves. */
const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/\.s3[.-][^/]*amazonaws\.com(\.cn)?$/, "a bucket"],
  [/\.lambda-url\.[^.]+\.on\.aws$/, "the URL of a Lambda function"],
  [
    /\.execute-api\.[^.]+\.amazonaws\.com(\.cn)?$/,
    "an API, which can have a node of its own (onboard http-api, rest-api)",
  ],
  [/\.(mediastore|mediapackage|mediapackagev2)\.[^/]*amazonaws\.com$/, "a media service"],
];

function loadBalancerOf(
  { domain_name }: Connection,
  origin: Origin,
  snapshot: Snapshot,
  isMoved: boolean,
): LoadBalancer | null {
  const all = snapshot.elastic_load_balancing?.LoadBalancers ?? [];
  const byName = all.find(
    ({ DNSName }) => DNSName?.toLowerCase() === domain_name.toLowerCase().replace(/^dualstack\./, ""),
  );
  if (byName !== undefined || isMoved) return byName ?? null;
  const arn = vpcOriginArn(origin, snapshot);
  return all.find(({ LoadBalancerArn }) => LoadBalancerArn === arn) ?? null;
}

function vpcOriginArn({ VpcOriginConfig }: Origin, { cloudfront }: Snapshot): string | undefined {
  const found = cloudfront?.VpcOrigins.find(({ Id }) => Id === VpcOriginConfig?.VpcOriginId);
  return found?.VpcOriginEndpointConfig?.Arn;
}

function connectionOf({ DomainName, OriginAccessControlId = "", ...origin }: Origin): Connection {
  const { CustomOriginConfig: custom, VpcOriginConfig: vpc, S3OriginConfig: bucket } = origin;
  const timeouts = (of: { OriginReadTimeout?: number | undefined; OriginKeepaliveTimeout?: number | undefined }) => ({
    ...unless("origin_read_timeout", of.OriginReadTimeout, 30),
    ...unless("origin_keepalive_timeout", of.OriginKeepaliveTimeout, 5),
  });
  return {
    domain_name: DomainName,
    ...(custom && {
      custom_origin_config: {
        ...unless("http_port", custom.HTTPPort, 80),
        ...unless("https_port", custom.HTTPSPort, 443),
        ...unless("origin_protocol_policy", custom.OriginProtocolPolicy, "https-only"),
        ...tlsVersions(custom.OriginSslProtocols?.Items ?? []),
        ...timeouts(custom),
      },
    }),
    ...(vpc && { vpc_origin_config: { vpc_origin_id: vpc.VpcOriginId, ...timeouts(vpc) } }),
    ...(bucket && OriginAccessControlId === ""
      ? { s3_origin_config: unless("origin_access_identity", bucket.OriginAccessIdentity, "") }
      : {}),
  };
}

/** With match-viewer, CloudFront uses the port for the protocol of the viewer's request. */
function portsOf({ custom_origin_config }: Connection): number[] | null {
  if (custom_origin_config === undefined) return null;
  const {
    http_port = 80,
    https_port = 443,
    origin_protocol_policy: policy = "https-only",
  } = custom_origin_config as {
    readonly http_port?: number;
    readonly https_port?: number;
    readonly origin_protocol_policy?: string;
  };
  return [...(policy === "https-only" ? [] : [http_port]), ...(policy === "http-only" ? [] : [https_port])];
}

function tlsVersions(versions: readonly string[]): Fields {
  const isDefault = versions.length === 1 && versions[0] === "TLSv1.2";
  return isDefault ? {} : { origin_ssl_protocols: [...versions].sort() };
}

/** Only what is not the default of the module. */
function unless<V extends Value>(name: string, value: V | undefined, standard: V): Fields {
  return value === undefined || value === standard ? {} : { [name]: value };
}

export const entryId = (originId: string) => `origin ${originId}`;

export function entryOf({ id, words, servedBy, reason, connection }: JudgedOrigin): Entry {
  return {
    ...{ id: entryId(id), words, reason, priority: null },
    key: servedBy === "node" ? id : null,
    needsOwner: servedBy === "application",
    target: JSON.stringify(connection),
  };
}

/** @param withHeaders whether the module sets the origins, and so needs their headers */
export function originsFile(origins: readonly JudgedOrigin[], id: string, withHeaders: boolean): string {
  const texts = origins.map((origin) => {
    const { words, reason, servedBy } = origin;
    const left =
      reason === null ? words : `${words}. Served by ${servedBy === "other" ? "itself" : "the application"}: ${reason}`;
    return `${comment(left)}\n${body({ [origin.id]: argumentOf(origin, withHeaders) })}\n`;
  });
  return [
    comment(
      `All origins of ${id}, as they are today. To write this file again, run "onboard" with the arguments in onboard.json. "onboard --check" lists what has changed in the account since then.`,
    ),
    `locals {\norigins = {\n${texts.join("\n")}}\n}`,
  ].join("\n");
}

function argumentOf({ id, origin, servedBy, connection, headerNames }: JudgedOrigin, withHeaders: boolean): Fields {
  const { OriginPath = "", ConnectionAttempts, ConnectionTimeout, OriginShield, OriginAccessControlId = "" } = origin;
  const { domain_name, ...config } = connection;
  const headers = Object.fromEntries(
    headerNames.map((name) => [
      name,
      reference(`var.origin_header_values[${printLiteral(id)}][${printLiteral(name)}]`),
    ]),
  );
  return {
    domain_name,
    ...unless<string>("served_by", servedBy, "node"),
    ...unless("origin_path", OriginPath, ""),
    ...unless("connection_attempts", ConnectionAttempts, 3),
    ...unless("connection_timeout", ConnectionTimeout, 10),
    ...(withHeaders && headerNames.length > 0 ? { custom_headers: headers } : {}),
    ...(OriginShield?.Enabled === true ? { origin_shield_region: OriginShield.OriginShieldRegion ?? "" } : {}),
    ...config,
    ...unless("origin_access_control_id", OriginAccessControlId, ""),
  };
}
