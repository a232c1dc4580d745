import type { Action, Rule } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { LocalAws } from "../../harness/local-aws";
import { createLoadBalancer, createNetwork, createSecurityGroup } from "../../harness/network";
import type { Variables } from "../../harness/terraform";
import type { ForeignApplication, Kind, Owner } from "../application";
import { runTasks } from "../tasks";

/** The tags of what it makes. Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/ */
const TAGS = {
  "elbv2.k8s.aws/cluster": "shop",
  "ingress.k8s.aws/stack": "shop/shop",
  "ingress.k8s.aws/resource": "LoadBalancer",
};

/** The output `forward_action` of the module alb. */
interface ForwardAction {
  readonly node: { readonly arn: string; readonly weight: number };
  readonly application: { readonly weight: number };
}

/**
 * The AWS Load Balancer Controller, for an ingress with one path. When it reconciles, a rule whose number is not in its
 * model goes, whoever made it, and the others get the actions that the model has.
 * Source: https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/deploy/elbv2/listener_rule_synthesizer.go
 */
export class Controller implements Owner {
  private forward: ForwardAction | null = null;

  constructor(
    private readonly aws: LocalAws,
    private readonly listenerArn: string,
    private readonly targetGroupArn: string,
  ) {}

  async plan(): Promise<string[]> {
    const rules = await this.rules();
    const foreign = rules.filter(({ Priority }) => Priority !== "1").map(({ Priority }) => `delete rule ${Priority}`);
    const own = rules.find(({ Priority }) => Priority === "1");
    if (own === undefined) return [...foreign, "create rule 1"];
    return sameGroups(own.Actions, this.actions()) ? foreign : [...foreign, "modify rule 1"];
  }

  /** Reconciles. @param change its annotation with actions, as the output `forward_action` */
  async apply({ forward_action = this.forward }: Variables = {}): Promise<void> {
    this.forward = forward_action as ForwardAction | null;
    for (const { Priority, RuleArn } of await this.rules()) {
      if (Priority === "1") await this.aws.elb.modifyRule({ RuleArn, Actions: this.actions() });
      else await this.aws.elb.deleteRule({ RuleArn });
    }
  }

  private async rules(): Promise<Rule[]> {
    const { Rules = [] } = await this.aws.elb.describeRules({ ListenerArn: this.listenerArn });
    return Rules.filter(({ IsDefault }) => !IsDefault);
  }

  actions(): Action[] {
    const { node, application } = this.forward ?? { node: undefined, application: { weight: 100 } };
    const TargetGroups = [
      ...(node ? [{ TargetGroupArn: node.arn, Weight: node.weight }] : []),
      ...(application.weight > 0 ? [{ TargetGroupArn: this.targetGroupArn, Weight: application.weight }] : []),
    ];
    return [{ Type: "forward", ForwardConfig: { TargetGroups } }];
  }
}

function sameGroups(one: Action[] | undefined, other: Action[]): boolean {
  const groups = (actions: Action[] = []) =>
    actions
      .flatMap(({ ForwardConfig }) => ForwardConfig?.TargetGroups ?? [])
      .map(({ TargetGroupArn, Weight }) => `${TargetGroupArn} ${Weight}`)
      .sort();
  return JSON.stringify(groups(one)) === JSON.stringify(groups(other));
}

export const kubernetes: Kind<ForeignApplication & { readonly owner: Controller }> = {
  name: "an ingress of the AWS Load Balancer Controller",

  async create(aws) {
    const network = await createNetwork(aws);
    const loadBalancerGroup = await createSecurityGroup(aws, network, "k8s-shop-load-balancer");
    const podsGroup = await createSecurityGroup(aws, network, "k8s-shop-pods");
    await aws.ec2.authorizeSecurityGroupIngress({
      GroupId: podsGroup,
      IpPermissions: [
        { IpProtocol: "tcp", FromPort: 8080, ToPort: 8080, UserIdGroupPairs: [{ GroupId: loadBalancerGroup }] },
      ],
    });
    const loadBalancerArn = await createLoadBalancer(aws, network, {
      name: "k8s-shop",
      type: "application",
      securityGroupIds: [loadBalancerGroup],
      tags: TAGS,
    });
    const Tags = Object.entries({ ...TAGS, "ingress.k8s.aws/resource": "80" }).map(([Key, Value]) => ({ Key, Value }));
    const { TargetGroups: [group] = [] } = await aws.elb.createTargetGroup({
      Name: "k8s-shop-shop",
      VpcId: network.vpcId,
      Protocol: "HTTP",
      Port: 8080,
      TargetType: "ip",
      Tags,
    });
    const targetGroupArn = String(group?.TargetGroupArn);
    const { Listeners: [listener] = [] } = await aws.elb.createListener({
      LoadBalancerArn: loadBalancerArn,
      Protocol: "HTTP",
      Port: 80,
      DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }],
      Tags,
    });
    const listenerArn = String(listener?.ListenerArn);
    const owner = new Controller(aws, listenerArn, targetGroupArn);
    await aws.elb.createRule({
      ListenerArn: listenerArn,
      Priority: 1,
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: ["/*"] } }],
      Actions: owner.actions(),
      Tags,
    });
    await runTasks(aws, network, { securityGroupId: podsGroup, targetGroupArn, port: 8080 });
    return {
      network,
      owner,
      entryPoints: [{ type: "listener", id: listenerArn }],
      securityGroupIds: { loadBalancer: loadBalancerGroup, application: podsGroup },
      targetGroupArns: [targetGroupArn],
    };
  },

  rollout: {
    root: "alb",
    // Rules of ours would not stay: the controller forwards to the node.
    variables: () => ({ application_ports: [8080], routes: {} }),
    percentages: [0, 10, 100],
    refused: { 0: { service: "elbv2", operation: "CreateTargetGroup" } },
    follow: async ({ owner }, { ours }) => {
      const { forward_action } = await ours.outputs<{ forward_action: object }>();
      await owner.apply({ forward_action });
    },
    leave: ({ owner }) => owner.apply({ forward_action: null }),
  },
};
