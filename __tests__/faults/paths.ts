import type { Rule } from "@aws-sdk/client-elastic-load-balancing-v2";
import type * as z from "zod";
import type { HTTP_INTEGRATION } from "../../account/schema/api-gateway";
import type { ORIGIN } from "../../account/schema/cloudfront";
import type { ACTION } from "../../account/schema/load-balancing";
import { matchingRule, type Request } from "../modules/matching-rule";
import { entrancesOf } from "./entrances";
import { restAnswers } from "./rest";
import { digest, type View } from "./view";
import type { World } from "./world";

/** Where a request goes. */
export interface Answer {
  /** "application 90, node 10", or "403". The same in every run. */
  readonly words: string;
  /** The target groups that get requests. */
  readonly targetGroupArns: readonly string[];
}

export const SECRETS = { blue: "b".repeat(40), green: "g".repeat(40) } as const;

const header = (color: keyof typeof SECRETS) => ({
  headers: [["X-CloudFront-Secret", digest(SECRETS[color])]] as const,
});

/** A request of each kind that the load balancer tells from others. */
const REQUESTS: Readonly<Record<string, Request>> = {
  "shop.example.com/": { host: "shop.example.com" },
  "www.example.com/api/orders": { host: "www.example.com", path: "/api/orders" },
  "www.example.com/reports/1": { host: "www.example.com", path: "/reports/1" },
  "www.example.com/": { host: "www.example.com" },
};

/** What clients connect to. A network ACL cuts off all entry points but one, and is meant to. */
export type EntryPoint = "ALB" | "NLB" | "CloudFront" | "API";

/** What happens to each request by an entry point, by its name. */
export function answersOf(view: View, { ids }: World, entryPoint: EntryPoint): Map<string, Answer> {
  const all = [...allAnswers(view, ids)];
  return new Map(all.filter(([name]) => name.startsWith(entryPoint)));
}

function allAnswers(view: View, ids: World["ids"]): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  const arnOf = (name: string) => ids[`load-balancer.${name}`];
  for (const loadBalancer of view.elastic_load_balancing?.LoadBalancers ?? []) {
    for (const { DefaultActions, Rules } of loadBalancer.Listeners ?? []) {
      if (loadBalancer.LoadBalancerArn === arnOf("stream")) answers.set("NLB", answerOf(DefaultActions, ids));
      if (loadBalancer.LoadBalancerArn !== arnOf("shop")) continue;
      for (const [name, request] of Object.entries(REQUESTS)) {
        const first = (headers: object) => matchingRule(Rules as Rule[], { ...request, ...headers }).Actions ?? [];
        answers.set(`ALB, ${name}`, answerOf(first({}) as Action[], ids));
        for (const color of ["blue", "green"] as const)
          answers.set(`ALB, ${name} with ${color}`, answerOf(first(header(color)) as Action[], ids));
      }
    }
  }
  for (const { Id, DistributionConfig } of view.cloudfront?.Distributions ?? []) {
    const name = Id === ids.distribution ? "CloudFront" : "CloudFront, new";
    for (const origin of DistributionConfig?.Origins.Items ?? [])
      answers.set(`${name}, origin ${origin.Id}`, other(inWords(origin)));
  }
  for (const { Routes, Integrations } of view.api_gateway_http?.Apis ?? []) {
    for (const { RouteKey, Target } of Routes) {
      const found = Integrations.find(({ IntegrationId }) => Target === `integrations/${IntegrationId}`);
      answers.set(`API, ${RouteKey}`, other(found ? integrationInWords(found) : `${Target}, which does not exist`));
    }
  }
  for (const { default: endpoint, domains } of entrancesOf(view)) {
    answers.set("API, at the default endpoint", other(endpoint));
    for (const domain of domains) answers.set(`API, at ${domain}`, other("mapped"));
  }
  for (const [request, words] of restAnswers(view)) answers.set(`API, ${request}`, other(words));
  return answers;
}

type Action = z.infer<typeof ACTION>;
type Integration = z.infer<typeof HTTP_INTEGRATION>;

function answerOf(actions: readonly Action[], ids: World["ids"]): Answer {
  const action = actions.at(-1);
  if (action?.Type !== "forward") return other(action?.FixedResponseConfig?.StatusCode ?? String(action?.Type));
  const weighted = weightedGroups(action);
  const words = weighted.map(({ TargetGroupArn, Weight = 1 }) => {
    const name = isApplication(TargetGroupArn, ids) ? "application" : "node";
    return weighted.length > 1 ? `${name} ${Weight}` : name;
  });
  return { words: words.sort().join(", "), targetGroupArns: weighted.map(({ TargetGroupArn }) => TargetGroupArn) };
}

/** The target groups that get requests by these actions. */
export function targetGroupsOf(actions: readonly Action[]): string[] {
  const forwards = actions.filter(({ Type }) => Type === "forward");
  return forwards.flatMap(weightedGroups).map(({ TargetGroupArn }) => TargetGroupArn);
}

function weightedGroups({ ForwardConfig, TargetGroupArn }: Action) {
  const groups = ForwardConfig?.TargetGroups ?? [{ TargetGroupArn: String(TargetGroupArn), Weight: 1 }];
  return groups.filter(({ Weight = 1 }) => Weight > 0);
}

export function isApplication(targetGroupArn: string, ids: World["ids"]): boolean {
  return [ids["target-group.shop"], ids["target-group.stream"]].includes(targetGroupArn);
}

function other(words: string): Answer {
  return { words, targetGroupArns: [] };
}

function inWords({ DomainName, CustomHeaders, CustomOriginConfig, VpcOriginConfig }: z.infer<typeof ORIGIN>) {
  const way = VpcOriginConfig === undefined ? `:${CustomOriginConfig?.HTTPSPort}` : " by VPC_ORIGIN";
  return `${DomainName}${way} with ${JSON.stringify(CustomHeaders?.Items ?? [])}`;
}

/** The API answers the parameters in any order. */
function integrationInWords({ ConnectionType, IntegrationUri, RequestParameters = {} }: Integration): string {
  const parameters = Object.entries(RequestParameters).sort();
  return JSON.stringify({ ConnectionType, IntegrationUri, parameters });
}
