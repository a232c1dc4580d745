/** What a root configuration is made of. Each entry point of an application has a file that composes it from a snapshot. */
import { Unread } from "../account/snapshot";
import { Subnet } from "../model/members";
import { Application } from "./application";
import { Fields } from "./hcl";
import { Node, NodeWanted } from "./node";
import { Steps } from "./step";

export type { Step, Steps } from "./step";

/** What a node can be put in front of. */
export const SCENARIOS = ["alb", "nlb", "http-api", "cloudfront", "rest-api"] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** The module that does it. */
export const MODULE_OF: Readonly<Record<Scenario, string>> = {
  alb: "alb",
  nlb: "nlb",
  "http-api": "api-gateway-http",
  cloudfront: "cloudfront",
  "rest-api": "api-gateway-rest",
};

export interface Wanted {
  /** ARN of the load balancer, or ID of the API. */
  readonly id: string;
  readonly name: string;
  readonly node: NodeWanted;
  /** alb: each route follows its rule, instead of having its conditions. */
  readonly mirror: boolean;
  /** nlb: the module manages the default action of the listeners, and not their owner. */
  readonly adoptListeners: boolean;
  /** nlb: only these. Null: all. */
  readonly listenerPorts: readonly number[] | null;
  /** http-api, cloudfront, rest-api: whose targets are the application. Empty: those that the account tells. */
  readonly targetGroupArns: readonly string[];
  readonly cloudFront?: CloudFrontWanted;
  readonly restApi?: RestApiWanted;
  readonly remembered: Remembered;
}

export interface CloudFrontWanted {
  /** The module manages the origins of the distribution, and not its owner. */
  readonly adoptDistribution: boolean;
  /** The name by which CloudFront reaches the node. Null: that of its internal load balancer. */
  readonly nodeDomainName: string | null;
  /** Those that lead to the application. Empty: the load balancers of the account and Region. */
  readonly applicationOrigins: readonly string[];
}

export interface RestApiWanted {
  /** The module manages the integrations and the stage, and not their owner. */
  readonly adoptApi: boolean;
  /** Null: the only one. */
  readonly stage: string | null;
}

/** What an earlier run wrote, by ID of the entry. */
export type Remembered = Readonly<Record<string, Pick<Entry, "key" | "priority" | "target">>>;

/** What takes requests in the account, such as a listener rule, and what becomes of it. */
export interface Entry {
  readonly id: string;
  /** "rule 10 of 443 (shop.example.com) → shop". */
  readonly words: string;
  /** Name in the configuration. It is part of resource addresses, and stays. Null: left out. */
  readonly key: string | null;
  /** Number of the route. */
  readonly priority: number | null;
  /** Of the application: its target group or integration. It stays known while the requests go to the node. */
  readonly target: string | null;
  /** Why it is left out. */
  readonly reason: string | null;
  /** It is left out, and its requests go around the node until its owner does something. */
  readonly needsOwner: boolean;
}

export interface Composition {
  readonly scenario: Scenario;
  /** "the Application Load Balancer shop". */
  readonly subject: string;
  readonly vpcId: string;
  /** Of the load balancer. */
  readonly securityGroupIds: readonly string[];
  readonly application: Application;
  readonly node: Node;
  readonly entries: readonly Entry[];
  /** Arguments of the module that only this entry point has. */
  readonly routing: Fields;
  /** The module's input `node`, without the security group. */
  readonly nodeSettings: Fields;
  /** The module of the entry point knows nothing of networks. The module security-group-rules makes the rules. */
  readonly isWithoutNetwork?: true;
  /** Files that only this entry point has, before they are formatted, some with the tags of all resources. */
  readonly files: Readonly<Record<string, string | ((tags: Fields) => string)>>;
  /** Further modules by file, such as those of a node that the configuration creates. */
  readonly calls?: Readonly<Record<string, readonly Call[]>>;
  /** The load balancer of the module application-backend, if one is behind the node. */
  readonly backend?: { readonly subnets: readonly Subnet[] } | null;
  readonly percent: string;
  readonly variables: readonly Variable[];
  readonly outputs: readonly Output[];
  readonly steps: Steps;
  /** What could not be read, and does not change the configuration. */
  readonly unread: readonly Unread[];
}

/** A module that the configuration calls. */
export interface Call {
  readonly label: string;
  readonly module: string;
  readonly about: string;
  readonly sections: readonly Fields[];
  /** It takes a name and tags. */
  readonly isTagged?: true;
  /** @default that of all resources */
  readonly name?: string;
}

export interface Variable {
  readonly name: string;
  readonly description: string;
  /** A type of Terraform, such as "list(string)". */
  readonly type: string;
  /** Undefined: a question, which the account does not answer. */
  readonly default?: null | number | boolean | string | Fields | readonly string[];
  readonly isSensitive?: boolean;
  /** It is about the node, and not about the application. */
  readonly isAboutNode?: true;
}

/** An output of a module that is also one of the configuration. */
export interface Output {
  readonly name: string;
  /** Its expression. @default the output of this name of the entry point's module */
  readonly value?: string;
  readonly description: string;
  readonly isSensitive?: boolean;
}
