import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { forEach } from "../../synth/language/expression/for-each";
import { oneOf } from "../../synth/variables/rules";
import { bool, example, given, map, number, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { portNumber } from "../parts/common-variables";
import { matcherField, pathField, portField, timingExamples, timingFields, timingRule } from "../parts/health-check";
import { applicationLoadBalancerArn } from "../parts/identifiers";
import {
  addressesOfFamilyRule,
  addressFamilyRule,
  targetsExample,
  targetsExamplesFor,
  endpointFields,
  registerTargetsField,
  registrationRule,
  targetCount,
  targetFields,
} from "../parts/node";
import { crossZoneField, deregistrationDelayField, REGISTRATION_LIFECYCLE, TargetGroup } from "../parts/target-group";

/** The fields of `node` that list targets. */
const TARGETS = ["autoscaling_group_names", "instance_ids", "ip_addresses", "application_load_balancer_arns"] as const;

/**
 * The node as the target of a Network Load Balancer.
 * Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html and, for an
 * Application Load Balancer, https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
 */
export const nlbNodeSchema = example(
  object(
    "The Wallarm Node: its endpoint and its targets.",
    {
      ...endpointFields(["TCP", "TLS", "UDP", "TCP_UDP"]),
      port: optional(number("Port on which the node accepts connections.", portNumber), 80),
      target_type: optional(
        string(
          '"instance" for EC2 instances; "ip" for Fargate, containers with their own IP address, and hosts outside the VPC; "alb" for an Application Load Balancer in front of the node.',
          oneOf("instance", "ip", "alb"),
        ),
        "instance",
      ),
      ...targetFields,
      application_load_balancer_arns: optional(
        map(
          "ARN of the Application Load Balancer in front of the node, by a name that you choose. It needs a listener on node.port. Set node.security_group_id to its security group.",
          "load_balancer_arn",
          string("ARN.", applicationLoadBalancerArn),
          {
            test: (arns) => hcl`length(${arns}) <= 1`,
            requirement:
              "have at most one entry, because AWS allows only one Application Load Balancer in a target group",
            refuses: [{ a: loadBalancerArn("a"), b: loadBalancerArn("b") }],
          },
        ),
        {},
      ),
      ...registerTargetsField,
    },
    {
      test: (node) => hcl`length([
      for target_type, count in {
        instance = length(${node.autoscaling_group_names}) + length(${node.instance_ids})
        ip       = length(${node.ip_addresses})
        alb      = length(${node.application_load_balancer_arns})
      } : target_type if count > 0 && target_type != ${node.target_type}
    ]) == 0`,
      requirement:
        'list only targets of its target_type: autoscaling_group_names and instance_ids for "instance", ip_addresses for "ip", application_load_balancer_arns for "alb"',
      refuses: [
        { target_type: "ip" },
        { target_type: "ip", autoscaling_group_names: {}, instance_ids: { main: "i-0123456789abcdef0" } },
        { ip_addresses: { main: { address: "10.0.1.10" } } },
        { application_load_balancer_arns: { main: loadBalancerArn("node") } },
      ],
    },
    {
      test: ({ target_type, protocol }) => hcl`${target_type} != "alb" || ${protocol} == "TCP"`,
      requirement: 'have the protocol "TCP" if target_type is "alb"',
      refuses: [
        given(
          { health_check: { protocol: "HTTP" } },
          { target_type: "alb", autoscaling_group_names: {}, protocol: "TLS" },
        ),
      ],
    },
    addressFamilyRule,
    addressesOfFamilyRule,
    registrationRule(...TARGETS),
  ),
  targetsExample,
  {
    ...targetsExamplesFor,
    application_load_balancer_arns: given(
      { health_check: { protocol: "HTTP" } },
      { target_type: "alb", autoscaling_group_names: {} },
    ),
  },
);

function loadBalancerArn(name: string): string {
  return `arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/${name}/0123456789abcdef`;
}

/** A node behind an Application Load Balancer, for examples. */
const BEHIND_LOAD_BALANCER = {
  node: { target_type: "alb", autoscaling_group_names: {} },
  health_check: { protocol: "HTTP" },
};

type Node = ReferenceTo<typeof nlbNodeSchema>;

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html */
export function nlbTargetGroupSchema({ protocol, target_type }: Node) {
  return object(
    "Attributes of the node's target group.",
    {
      preserve_client_ip: bool(
        "Whether the node sees the client as the source of a connection, or the load balancer. This decides which sources the node's security group must admit.",
      ),
      proxy_protocol_v2: optional(
        bool(
          "Whether each connection, including health checks, begins with a proxy protocol header. The node then needs `listen … proxy_protocol`, and cannot read connections without the header.",
        ),
        false,
      ),
      ...deregistrationDelayField,
      connection_termination: optional(
        bool(
          "Whether the load balancer closes connections that are still open after deregistration_delay. Null: the default of AWS, which is true for UDP and TCP_UDP, and otherwise false. The provider does not send false when it creates the target group, so for UDP and TCP_UDP, false is in force only after a second apply.",
        ),
      ),
      ...crossZoneField,
    },
    {
      test: ({ preserve_client_ip }) =>
        hcl`${preserve_client_ip} || (contains(["TCP", "TLS"], ${protocol}) && ${target_type} != "alb")`,
      requirement:
        'have preserve_client_ip = true if node.protocol is "UDP" or "TCP_UDP" or node.target_type is "alb", because AWS then always preserves the client IP address',
      refuses: [
        given({ node: { protocol: "UDP" } }, { preserve_client_ip: false }),
        given({ node: { protocol: "TCP_UDP" } }, { preserve_client_ip: false }),
        given(BEHIND_LOAD_BALANCER, { preserve_client_ip: false }),
      ],
      accepts: [{ preserve_client_ip: true }, { preserve_client_ip: false }],
    },
    {
      test: ({ proxy_protocol_v2, connection_termination }) =>
        hcl`${target_type} != "alb" || !(${proxy_protocol_v2} || coalesce(${connection_termination}, false))`,
      requirement:
        'have neither proxy_protocol_v2 nor connection_termination if node.target_type is "alb", because AWS does not support them',
      refuses: [
        given(BEHIND_LOAD_BALANCER, { proxy_protocol_v2: true }),
        given(BEHIND_LOAD_BALANCER, { connection_termination: true }),
      ],
    },
  );
}

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html */
export function nlbHealthCheckSchema({ target_type }: Node) {
  return optional(
    example(
      object(
        "Health check of the node. AWS does not allow you to disable it. TCP checks that the node listens. HTTP and HTTPS check its response. The node proxies paths that it does not answer itself, so a path of the application also checks the application.",
        {
          protocol: optional(string("Protocol.", oneOf("TCP", "HTTP", "HTTPS")), "TCP"),
          path: pathField('Path of the request, with HTTP and HTTPS. Null: "/".'),
          port: portField,
          matcher: matcherField(
            'Codes of a healthy response, with HTTP and HTTPS. Null: "200-399". Do not add 403, because a node that requires a header answers 403 to requests without it.',
            {
              range: [hcl`200`, hcl`599`],
              words: "200 to 599",
              accepts: ["200-299,302", "200", "599"],
              refuses: ["199", "600", "599-200"],
            },
          ),
          ...timingFields(10),
        },
        {
          test: ({ protocol, path, matcher }) =>
            hcl`${protocol} != "TCP" ? true : ${path} == null && ${matcher} == null`,
          requirement: 'have the protocol "HTTP" or "HTTPS" if it has a path or a matcher',
          refuses: [
            { protocol: "TCP", path: "/health", matcher: null },
            { protocol: "TCP", path: null, matcher: "200" },
          ],
        },
        {
          test: ({ protocol }) => hcl`${protocol} != "TCP" || ${target_type} != "alb"`,
          requirement: 'have the protocol "HTTP" or "HTTPS" if node.target_type is "alb"',
          refuses: [given({ node: { target_type: "alb", autoscaling_group_names: {} } }, { protocol: "TCP" })],
        },
        timingRule,
      ),
      { protocol: "HTTP" },
      timingExamples,
    ),
    {},
  );
}

export interface NlbTargetGroupProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly vpcId: string;
  readonly loadBalancer: { readonly vpc_id: string };
  readonly node: Node;
  readonly nodeTrafficPercent: number;
  readonly targetGroup: ReferenceTo<ReturnType<typeof nlbTargetGroupSchema>>;
  readonly healthCheck: ReferenceTo<ReturnType<typeof nlbHealthCheckSchema>>;
}

