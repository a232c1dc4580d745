import { AutoscalingAttachment } from "@cdktf/provider-aws/lib/autoscaling-attachment";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { IResolvable, TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import { hcl } from "../../synth/expression";
import { forEach } from "../../synth/for-each";
import { local } from "../../synth/local";
import { matches, oneOf, wholeNumber, zeroOr } from "../../synth/rules";
import { number, object, optional, ReferenceTo, string } from "../../synth/schema";
import { Node, targetCount } from "./node";

/** Ranges: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
export const targetGroupSchema = optional(
  object(
    "How the load balancer treats the node's targets.",
    {
      deregistration_delay: optional(
        number("Seconds that open requests to a leaving target may take.", wholeNumber(0, 3600, "seconds")),
        300,
      ),
      slow_start: optional(
        number("Seconds over which a new target gets its full share; 0 is off.", zeroOr(30, 900)),
        0,
      ),
      load_balancing_algorithm_type: optional(
        string("How a target is chosen.", oneOf("round_robin", "least_outstanding_requests", "weighted_random")),
        "round_robin",
      ),
      load_balancing_anomaly_mitigation: optional(
        string("Whether a target that errs gets less.", oneOf("on", "off")),
        "off",
      ),
      load_balancing_cross_zone_enabled: optional(
        string(
          "Whether targets get requests from other Availability Zones.",
          oneOf("true", "false", "use_load_balancer_configuration"),
        ),
        "use_load_balancer_configuration",
      ),
      stickiness: optional(
        object(
          "Keeps a client at one of the node's targets. The node needs none: it holds no sessions.",
          {
            type: optional(string("Whose cookie.", oneOf("lb_cookie", "app_cookie")), "lb_cookie"),
            cookie_duration: optional(number("Seconds.", wholeNumber(1, 604800, "seconds")), 86400),
            cookie_name: optional(string("The application's cookie.")),
          },
          {
            test: (stickiness) => hcl`(${stickiness.type} == "app_cookie") == (${stickiness.cookie_name} != null)`,
            requirement: 'have a cookie_name with the type "app_cookie", and only then',
          },
        ),
      ),
    },
    {
      test: (group) => hcl`${group.slow_start} == 0 || ${group.load_balancing_algorithm_type} == "round_robin"`,
      requirement: 'have slow_start = 0 unless load_balancing_algorithm_type is "round_robin"',
    },
    {
      test: (group) =>
        hcl`${group.load_balancing_anomaly_mitigation} == "off" || ${group.load_balancing_algorithm_type} == "weighted_random"`,
      requirement:
        'have load_balancing_anomaly_mitigation = "off" unless load_balancing_algorithm_type is "weighted_random"',
    },
  ),
  {},
);

/** Ranges: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
export const healthCheckSchema = optional(
  object(
    "How the load balancer probes the node; AWS does not let it be switched off. The node proxies what it does not answer itself, so a path of the application measures the application behind the node.",
    {
      path: optional(
        string(
          'Path of the request; null: "/", with gRPC "/AWS.ALB/healthcheck".',
          matches(/^\/[!-~]*$/, "be a path that starts with /"),
          {
            test: (path) => hcl`length(${path}) <= 1024`,
            requirement: "have at most 1024 characters",
          },
        ),
      ),
      port: optional(
        string('Port, or "traffic-port" for the one that takes requests.', {
          test: (port) =>
            hcl`${port} == "traffic-port" ? true : can(regex("^[1-9][0-9]{0,4}$", ${port})) ? tonumber(${port}) <= 65535 : false`,
          requirement: 'be "traffic-port" or a port from 1 to 65535',
        }),
        "traffic-port",
      ),
      protocol: optional(string("Protocol; null: node.protocol.", oneOf("HTTP", "HTTPS"))),
      matcher: optional(
        string(
          'Codes of a healthy answer; null: "200-399", with gRPC "12". Never add 403: it is what a node answers that demands a header.',
          matches(
            /^[0-9]{1,3}(-[0-9]{1,3})?(,[0-9]{1,3}(-[0-9]{1,3})?)*$/,
            'be codes and ranges such as "200-299,302"',
          ),
        ),
      ),
      interval: optional(number("Seconds between probes.", wholeNumber(5, 300, "seconds")), 30),
      timeout: optional(number("Seconds until a probe has failed.", wholeNumber(2, 120, "seconds")), 5),
      healthy_threshold: optional(number("Successes in a row that make a target healthy.", wholeNumber(2, 10)), 3),
      unhealthy_threshold: optional(number("Failures in a row that make a target unhealthy.", wholeNumber(2, 10)), 3),
    },
    {
      test: ({ timeout, interval }) => hcl`${timeout} < ${interval}`,
      requirement: "have a timeout shorter than the interval",
      received: ({ timeout, interval }) => hcl`{ timeout = ${timeout}, interval = ${interval} }`,
    },
  ),
  {},
);

export interface TargetGroupProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly vpcId: string;
  readonly node: Node;
  readonly nodeTrafficPercent: number;
  readonly targetGroup: ReferenceTo<typeof targetGroupSchema>;
  readonly healthCheck: ReferenceTo<typeof healthCheckSchema>;
}

/** The node's target group at an Application Load Balancer, with the node's targets in it. */
export class TargetGroup extends Construct {
  public readonly resource: LbTargetGroup;
  /** What registers the targets: a rule that sends requests to the group waits for these. */
  public readonly registrations: readonly TerraformResource[];

  public constructor(scope: Construct, id: string, props: TargetGroupProps) {
    super(scope, id);
    const { name, tags, vpcId, node, nodeTrafficPercent: percent, targetGroup, healthCheck } = props;

    const identity = local(
      this,
      "target_group_identity",
      hcl`[${vpcId}, ${node.port}, ${node.protocol}, ${node.protocol_version}, ${node.target_type}, ${node.ip_address_type}]`,
      "What AWS cannot change in place: another value is another target group, with a name of its own.",
    );
    const grpc = hcl`${node.protocol_version} == "GRPC"`;

    this.resource = new LbTargetGroup(this, "node", {
      name: `${name}-${hcl`substr(sha1(jsonencode(${identity})), 0, 8)`}`,
      vpcId,
      port: node.port,
      protocol: node.protocol,
      protocolVersion: node.protocol_version,
      targetType: node.target_type,
      ipAddressType: node.ip_address_type,
      deregistrationDelay: Token.asString(targetGroup.deregistration_delay),
      slowStart: targetGroup.slow_start,
      loadBalancingAlgorithmType: targetGroup.load_balancing_algorithm_type,
      loadBalancingAnomalyMitigation: targetGroup.load_balancing_anomaly_mitigation,
      loadBalancingCrossZoneEnabled: targetGroup.load_balancing_cross_zone_enabled,
      healthCheck: {
        path: Token.asString(hcl`coalesce(${healthCheck.path}, ${grpc} ? "/AWS.ALB/healthcheck" : "/")`),
        port: healthCheck.port,
        protocol: Token.asString(hcl`coalesce(${healthCheck.protocol}, ${node.protocol})`),
        matcher: Token.asString(hcl`coalesce(${healthCheck.matcher}, ${grpc} ? "12" : "200-399")`),
        interval: healthCheck.interval,
        timeout: healthCheck.timeout,
        healthyThreshold: healthCheck.healthy_threshold,
        unhealthyThreshold: healthCheck.unhealthy_threshold,
      },
      // Always there: the provider overlooks the removal of the block.
      stickiness: {
        enabled: hcl`${targetGroup.stickiness} != null`,
        type: Token.asString(hcl`try(${targetGroup.stickiness.type}, "lb_cookie")`),
        cookieDuration: Token.asNumber(hcl`try(${targetGroup.stickiness.cookie_duration}, 86400)`),
        cookieName: Token.asString(hcl`try(${targetGroup.stickiness.cookie_name}, null)`),
      },
      tags: Token.asStringMap(tags),
      lifecycle: {
        createBeforeDestroy: true,
        precondition: [
          {
            condition: hcl`${percent} == 0 || !${node.register_targets} || ${targetCount(node)} > 0`,
            errorMessage: `node_traffic_percent is ${hcl`${percent}`} and the node has no targets: requests would be answered with 503. Name some in node.autoscaling_group_names, node.instance_ids or node.ip_addresses, or set node.register_targets = false if the node registers itself.`,
          },
        ],
      },
    });

    // A new target group is filled before the rules turn to it, and the old one emptied after.
    const lifecycle = { createBeforeDestroy: true };

    this.registrations = [
      new AutoscalingAttachment(this, "autoscaling_group", {
        forEach: forEach(node.autoscaling_group_names),
        autoscalingGroupName: node.autoscaling_group_names.each,
        lbTargetGroupArn: this.resource.arn,
        lifecycle,
      }),
      new LbTargetGroupAttachment(this, "instance", {
        forEach: forEach(node.instance_ids),
        targetGroupArn: this.resource.arn,
        targetId: node.instance_ids.each,
        lifecycle,
      }),
      new LbTargetGroupAttachment(this, "ip_address", {
        forEach: forEach(node.ip_addresses),
        targetGroupArn: this.resource.arn,
        targetId: node.ip_addresses.each.address,
        availabilityZone: node.ip_addresses.each.availability_zone,
        lifecycle,
      }),
    ];
  }
}
