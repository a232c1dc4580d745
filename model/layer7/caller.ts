import { Fact, Unknown } from "../fact";
import { NetworkWay } from "../network/ways";

/** Who sends requests to a load balancer and is not the node. */
export interface Caller {
  readonly kind: NetworkWay["source"]["kind"] | "vpc-link";
  readonly words: string;
  readonly addresses: readonly string[];
  readonly resource: string | null;
  readonly certain: boolean;
  readonly facts: readonly Fact[];
  readonly unknowns: readonly Unknown[];
}

export interface Callers {
  readonly callers: readonly Caller[];
  readonly unknowns: readonly Unknown[];
}
