import type { Service } from "../../account/read/read";
import type { Variables } from "../apply/harness/terraform";
import { type EntryPoint, SECRETS } from "./paths";

/** An apply. */
export interface Step {
  /** The step after which it is applied. Without it, nothing of ours is there. */
  readonly after?: string;
  readonly variables: Variables;
  readonly destroys?: true;
  /** The configuration gives back what the module has adopted, as its README says. */
  readonly releases?: true;
}

/** A root configuration in __tests__/faults/roots, and the applies of its runbook. */
export interface Scenario {
  /** What of the account the modules can change. */
  readonly services: readonly Service[];
  readonly entryPoint: EntryPoint;
  readonly steps: Readonly<Record<string, Step>>;
}

type Color = keyof typeof SECRETS;

const at = (node_traffic_percent: number, others: Variables = {}): Variables => ({ node_traffic_percent, ...others });

const LOAD_BALANCING: readonly Service[] = ["ec2", "elastic_load_balancing", "auto_scaling"];

const header = (enforced: boolean, ...colors: Color[]): Variables => ({
  secret_header: { enforced },
  secret_header_values: Object.fromEntries(colors.map((color) => [color, SECRETS[color]])),
});

/** What CloudFront or API Gateway sends, of the values that are accepted. */
const sending = (active: Color, ...colors: Color[]): Variables => ({
  secret_header: { name: "X-CloudFront-Secret", active },
  secret_header_values: Object.fromEntries(colors.map((color) => [color, SECRETS[color]])),
});

/** @param vpc_origin_exists whether the security group of VPC origins is there, which AWS creates with the first one */
const byVpcOrigin = (percent: number, vpc_origin_exists = true): Variables =>
  at(percent, { ...sending("blue", "blue"), vpc_origin_exists });

/** The certificates by which the node knows the API, of which it presents one. */
const presenting = (active: string, ...names: string[]): Variables => ({ backend_certificate: { active, names } });

const moved: Scenario["steps"] = {
  prepare: { variables: at(0) },
  cutover: { after: "prepare", variables: at(100) },
  back: { after: "cutover", variables: at(0) },
  "all at once": { variables: at(100) },
};

/** The same, with the header that CloudFront sends. */
const sent: Scenario["steps"] = {
  prepare: { variables: at(0, sending("blue", "blue")) },
  cutover: { after: "prepare", variables: at(100, sending("blue", "blue")) },
  "new port": { after: "cutover", variables: at(100, { ...sending("blue", "blue"), node_port: 8443 }) },
  rotation: { after: "cutover", variables: at(100, sending("green", "blue", "green")) },
  back: { after: "cutover", variables: at(0, sending("blue", "blue")) },
  "all at once": { variables: at(100, sending("blue", "blue")) },
};

/** Changes at 100. */
const changed = (changes: Readonly<Record<string, Variables>>, others: Variables = {}): Scenario["steps"] =>
  Object.fromEntries(
    Object.entries(changes).map(([name, variables]) => [
      name,
      { after: "cutover", variables: at(100, { ...others, ...variables }) },
    ]),
  );

const newName = { "new name": { name: "next-wallarm" } };
const newGroups = {
  "new group": { node_group: "sg.next-node" },
  "new application group": { application_group: "sg.next-application" },
};

/** The header that API Gateway sends, and a domain for clients with a certificate instead of the default endpoint. */
const closedApi: Scenario["steps"] = {
  "secret header": { after: "cutover", variables: at(100, sending("blue", "blue")) },
  rotation: { after: "secret header", variables: at(100, sending("green", "blue", "green")) },
  lockdown: { after: "cutover", variables: at(100, { default_endpoint: "disabled" }) },
  opening: { after: "lockdown", variables: at(100, { default_endpoint: "enabled" }) },
};

const released: Scenario["steps"] = { release: { after: "back", variables: at(0), releases: true } };

const byAddress: Scenario["steps"] = {
  "by address": { variables: at(100, { by_address: true }) },
  "new port by address": { after: "by address", variables: at(100, { by_address: true, node_port: 8080 }) },
};

