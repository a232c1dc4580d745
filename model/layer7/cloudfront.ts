/** Distributions whose origins lead to the application: behaviors, failover, staging, VPC origins, and edge functions. */
import * as z from "zod";
import { DISTRIBUTION } from "../../account/schema/cloudfront";
import { Unknown } from "../fact";
import { Lock } from "../network/ways";
import { Edge } from "../witness";
import { Caller } from "./caller";
import { Layer7 } from "./balancers";
import { Account, Deliveries, Delivery } from "./deliveries";
import { EdgeTarget, throughEdge } from "./edges";
import { overlap } from "./rule-order";

export type Distribution = z.infer<typeof DISTRIBUTION>;

const items = <Item extends z.ZodType>(item: Item) => z.object({ Items: z.array(item).optional() }).optional();
const BEHAVIOR = z.object({
  PathPattern: z.string().optional(),
  TargetOriginId: z.string(),
  LambdaFunctionAssociations: items(z.object({ LambdaFunctionARN: z.string(), EventType: z.string() })),
  FunctionAssociations: items(z.object({ FunctionARN: z.string(), EventType: z.string() })),
});
/** The parts that decide where requests go. The snapshot keeps configurations whole. */
const CONFIG = z.object({
  DefaultCacheBehavior: BEHAVIOR,
  CacheBehaviors: items(BEHAVIOR),
  OriginGroups: items(z.object({ Id: z.string(), Members: items(z.object({ OriginId: z.string() })) })),
  Origins: z.object({
    Items: z
      .array(
        z.object({
          Id: z.string(),
          DomainName: z.string(),
          VpcOriginConfig: z.object({ VpcOriginId: z.string() }).optional(),
          CustomHeaders: items(z.object({ HeaderName: z.string(), HeaderValue: z.string() })),
        }),
      )
      .optional(),
  }),
});

type Origin = NonNullable<z.infer<typeof CONFIG>["Origins"]["Items"]>[number];
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
  const { Id, DistributionConfig } = distribution;
  const { data } = CONFIG.safeParse(DistributionConfig);
  if (data === undefined) return null;
  if (DistributionConfig?.Enabled === false) return { origins: [], functions: [] };
  const behaviors = [data.DefaultCacheBehavior, ...(data.CacheBehaviors?.Items ?? [])];
  const groups = new Map(
    (data.OriginGroups?.Items ?? []).map((one) => [one.Id, (one.Members?.Items ?? []).map(({ OriginId }) => OriginId)]),
  );
  const uses = behaviors.flatMap(({ PathPattern, TargetOriginId }) => {
    const by: By = PathPattern === undefined ? "default behavior" : "cache behavior";
    const [first = TargetOriginId, ...failover] = groups.get(TargetOriginId) ?? [TargetOriginId];
    const place = PathPattern === undefined ? by : `${by} ${PathPattern}`;
    return [
      { id: first, by, place },
      ...failover.map((id) => ({ id, by: "failover" as const, place: `failover of the ${place}` })),
    ];
  });
  const isEntryPoint = account.roles.entryPoints.some(({ fields }) => fields.distribution_id === Id);
  return {
    origins: uses.flatMap(({ id, by, place }) => {
      const origin = data.Origins.Items?.find((one) => one.Id === id);
      return origin === undefined ? [] : targetOf(origin, { by, place, isEntryPoint, distribution }, account);
    }),
    functions: isEntryPoint ? behaviors.flatMap((behavior) => edgeFunctions(Id, behavior)) : [],
  };
}

/** A function may choose another origin for each request. */
function edgeFunctions(id: string, behavior: z.infer<typeof BEHAVIOR>): Unknown[] {
  const functions = [
    ...(behavior.FunctionAssociations?.Items ?? []).map((one) => ({ arn: one.FunctionARN, event: one.EventType })),
    ...(behavior.LambdaFunctionAssociations?.Items ?? []).map((one) => ({
      arn: one.LambdaFunctionARN,
      event: one.EventType,
    })),
  ];
  return functions
    .filter(({ event }) => event.endsWith("-request"))
    .map(({ arn, event }) => ({
      words: `The distribution ${id} runs ${arn} at ${event}, which may choose another origin.`,
      ...{ resource: arn, action: ACTION },
    }));
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
