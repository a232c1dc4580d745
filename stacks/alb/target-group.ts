import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { matches, oneOf, wholeNumber, zeroOr } from "../../synth/variables/rules";
import { example, given, number, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { matcherField, pathField, portField, timingExamples, timingFields, timingRule } from "../parts/health-check";
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
import { crossZoneField, deregistrationDelayField, TargetGroup } from "../parts/target-group";

/** The fields of `node` that list targets. */
const TARGETS = ["autoscaling_group_names", "instance_ids", "ip_addresses"] as const;

/** The node as the target of an Application Load Balancer. */
export const albNodeSchema = example(
  object(
    "The Wallarm Node: its endpoint and its targets.",
    {
      ...endpointFields(["HTTP", "HTTPS"]),
      protocol_version: optional(string("Protocol version.", oneOf("HTTP1", "HTTP2", "GRPC")), "HTTP1"),
      target_type: optional(
        string(
          '"instance" for EC2 instances; "ip" for Fargate, containers with their own IP address, and hosts outside the VPC.',
          oneOf("instance", "ip"),
        ),
        "instance",
      ),
      ...targetFields,
      ...registerTargetsField,
    },
    {
      test: (node) =>
        hcl`${node.target_type} == "instance" ? length(${node.ip_addresses}) == 0 : length(${node.autoscaling_group_names}) + length(${node.instance_ids}) == 0`,
      requirement:
        'list only targets of its target_type: autoscaling_group_names and instance_ids for "instance", ip_addresses for "ip"',
      refuses: [
        { target_type: "ip" },
        { target_type: "ip", autoscaling_group_names: {}, instance_ids: { main: "i-0123456789abcdef0" } },
        { ip_addresses: { main: { address: "10.0.1.10" } } },
      ],
    },
    addressFamilyRule,
    addressesOfFamilyRule,
    registrationRule(...TARGETS),
  ),
  targetsExample,
  targetsExamplesFor,
);

/** Ranges: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
export const albTargetGroupSchema = optional(
  example(
    object(
      "Attributes of the node's target group.",
      {
        ...deregistrationDelayField,
        slow_start: optional(
          number(
            "Seconds until a new target receives its full share of the requests (slow start). 0: off.",
            zeroOr(30, 900),
          ),
          0,
        ),
        load_balancing_algorithm_type: optional(
          string("Load balancing algorithm.", oneOf("round_robin", "least_outstanding_requests", "weighted_random")),
          "round_robin",
        ),
        load_balancing_anomaly_mitigation: optional(
          string("Whether targets with more errors receive fewer requests (anomaly mitigation).", oneOf("on", "off")),
          "off",
        ),
        ...crossZoneField,
        stickiness: optional(
          example(
            object(
              "Keeps a client at one of the node's targets. The node does not need it, because it has no sessions. Null: off.",
              {
                type: optional(
                  string("Cookie of the load balancer or of the application.", oneOf("lb_cookie", "app_cookie")),
                  "lb_cookie",
                ),
                cookie_duration: optional(
                  number("Duration of the cookie in seconds.", wholeNumber(1, 604800, "seconds")),
                  86400,
                ),
                cookie_name: optional(
                  string(
                    "Name of the application's cookie.",
                    matches(/^[0-9A-Za-z!#$%&'*+.^_`|~-]+$/, "be the name of a cookie, such as SESSION", {
                      accepts: ["SESSION"],
                      refuses: ["", "a b", "a=b"],
                    }),
                    {
                      test: (name) => hcl`!startswith(${name}, "AWSALB")`,
                      requirement: 'not start with "AWSALB", which AWS reserves',
                      refuses: ["AWSALBTG", "AWSALB"],
                      accepts: ["SESSION"],
                    },
                  ),
                ),
              },
              {
                test: (stickiness) => hcl`(${stickiness.type} == "app_cookie") == (${stickiness.cookie_name} != null)`,
                requirement: 'have a cookie_name if and only if type is "app_cookie"',
                refuses: [{ type: "app_cookie" }, { cookie_name: "SESSION" }],
              },
            ),
            {},
            { cookie_name: { type: "app_cookie" } },
          ),
        ),
      },
      {
        test: (group) => hcl`${group.slow_start} == 0 || ${group.load_balancing_algorithm_type} == "round_robin"`,
        requirement: 'have slow_start = 0 unless load_balancing_algorithm_type is "round_robin"',
        refuses: [
          { slow_start: 30, load_balancing_algorithm_type: "least_outstanding_requests" },
          { slow_start: 30, load_balancing_algorithm_type: "weighted_random" },
        ],
      },
      {
        test: (group) =>
          hcl`${group.load_balancing_anomaly_mitigation} != "on" || ${group.load_balancing_algorithm_type} == "weighted_random"`,
        requirement:
          'have load_balancing_anomaly_mitigation = "off" unless load_balancing_algorithm_type is "weighted_random"',
        refuses: [
          { load_balancing_anomaly_mitigation: "on" },
          { load_balancing_anomaly_mitigation: "on", load_balancing_algorithm_type: "least_outstanding_requests" },
        ],
        accepts: [{ load_balancing_anomaly_mitigation: "on", load_balancing_algorithm_type: "weighted_random" }],
      },
    ),
    {},
    { load_balancing_anomaly_mitigation: { load_balancing_algorithm_type: "weighted_random" } },
  ),
  {},
);

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
export function albHealthCheckSchema(node: ReferenceTo<typeof albNodeSchema>) {
  const grpc = hcl`${node.protocol_version} == "GRPC"`;
  const withGrpc = (matcher: string) => given({ node: { protocol_version: "GRPC" } }, matcher);
  return optional(
    example(
      object(
        "Health check of the node. AWS does not allow you to disable it. The node proxies paths that it does not answer itself, so a path of the application also checks the application.",
        {
          path: pathField('Path of the request. Null: "/" or, with gRPC, "/AWS.ALB/healthcheck".'),
          port: portField,
          protocol: optional(string("Protocol. Null: node.protocol.", oneOf("HTTP", "HTTPS"))),
          matcher: matcherField(
            'Codes of a healthy response. Null: "200-399" or, with gRPC, "12". Do not add 403, because a node that requires a header answers 403 to requests without it.',
            {
              range: [hcl`(${grpc} ? 0 : 200)`, hcl`(${grpc} ? 99 : 499)`],
              words: '200 to 499 or, with node.protocol_version = "GRPC", from 0 to 99',
              accepts: ["200-299,302", "200", "499", withGrpc("0-99"), withGrpc("12")],
              refuses: ["199", "500", "499-200", "0-99", withGrpc("200"), withGrpc("100"), withGrpc("99-0")],
            },
          ),
          ...timingFields(5),
        },
        timingRule,
      ),
      {},
      timingExamples,
    ),
    {},
  );
}

export interface AlbTargetGroupProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly vpcId: string;
  readonly loadBalancer: { readonly vpc_id: string };
  readonly node: ReferenceTo<typeof albNodeSchema>;
  readonly nodeTrafficPercent: number;
  readonly targetGroup: ReferenceTo<typeof albTargetGroupSchema>;
  readonly healthCheck: ReferenceTo<ReturnType<typeof albHealthCheckSchema>>;
}

/** The node's target group at an Application Load Balancer. */
export class AlbTargetGroup extends TargetGroup {
  public constructor(scope: Construct, id: string, { node, targetGroup, healthCheck, ...props }: AlbTargetGroupProps) {
    const grpc = hcl`${node.protocol_version} == "GRPC"`;
    super(scope, id, {
      ...props,
      node,
      identity: [node.port, node.protocol, node.protocol_version, node.target_type, node.ip_address_type],
      targetCount: targetCount(node, TARGETS),
      withoutTargets:
        "the load balancer would answer 503. List targets in node.autoscaling_group_names, node.instance_ids, or node.ip_addresses",
      config: {
        protocolVersion: node.protocol_version,
        deregistrationDelay: hcl.string`${targetGroup.deregistration_delay}`,
        slowStart: targetGroup.slow_start,
        loadBalancingAlgorithmType: targetGroup.load_balancing_algorithm_type,
        loadBalancingAnomalyMitigation: targetGroup.load_balancing_anomaly_mitigation,
        loadBalancingCrossZoneEnabled: targetGroup.load_balancing_cross_zone_enabled,
        healthCheck: {
          path: hcl.string`coalesce(${healthCheck.path}, ${grpc} ? "/AWS.ALB/healthcheck" : "/")`,
          port: healthCheck.port,
          protocol: hcl.string`coalesce(${healthCheck.protocol}, ${node.protocol})`,
          matcher: hcl.string`coalesce(${healthCheck.matcher}, ${grpc} ? "12" : "200-399")`,
          interval: healthCheck.interval,
          timeout: healthCheck.timeout,
          healthyThreshold: healthCheck.healthy_threshold,
          unhealthyThreshold: healthCheck.unhealthy_threshold,
        },
        stickiness: {
          enabled: hcl`${targetGroup.stickiness} != null`,
          type: hcl.string`try(${targetGroup.stickiness.type}, "lb_cookie")`,
          cookieDuration: hcl.number`try(${targetGroup.stickiness.cookie_duration}, 86400)`,
          cookieName: hcl.string`try(${targetGroup.stickiness.cookie_name}, null)`,
        },
      },
    });
    comment(
      this.resource,
      "The stickiness block is always there, because the provider plans no change if it is removed. A new group is created before the old one is destroyed, because AWS refuses to delete a group that a rule uses.",
    );
  }
}