const destroyed: Scenario["steps"] = {
  "destroy at 0": { after: "prepare", variables: at(0), destroys: true },
  "destroy at 100": { after: "cutover", variables: at(100), destroys: true },
};

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  alb: {
    services: LOAD_BALANCING,
    entryPoint: "ALB",
    steps: {
      prepare: { variables: at(0) },
      canary: { after: "prepare", variables: at(10) },
      cutover: { after: "prepare", variables: at(100) },
      ...changed({ "new port": { node_port: 8080 }, ...newGroups, ...newName }),
      ...byAddress,
      back: { after: "cutover", variables: at(0) },
      closed: { after: "prepare", variables: at(0, header(false, "blue")) },
      lockdown: { after: "closed", variables: at(100, header(true, "blue")) },
      rotation: { after: "lockdown", variables: at(100, header(true, "blue", "green")) },
      opening: { after: "lockdown", variables: at(0) },
      "all at once": { variables: at(100, header(true, "blue")) },
      "destroy at 0": { after: "prepare", variables: at(0), destroys: true },
      "destroy at 100": { after: "lockdown", variables: at(100, header(true, "blue")), destroys: true },
    },
  },
  "alb-owner": {
    services: LOAD_BALANCING,
    entryPoint: "ALB",
    steps: { ...moved, "new port": { after: "cutover", variables: at(100, { node_port: 8080 }) } },
  },
  "network-acl": {
    services: LOAD_BALANCING,
    entryPoint: "ALB",
    steps: {
      prepare: { variables: at(0, { network_acl: true }) },
      cutover: { after: "prepare", variables: at(100, { network_acl: true }) },
      back: { after: "cutover", variables: at(0, { network_acl: true }) },
      "back without it": { after: "cutover", variables: at(0) },
      opening: { after: "cutover", variables: at(100) },
      lockdown: { after: "opening", variables: at(100, { network_acl: true }) },
      "all at once": { variables: at(100, { network_acl: true }) },
      "destroy at 0": { after: "prepare", variables: at(0, { network_acl: true }), destroys: true },
      "destroy at 100": { after: "all at once", variables: at(100, { network_acl: true }), destroys: true },
    },
  },
  nlb: {
    services: LOAD_BALANCING,
    entryPoint: "NLB",
    steps: {
      ...moved,
      ...changed({ "new port": { node_port: 8080 }, ...newGroups }),
      ...byAddress,
      ...released,
    },
  },
  "api-gateway-http": {
    services: ["ec2", "elastic_load_balancing", "api_gateway_http"],
    entryPoint: "API",
    steps: {
      ...moved,
      ...changed({ "new subnets": { link_zones: ["a"] }, ...newGroups, ...newName }),
      ...changed({ "new load balancer": { load_balancer: { name: "next-node", port: 8080 } } }),
      "new route": { variables: at(100, { creates_route: true }) },
      ...closedApi,
      ...released,
    },
  },
  "api-gateway-http-owner": {
    services: ["ec2", "elastic_load_balancing", "api_gateway_http"],
    entryPoint: "API",
    steps: moved,
  },
  "api-gateway-rest": {
    services: ["ec2", "elastic_load_balancing", "api_gateway_rest"],
    entryPoint: "API",
    steps: {
      prepare: { variables: at(0) },
      canary: { after: "prepare", variables: at(10) },
      "canary to cutover": { after: "canary", variables: at(100) },
      cutover: { after: "prepare", variables: at(100) },
      renewal: { after: "cutover", variables: at(100, presenting("second", "first", "second")) },
      "second load balancer": { after: "cutover", variables: at(100, { load_balancers: ["link", "next-link"] }) },
      "new load balancer": {
        after: "second load balancer",
        variables: at(100, { load_balancers: ["link", "next-link"], load_balancer: "next-link" }),
      },
      "end of the renewal": { after: "renewal", variables: at(100, presenting("second", "second")) },
      ...closedApi,
      "canary to back": { after: "canary", variables: at(0) },
      back: { after: "cutover", variables: at(0) },
      "all at once": { variables: at(100) },
      "without the certificate": { after: "back", variables: at(0, { backend_certificate: null }) },
      release: { after: "without the certificate", variables: at(0), releases: true },
    },
  },
  cloudfront: {
    services: ["ec2", "cloudfront"],
    entryPoint: "CloudFront",
    steps: {
      ...sent,
      ...changed({ ...newGroups, ...newName }, sending("blue", "blue")),
      "new distribution": { variables: at(100, { ...sending("blue", "blue"), creates_distribution: true }) },
      release: { after: "back", variables: at(0, sending("blue", "blue")), releases: true },
    },
  },
  "cloudfront-owner": { services: ["ec2", "cloudfront"], entryPoint: "CloudFront", steps: sent },
  "cloudfront-vpc-origin": {
    services: ["ec2", "cloudfront"],
    entryPoint: "CloudFront",
    steps: {
      prepare: { variables: byVpcOrigin(0, false) },
      admit: { after: "prepare", variables: byVpcOrigin(0) },
      cutover: { after: "admit", variables: byVpcOrigin(100) },
      "admit and cutover": { after: "prepare", variables: byVpcOrigin(100) },
      ...changed(newName, byVpcOrigin(100)),
      back: { after: "cutover", variables: byVpcOrigin(0) },
      "destroy at 0": { after: "admit", variables: byVpcOrigin(0), destroys: true },
      "destroy at 100": { after: "cutover", variables: byVpcOrigin(100), destroys: true },
    },
  },
  "application-backend": {
    services: LOAD_BALANCING,
    entryPoint: "ALB",
    steps: {
      ...moved,
      ...changed({ "new name": { backend_name: "next-backend" } }),
      "by instance": { variables: at(100, { by_instance: true }) },
      "new name by instance": {
        after: "by instance",
        variables: at(100, { by_instance: true, backend_name: "next-backend" }),
      },
      ...destroyed,
    },
  },
  "node-fleet": {
    services: LOAD_BALANCING,
    entryPoint: "ALB",
    steps: { ...moved, ...changed({ "new port": { node_port: 8080 }, ...newName }), ...destroyed },
  },
  verification: {
    services: LOAD_BALANCING,
    entryPoint: "ALB",
    steps: { prepare: { variables: {} }, destroy: { after: "prepare", variables: {}, destroys: true } },
  },
};

/** Scenarios that have the root of another one. */
export const ROOTS: Readonly<Record<string, string>> = { "network-acl": "alb" };