/** The node's target group at a Network Load Balancer. */
export class NlbTargetGroup extends TargetGroup {
  public constructor(scope: Construct, id: string, { node, targetGroup, healthCheck, ...props }: NlbTargetGroupProps) {
    const byRequest = hcl`${healthCheck.protocol} != "TCP"`;
    super(scope, id, {
      ...props,
      node,
      // A target group cannot have a second Application Load Balancer, so another one gets a new group.
      identity: [
        ...[node.port, node.protocol, node.target_type, node.ip_address_type],
        hcl`values(${node.application_load_balancer_arns})`,
      ],
      targetCount: targetCount(node, TARGETS),
      withoutTargets:
        "connections would fail. List targets in node.autoscaling_group_names, node.instance_ids, node.ip_addresses, or node.application_load_balancer_arns",
      config: {
        ipAddressType: hcl.string`${node.target_type} == "alb" ? null : ${node.ip_address_type}`,
        preserveClientIp: hcl.string(targetGroup.preserve_client_ip),
        proxyProtocolV2: targetGroup.proxy_protocol_v2,
        deregistrationDelay: hcl.string`${targetGroup.deregistration_delay}`,
        // An explicit value: with null, the provider would keep a value that the caller has removed.
        connectionTermination: hcl`coalesce(${targetGroup.connection_termination}, contains(["UDP", "TCP_UDP"], ${node.protocol}))`,
        loadBalancingCrossZoneEnabled: targetGroup.load_balancing_cross_zone_enabled,
        healthCheck: {
          protocol: healthCheck.protocol,
          path: hcl.string`${byRequest} ? coalesce(${healthCheck.path}, "/") : null`,
          port: healthCheck.port,
          matcher: hcl.string`${byRequest} ? coalesce(${healthCheck.matcher}, "200-399") : null`,
          interval: healthCheck.interval,
          timeout: healthCheck.timeout,
          healthyThreshold: healthCheck.healthy_threshold,
          unhealthyThreshold: healthCheck.unhealthy_threshold,
        },
      },
    });
    comment(
      this.resource,
      "The provider does not send ip_address_type for the target type alb, so a value can replace the group in every apply. A new group is created before the old one is destroyed, because AWS refuses to delete a group that a listener uses.",
    );
    this.registrations.push(
      new LbTargetGroupAttachment(this, "application_load_balancer", {
        forEach: forEach(node.application_load_balancer_arns),
        targetGroupArn: this.resource.arn,
        targetId: node.application_load_balancer_arns.each,
        lifecycle: REGISTRATION_LIFECYCLE,
      }),
    );
  }
}
