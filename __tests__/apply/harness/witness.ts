import type { Action } from "@aws-sdk/client-elastic-load-balancing-v2";
import { canCall } from "../../modules/first-match";
import type { LocalAws } from "./local-aws";
import { networkAclOf, networkAclRules } from "./network-acls";
import type { Call } from "./recorder";
import type { SmallApplication } from "./small-application";

/** Who asks the application, by address: the node in its second subnet, the load balancer, somebody else in the VPC. */
const ADDRESS = { node: "10.0.3.10", application: "10.0.0.10", stranger: "10.0.200.10" } as const;

export type LoadBalancer = "alb" | "nlb";

/**
 * Looks after each call of an apply at what AWS then does: whether requests reach the application on the way that they take,
 * and whether anybody else does.
 */
export class Witness {
  /** After which calls a request did not reach the application. */
  readonly cut: string[] = [];
  /** After which calls somebody else reached it. */
  readonly opened: string[] = [];

  constructor(
    private readonly aws: LocalAws,
    private readonly application: SmallApplication,
    /** The load balancers with a node behind them. */
    private readonly loadBalancers: readonly LoadBalancer[],
  ) {}

  async look({ action }: Call): Promise<void> {
    const served = await this.servedBy();
    for (const subnet of Object.values(this.application.subnetIds)) {
      const rules = await networkAclRules(this.aws, await networkAclOf(this.aws, subnet));
      const cut = served.filter((who) => !canCall(rules, ADDRESS[who], 80));
      if (cut.length > 0) this.cut.push(`${action}: ${cut.join()}`);
      if (canCall(rules, ADDRESS.stranger, 80)) this.opened.push(action);
    }
  }

  forget(): void {
    this.cut.length = 0;
    this.opened.length = 0;
  }

  /** Who gets requests: "application" stands for a load balancer that asks it itself. */
  private async servedBy(): Promise<("node" | "application")[]> {
    const actions = await Promise.all(this.loadBalancers.map((name) => this.actionOf(name)));
    const groups = actions.flatMap(
      (action) =>
        action?.ForwardConfig?.TargetGroups?.filter(({ Weight = 1 }) => Weight > 0).map(
          ({ TargetGroupArn }) => TargetGroupArn,
        ) ?? [action?.TargetGroupArn],
    );
    const applications: unknown[] = Object.values(this.application.targetGroupArns);
    return [...new Set(groups.map((arn) => (applications.includes(arn) ? "application" : "node")))];
  }

  /** What a load balancer does with a request. */
  private async actionOf(loadBalancer: LoadBalancer): Promise<Action | undefined> {
    const { albListenerArn, nlbListenerArn } = this.application;
    if (loadBalancer === "nlb") {
      const { Listeners: [listener] = [] } = await this.aws.elb.describeListeners({ ListenerArns: [nlbListenerArn] });
      return listener?.DefaultActions?.[0];
    }
    // The route, which takes all requests, comes before the default.
    const { Rules: [rule] = [] } = await this.aws.elb.describeRules({ ListenerArn: albListenerArn });
    return rule?.Actions?.[0];
  }
}

/** A rule of an ACL is named by its number, anything else by its action: `CreateNetworkAclEntry in 100`. */
export function describeCall({ action, parameters }: Call): string {
  const name = action.replace(/^\w+:/, "");
  if (!name.endsWith("NetworkAclEntry")) return name;
  return `${name} ${parameters.Egress === "true" ? "out" : "in"} ${parameters.RuleNumber}`;
}
