import { DataAwsLbListener } from "@cdktf/provider-aws/lib/data-aws-lb-listener";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { matches } from "../../synth/variables/rules";
import { example, given, number, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { certificateArn } from "../parts/client-mtls";
import { portNumber } from "../parts/common-variables";
import { networkLoadBalancerArn } from "../parts/identifiers";
import { Node } from "../parts/node";
import { listenersSchema } from "./adopted-listeners";

const LOAD_BALANCER = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net";

/** @param listeners adopted_listeners */
export function rehearsalListenerSchema(node: Node, listeners: ReferenceTo<typeof listenersSchema>) {
  return optional(
    example(
      object(
        "A listener of the module's own, with the protocol of the node, on a port that no client uses. AWS checks the health of targets only if a listener forwards to their target group, and creates an ECS service only with such a target group. You can remove it at 100. Null: none.",
        {
          load_balancer_arn: string("ARN of the load balancer.", networkLoadBalancerArn),
          port: number("Port that no other listener of the load balancer has.", portNumber),
          certificate_arn: optional(string('ARN of the ACM certificate, if node.protocol is "TLS".', certificateArn)),
          ssl_policy: optional(
            string(
              'Security policy, if node.protocol is "TLS".',
              matches(
                /^ELBSecurityPolicy-[0-9A-Za-z-]+$/,
                "be the name of a security policy of Elastic Load Balancing",
                {
                  accepts: ["ELBSecurityPolicy-TLS13-1-2-2021-06", "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"],
                  refuses: ["TLSv1.2_2021", "ELBSecurityPolicy-"],
                },
              ),
            ),
            "ELBSecurityPolicy-TLS13-1-2-2021-06",
          ),
        },
        {
          test: ({ certificate_arn }) => hcl`(${certificate_arn} != null) == (${node.protocol} == "TLS")`,
          requirement: 'have a certificate_arn if and only if node.protocol is "TLS"',
          refuses: [
            { certificate_arn: string("", certificateArn).example },
            given({ node: { protocol: "TLS" } }, { certificate_arn: null }),
          ],
        },
        {
          test: ({ load_balancer_arn }) =>
            hcl`alltrue([for listener in ${listeners} : dirname(listener.listener_arn) == replace(${load_balancer_arn}, ":loadbalancer/", ":listener/")])`,
          requirement: "be on the load balancer of adopted_listeners, because a target group serves only one",
          refuses: [
            given(
              { adopted_listeners: listenersSchema.schema.example },
              { load_balancer_arn: `${LOAD_BALANCER}/other/0123456789abcdef` },
            ),
          ],
          accepts: [given({ adopted_listeners: listenersSchema.schema.example }, {})],
        },
      ),
      { load_balancer_arn: `${LOAD_BALANCER}/shop/50dc6c495c0c9188`, port: 8080 },
      { certificate_arn: given({ node: { protocol: "TLS" } }, {}) },
    ),
  );
}

export interface RehearsalListenerProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly node: Node;
  readonly nodeTargetGroupArn: string;
  readonly rehearsalListener: ReferenceTo<ReturnType<typeof rehearsalListenerSchema>>;
  /** The adopted listeners as they are, by key. */
  readonly existing: DataAwsLbListener;
}

/** A listener that makes AWS check the node's health before the cutover. */
export class RehearsalListener extends Construct {
  public readonly listener: LbListener;

  public constructor(scope: Construct, id: string, props: RehearsalListenerProps) {
    super(scope, id);
    const { name, tags, node, rehearsalListener: rehearsal, existing } = props;
    const isTls = hcl`${node.protocol} == "TLS"`;

    this.listener = comment(
      new LbListener(this, "rehearsal", {
        count: hcl.number`${rehearsal} == null ? 0 : 1`,
        loadBalancerArn: rehearsal.load_balancer_arn,
        port: rehearsal.port,
        protocol: node.protocol,
        certificateArn: rehearsal.certificate_arn,
        sslPolicy: hcl.string`${isTls} ? ${rehearsal.ssl_policy} : null`,
        tags: hcl.map`merge(${tags}, ${{ Name: text`${name}-rehearsal` }})`,
        defaultAction: [{ type: "forward", targetGroupArn: props.nodeTargetGroupArn }],
        lifecycle: {
          precondition: [
            {
              condition: hcl`!contains(values(${existing.fqn})[*].port, ${rehearsal.port})`,
              errorMessage:
                text`rehearsal_listener.port: a listener in adopted_listeners has the port ${rehearsal.port}. Use a port that no ` +
                "listener of the load balancer has.",
            },
          ],
        },
      }),
      "Gives the target group a load balancer before any client's connection goes to the node: until then, AWS checks no " +
        "target's health and creates no ECS service with the group (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/create-network-load-balancer.html).",
    );
  }
}
