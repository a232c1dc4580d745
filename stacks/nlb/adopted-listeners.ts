import { DataAwsLbListener } from "@cdktf/provider-aws/lib/data-aws-lb-listener";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { distinctValues } from "../../synth/variables/rules";
import { like, map, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { listenerArn, targetGroupArn } from "../parts/identifiers";
import { imported, NOT_IMPORTED } from "../parts/imported";
import { Node } from "../parts/node";

/** ARNs for examples. */
const LISTENER = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net";
const SECOND_LISTENER = `${LISTENER}/shop/50dc6c495c0c9188/0123456789abcdef`;
const OTHER_LISTENER = `${LISTENER}/other/0123456789abcdef/0123456789abcdef`;

const listener = object("A listener.", {
  listener_arn: string("ARN of an existing listener.", listenerArn("net")),
  application_target_group_arn: string(
    "ARN of the application's target group, to which the listener forwards today, and again at 0.",
    targetGroupArn,
  ),
});

export const listenersSchema = optional(
  map(
    "Existing listeners of one load balancer that the module adopts, by names that you choose. Each needs an import block in the root module, and must be in no other Terraform state. Empty: the owner of a listener sets its default action from the output cutover_target_group_arn.",
    "listener",
    listener,
    distinctValues("listener", { a: listener.example, b: listener.example }, "listener_arn"),
    {
      test: (listeners) => hcl`length(distinct([for listener in ${listeners} : dirname(listener.listener_arn)])) <= 1`,
      requirement:
        "belong to one load balancer, because a target group serves only one: call the module once for each load balancer",
      refuses: [{ a: listener.example, b: like(listener, { listener_arn: OTHER_LISTENER }) }],
      accepts: [{ a: listener.example, b: like(listener, { listener_arn: SECOND_LISTENER }) }],
    },
  ),
  {},
);

export interface AdoptedListenersProps {
  readonly name: string;
  readonly listeners: ReferenceTo<typeof listenersSchema>;
  readonly node: Node;
  readonly nodeTargetGroupArn: string;
  readonly nodeTrafficPercent: number;
  /** Resources that must exist before connections go to the node. */
  readonly dependsOn: ITerraformDependable[];
}

/** Existing listeners. The module changes only their default action. */
export class AdoptedListeners extends Construct {
  public readonly listener: LbListener;
  /** The listeners as they are. */
  public readonly existing: DataAwsLbListener;

  public constructor(scope: Construct, id: string, props: AdoptedListenersProps) {
    super(scope, id);
    const { listeners, nodeTargetGroupArn, nodeTrafficPercent: percent } = props;

    this.existing = comment(
      new DataAwsLbListener(this, "existing", { forEach: forEach(listeners), arn: listeners.each.listener_arn }),
      "Read for the arguments that the provider requires. They stay as they are.",
    );
    const current = local(
      this,
      "current_target_group_arns",
      hcl`{
        for key, listener in ${this.existing.fqn} : key => distinct(compact(flatten([
          for action in listener.default_action : [action.target_group_arn, flatten(action.forward[*].target_group)[*].arn]
        ])))
      }`,
      "AWS reports a single target group in both arguments, and several only in forward.",
    );
    const nodeGroup = local(
      this,
      "node_target_group",
      text`:targetgroup/${props.name}-[0-9a-f]{8}/`,
      "Matches the ARN of the node's target group, which is unknown before the first apply.",
    );
    const compatible = local(
      this,
      "target_group_protocols",
      hcl`{ TCP = ["TCP", "TCP_UDP"], TLS = ["TCP", "TLS"], UDP = ["UDP", "TCP_UDP"], TCP_UDP = ["TCP_UDP"] }`,
      "Protocols of target groups that AWS accepts behind a listener " +
        "(https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html).",
    );
    const accepted = local(
      this,
      "accepted_protocols",
      hcl`{ for key, listener in ${this.existing.fqn} : key => lookup(${compatible}, listener.protocol, [${props.node.protocol}]) }`,
      "By listener. A protocol of an Application Load Balancer is refused by a precondition of its own.",
    );

    this.listener = comment(
      new LbListener(this, "adopted", {
        forEach: forEach(listeners),
        loadBalancerArn: hcl.string`${this.existing.fqn}[each.key].load_balancer_arn`,
        port: hcl.number`${this.existing.fqn}[each.key].port`,
        protocol: hcl.string`${this.existing.fqn}[each.key].protocol`,
        sslPolicy: NOT_IMPORTED,
        defaultAction: [
          {
            type: "forward",
            targetGroupArn: hcl.string`${percent} == 100 ? ${nodeTargetGroupArn} : ${listeners.each.application_target_group_arn}`,
          },
        ],
        dependsOn: props.dependsOn,
        lifecycle: {
          preventDestroy: true,
          ignoreChanges: ALL_BUT_DEFAULT_ACTION,
          precondition: preconditions(props, this.existing.fqn, { current, nodeGroup, compatible, accepted }),
          postcondition: [
            imported({
              subject: text`adopted_listeners["${each.key}"]`,
              argument: "ssl_policy",
              named: hcl`self.arn == ${listeners.each.listener_arn}`,
              address: text`aws_lb_listener.adopted["${each.key}"]`,
              id: listeners.each.listener_arn,
            }),
          ],
        },
      }),
      "Imported by the root module. Only the default action changes, and the listener is never deleted. The value of ssl_policy is never sent to AWS: it shows in the plan that an import is missing. New connections move all at once, at 100 percent, because weights on a Network Load Balancer are an open request to the provider (https://github.com/hashicorp/terraform-provider-aws/issues/45164).",
    );
  }
}

function preconditions(
  { node, listeners }: AdoptedListenersProps,
  existing: string,
  {
    current,
    nodeGroup,
    compatible,
    accepted,
  }: Record<"current" | "nodeGroup" | "compatible" | "accepted", IResolvable>,
): Validation[] {
  const { listener_arn: listenerArn, application_target_group_arn: applicationArn } = listeners.each;
  const protocol = hcl`${existing}[each.key].protocol`;
  const protocols = hcl`${accepted}[each.key]`;
  const isNode = (arn: string) => hcl`can(regex(${nodeGroup}, ${arn}))`;
  return [
    {
      condition: hcl`contains(keys(${compatible}), ${protocol})`,
      errorMessage:
        text`adopted_listeners["${each.key}"]: ${listenerArn} has the protocol ${protocol}, so it belongs to an ` +
        "Application Load Balancer. Use the module alb.",
    },
    {
      condition: hcl`contains(${protocols}, ${node.protocol})`,
      errorMessage:
        text`adopted_listeners["${each.key}"]: ${listenerArn} has the protocol ${protocol}, which AWS does not forward to ` +
        text`a target group with the protocol ${node.protocol}. Set node.protocol to ${hcl`join(" or ", ${protocols})`}.`,
    },
    {
      condition: hcl`${node.target_type} != "alb" || ${protocol} == "TCP"`,
      errorMessage:
        text`adopted_listeners["${each.key}"]: ${listenerArn} has the protocol ${protocol}, and AWS forwards only TCP ` +
        'to an Application Load Balancer. Set node.target_type to "instance" or "ip".',
    },
    {
      condition: hcl`!${isNode(applicationArn)}`,
      errorMessage:
        text`adopted_listeners["${each.key}"]: application_target_group_arn is the node's own target group, ` +
        text`${applicationArn}. Set it to the application's target group.`,
    },
    {
      condition: hcl`alltrue([for arn in ${current}[each.key] : arn == ${applicationArn} || ${isNode("arn")}])`,
      errorMessage:
        text`adopted_listeners["${each.key}"]: ${listenerArn} forwards to ${hcl`join(", ", ${current}[each.key])`}, not only to ` +
        text`${applicationArn} or the node. Correct application_target_group_arn, change the listener, or go to 0 before ` +
        "you change name.",
    },
  ];
}

/** The arguments of a Network Load Balancer's listener that provider 5.100 knows. */
const ALL_BUT_DEFAULT_ACTION = [
  "alpn_policy",
  "certificate_arn",
  "load_balancer_arn",
  "port",
  "protocol",
  "ssl_policy",
  "tags",
  "tags_all",
  "tcp_idle_timeout_seconds",
];
