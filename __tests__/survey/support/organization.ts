import { SNAPSHOT, type Snapshot } from "../../../account/snapshot";
import { secureSnapshot } from "../../audit/support/secure";
import * as kinds from "./kinds";

/** Forty applications of fourteen kinds, by account. */
const ACCOUNTS = [
  {
    ...{ id: "111111111111", region: "eu-central-1" },
    applications: {
      ...{ shop: kinds.autoScaling, cart: kinds.fargate, search: kinds.networkAcls, stock: kinds.sharedSubnets },
      ...{ prices: kinds.twoTargetGroups, orders: kinds.blueGreen, admin: kinds.login, portal: kinds.numberedRules },
      ...{ mail: kinds.network, legacy: kinds.networkChain, cluster: kinds.kubernetes, web: kinds.distribution },
      ...{ mobile: kinds.httpApi, partner: kinds.restApi },
    },
  },
  {
    ...{ id: "222222222222", region: "us-east-1" },
    applications: {
      ...{ billing: kinds.autoScaling, invoices: kinds.fargate, ledger: kinds.networkAcls, tax: kinds.sharedSubnets },
      ...{
        payments: kinds.twoTargetGroups,
        refunds: kinds.blueGreen,
        audit: kinds.login,
        reports: kinds.numberedRules,
      },
      ...{ sftp: kinds.network, bank: kinds.networkChain, batch: kinds.kubernetes, docs: kinds.distribution },
      ...{ app: kinds.httpApi, feeds: kinds.restApi },
    },
  },
  {
    ...{ id: "333333333333", region: "eu-west-1" },
    applications: {
      ...{ "customer-portal-blue": kinds.plain, "customer-portal-green": kinds.plain, blog: kinds.autoScaling },
      ...{ forum: kinds.fargate, events: kinds.twoTargetGroups, tickets: kinds.blueGreen, sso: kinds.login },
      ...{ games: kinds.numberedRules, chat: kinds.network, voice: kinds.unreadNetwork, video: kinds.kubernetes },
      news: kinds.distribution,
    },
  },
] as const;

export const APPLICATIONS = ACCOUNTS.flatMap(({ applications }) => Object.keys(applications));

/** A document of each account. @param more what each account has beside its applications */
export function organization(...more: readonly kinds.Kind[]): Snapshot[] {
  return ACCOUNTS.map(({ id, region, applications }) => {
    const parts = Object.entries(applications).flatMap(([name, kind], number) => kind(name, number));
    return accountWith([...parts, ...more.flatMap((kind) => kind("more", 50))], id, region);
  });
}

/** An account with a network alone, and what is added to it. */
export function accountWith(parts: readonly kinds.Part[], id = "123456789012", region = "us-east-1"): Snapshot {
  const { ec2, ...secure } = secureSnapshot();
  if (ec2 === null) throw new Error("The secure account is not whole.");
  const network = { ...ec2, NetworkInterfaces: [], SecurityGroups: [], SecurityGroupRules: [] };
  const nothing = {
    ...{ elastic_load_balancing: { LoadBalancers: [], TargetGroups: [] } },
    ...{ auto_scaling: { AutoScalingGroups: [] }, ecs: { services: [] } },
    cloudfront: { Distributions: [], ContinuousDeploymentPolicies: [], VpcOrigins: [], Functions: [] },
    api_gateway_rest: { restApis: [], vpcLinks: [], domainNames: [] },
    api_gateway_http: { Apis: [], VpcLinks: [], DomainNames: [] },
  };
  const text = JSON.stringify(added({ ...secure, ...nothing, ec2: network }, parts));
  return SNAPSHOT.parse(JSON.parse(text.replaceAll("123456789012", id).replaceAll("us-east-1", region)));
}

/** @returns a document whose lists have what the parts add */
function added(document: object, parts: readonly kinds.Part[]): object {
  const copy = structuredClone(document) as Record<string, Record<string, object[]>>;
  for (const part of parts)
    for (const [service, lists] of Object.entries(part))
      for (const [name, items] of Object.entries(lists)) copy[service]?.[name]?.push(...structuredClone(items));
  return copy;
}
