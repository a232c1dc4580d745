/** What an edge, CloudFront or API Gateway, sends to a load balancer that delivers to the application. */
import { Lock } from "../network/ways";
import { Edge, Witness } from "../witness";
import { Caller } from "./caller";
import { intention, passing, stepsOf } from "./balancers";
import { callersOf } from "./callers";
import { Account, Deliveries, Delivery } from "./deliveries";

export interface EdgeTarget {
  /** ARN of the load balancer. */
  readonly loadBalancerArn: string;
  /** Null: any listener. */
  readonly listenerArn: string | null;
  readonly isFrom: (caller: Caller) => boolean;
  readonly edge: Edge;
  /** "client → CloudFront distribution E1, cache behavior /api/*". */
  readonly words: string;
  readonly resource: string;
  readonly action: string;
  readonly intended: string | null;
  readonly mayUse?: (delivery: Delivery) => boolean;
}

export function throughEdge(
  target: EdgeTarget,
  account: Account,
  deliveries: ReadonlyMap<string, Deliveries>,
  securityGroups: Lock,
): { witnesses: Witness[]; open: Delivery[] } {
  const to = (deliveries.get(target.loadBalancerArn)?.to ?? []).filter(
    (delivery) =>
      (target.listenerArn === null || delivery.listener.ListenerArn === target.listenerArn) &&
      (target.mayUse?.(delivery) ?? true),
  );
  const witnesses = to.flatMap((delivery): Witness[] => {
    const { callers } = callersOf(delivery.loadBalancer, delivery.listener.Port ?? 0, account);
    const some = callers.filter(target.isFrom);
    const caller = some.find(({ certain }) => certain) ?? some[0];
    const passes = caller === undefined ? "closed" : passing(delivery, caller, securityGroups, account);
    if (caller === undefined || passes === "closed") return [];
    const fact = { words: target.words, resource: target.resource, action: target.action };
    return [
      {
        via: { kind: "edge", edge: target.edge, delivery },
        steps: [
          { place: "source", words: "any client of it", facts: [] },
          { place: "edge", words: target.words, facts: [fact, ...caller.facts] },
          ...stepsOf(delivery),
        ],
        certain: passes === "open" && caller.certain,
        unknowns: [...caller.unknowns, ...delivery.unknowns],
        intended: target.intended ?? intention(delivery, account),
        resources: [target.resource, delivery.rule?.arn ?? "", delivery.targetGroup.TargetGroupArn].filter(Boolean),
      },
    ];
  });
  return { witnesses, open: to };
}
