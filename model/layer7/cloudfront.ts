/** Distributions whose origins lead to the application: behaviors, failover, staging, VPC origins, and edge functions. */
import { behaviorsOf, DEFAULT, Distribution, EdgeFunction, Origin } from "../distributions";
import { Unknown } from "../fact";
import { Lock } from "../network/ways";
import { Edge } from "../witness";
import { Caller } from "./caller";
import { Layer7 } from "./balancers";
import { Account, Deliveries, Delivery } from "./deliveries";
import { EdgeTarget, throughEdge } from "./edges";
import { overlap } from "./rule-order";

type By = Extract<Edge, { kind: "cloudfront" }>["by"];

export function throughCloudFront(
  account: Account,
  deliveries: ReadonlyMap<string, Deliveries>,
  securityGroups: Lock,
): Layer7 {
  const all = (account.snapshot.cloudfront?.Distributions ?? []).map((distribution) => {
    const used = usedOrigins(distribution, account);
    if (used === null) return { witnesses: [], open: [], lockUnknowns: [unreadable(distribution)] };
    const found = used.origins.map((target) => throughEdge(target, account, deliveries, securityGroups));
    return {
      witnesses: found.flatMap(({ witnesses }) => witnesses),
      open: found.flatMap(({ open }) => open),
      lockUnknowns: used.functions,
    };
  });
  return {
    witnesses: all.flatMap(({ witnesses }) => witnesses),
    open: all.flatMap(({ open }) => open),
    lockUnknowns: all.flatMap(({ lockUnknowns }) => lockUnknowns),
    unknowns: [],
  };
}

function unreadable({ Id }: Distribution): Unknown {
  return { words: `The configuration of the distribution ${Id} was not read.`, resource: Id, action: ACTION };
}

const ACTION = "cloudfront:GetDistributionConfig";

/** @returns null if the configuration is not known */
function usedOrigins(distribution: Distribution, account: Account) {
  const { Id, DistributionConfig: config } = distribution;
  if (config?.DefaultCacheBehavior === undefined) return null;
  if (config.Enabled === false) return { origins: [], functions: [] };
  const behaviors = behaviorsOf(config);
  const uses = behaviors.flatMap(({ pattern, originIds }) => {
    const by: By = pattern === DEFAULT ? "default behavior" : "cache behavior";
    const place = pattern === DEFAULT ? by : `${by} ${pattern}`;
    return originIds.map((id, index) =>
      index === 0 ? { id, by, place } : { id, by: "failover" as const, place: `failover of the ${place}` },
    );
  });
  const isEntryPoint = account.roles.entryPoints.some(({ fields }) => fields.distribution_id === Id);
  return {
    origins: uses.flatMap(({ id, by, place }) => {
      const origin = config.Origins.Items?.find((one) => one.Id === id);
      return origin === undefined ? [] : targetOf(origin, { by, place, isEntryPoint, distribution }, account);
    }),
    functions: isEntryPoint ? behaviors.flatMap(({ functions }) => functions.flatMap((one) => unknownOf(Id, one))) : [],
  };
}

/** A function may choose another origin for each request. */
function unknownOf(id: string, { arn, event }: EdgeFunction): Unknown[] {
  if (!event.endsWith("-request")) return [];
  const words = `The distribution ${id} runs ${arn} at ${event}, which may choose another origin.`;
  return [{ words, resource: arn, action: ACTION }];
}

function targetOf(
  origin: Origin,
  use: { by: By; place: string; isEntryPoint: boolean; distribution: Distribution },
  { snapshot, index, roles }: Account,
): EdgeTarget[] {
  const { Id, DistributionConfig } = use.distribution;
  const vpcOrigin = snapshot.cloudfront?.VpcOrigins.find((one) => one.Id === origin.VpcOriginConfig?.VpcOriginId);
  const name = origin.DomainName.toLowerCase().replace(/^dualstack\./, "");
  const loadBalancer =
    index.loadBalancers.get(vpcOrigin?.VpcOriginEndpointConfig?.Arn ?? "") ?? index.loadBalancersByName.get(name);
  if (loadBalancer === undefined) return [];
  const entryPoint = roles.entryPoints.find(
    ({ fields, percent }) => percent < 100 && fields.distribution_id === Id && fields.domain_name === origin.DomainName,
  );
  const isVpcOrigin = origin.VpcOriginConfig !== undefined;
  return [
    {
      loadBalancerArn: loadBalancer.LoadBalancerArn,
      listenerArn: null,
      isFrom: isVpcOrigin ? ({ kind }) => kind === "interface" || kind === "vpc" : isCloudFront(snapshot),
      edge: {
        ...{ kind: "cloudfront", distributionId: Id, originId: origin.Id, by: use.by },
        ...{ isVpcOrigin, isEntryPoint: use.isEntryPoint, isStaging: DistributionConfig?.Staging === true },
      },
      words: `distribution ${Id}: ${use.place} → origin ${origin.Id} (${origin.DomainName})`,
      resource: Id,
      action: ACTION,
      intended: entryPoint === undefined ? null : `by node_traffic_percent = ${entryPoint.percent}`,
      mayUse: (delivery) => sends(origin, delivery),
    },
  ];
}

/** Who is admitted from the internet is CloudFront, too, if its addresses are. */
function isCloudFront({ ec2 }: Account["snapshot"]): (caller: Caller) => boolean {
  const list = ec2?.PrefixLists.find((one) => one.PrefixListName === "com.amazonaws.global.cloudfront.origin-facing");
  const blocks = list?.Entries?.map(({ Cidr }) => Cidr);
  return ({ kind, addresses }) =>
    kind === "internet" &&
    (blocks === undefined || addresses.some((one) => blocks.some((block) => overlap(one, block))));
}

/** Whether CloudFront sends the header that the rule demands. Equal values have equal digests. */
function sends({ CustomHeaders }: Origin, { rule }: Delivery): boolean {
  return (rule?.conditions ?? []).every(({ HttpHeaderConfig: demanded }) => {
    if (demanded === undefined) return true;
    const sent = CustomHeaders?.Items?.find(
      ({ HeaderName }) => HeaderName.toLowerCase() === demanded.HttpHeaderName.toLowerCase(),
    );
    return sent === undefined || (demanded.Values ?? [sent.HeaderValue]).includes(sent.HeaderValue);
  });
}
