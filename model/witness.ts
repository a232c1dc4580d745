/** A way to the application around the node, from its source to its end, with the facts that make it one. */
import { Fact, Unknown } from "./fact";
import { Caller } from "./layer7/caller";
import { Delivery } from "./layer7/deliveries";
import { NetworkWay } from "./network/ways";

export type Place = "source" | "edge" | "load balancer" | "node" | "application";

export interface Step {
  readonly place: Place;
  readonly words: string;
  readonly facts: readonly Fact[];
}

/** What the way goes through: classes of bypasses are told apart by this. */
export type Via =
  | { readonly kind: "network"; readonly way: NetworkWay }
  | { readonly kind: "load balancer"; readonly delivery: Delivery; readonly caller: Caller }
  | { readonly kind: "edge"; readonly edge: Edge; readonly delivery: Delivery | null }
  | { readonly kind: "entry"; readonly gap: Gap };

/** A part of CloudFront or API Gateway that sends requests to what leads to the application. */
export type Edge =
  | {
      readonly kind: "cloudfront";
      readonly distributionId: string;
      readonly originId: string;
      readonly by: "default behavior" | "cache behavior" | "failover" | "edge function";
      readonly isVpcOrigin: boolean;
      readonly isEntryPoint: boolean;
      readonly isStaging: boolean;
    }
  | {
      readonly kind: "api";
      readonly apiId: string;
      readonly route: string;
      readonly by: "internet" | "vpc link" | "lambda" | "stage variable" | "stale deployment";
      readonly isEntryPoint: boolean;
    };

/** The node, reached around its entry point. */
export type Gap =
  "no secret sent" | "weak secret" | "secret not demanded" | "node open to the internet" | "default endpoint";

export interface Witness {
  readonly via: Via;
  readonly steps: readonly Step[];
  /** False: something on it is unknown, and `unknowns` says what. */
  readonly certain: boolean;
  readonly unknowns: readonly Unknown[];
  /** Null, or why it is there on purpose: "by node_traffic_percent = 10". */
  readonly intended: string | null;
  /** What an acceptance may name. The first one is what to change. */
  readonly resources: readonly string[];
}
