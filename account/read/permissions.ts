/** The IAM actions of the calls that read an account. */
import { CALLS as HTTP_APIS } from "./api-gateway-http";
import { CALLS as REST_APIS } from "./api-gateway-rest";
import { CALLS as AUTO_SCALING } from "./auto-scaling";
import { CALLS as CLOUDFRONT } from "./cloudfront";
import { CALLS as EC2 } from "./ec2";
import { CALLS as ECS } from "./ecs";
import { CALLS as LOAD_BALANCING } from "./load-balancing";
import { Service } from "./read";

/** What a call is called in a snapshot, and its permission if IAM has another name. */
interface Named {
  readonly action: string;
  readonly permission?: string;
}

/** All calls, by service. */
export const CALLS: Readonly<Record<Service, Readonly<Record<string, Named>>>> = {
  ec2: EC2,
  elastic_load_balancing: LOAD_BALANCING,
  auto_scaling: AUTO_SCALING,
  ecs: ECS,
  cloudfront: CLOUDFRONT,
  api_gateway_rest: REST_APIS,
  api_gateway_http: HTTP_APIS,
};

export function actionsOf(services: readonly Service[]): string[] {
  const calls = services.flatMap((service) => Object.values(CALLS[service]));
  return [...new Set(calls.map(({ action, permission }) => permission ?? action))].sort();
}

/** A policy for the role that reads an account. The actions do not support resource-level permissions, or are for all resources. */
export function policyOf(services: readonly Service[]): object {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actionsOf(services), Resource: "*" }] };
}
