import { DataAwsLbTargetGroup } from "@cdktf/provider-aws/lib/data-aws-lb-target-group";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { distinctValues, everyKey, matches, notEmpty } from "../../synth/variables/rules";
import { example, map, object, ReferenceTo, string } from "../../synth/variables/schema";
import { targetGroupArn } from "../parts/identifiers";
import { targetFields } from "../parts/node";
import { Application } from "./application";

const targetGroupSchema = object("A target group.", {
  existing_arn: string(
    "ARN of the application's target group at the load balancer in front of the node. The new one has the same protocol, port, target type, health check, stickiness, and other attributes.",
    targetGroupArn,
  ),
  autoscaling_group_names: targetFields.autoscaling_group_names,
  instance_ids: targetFields.instance_ids,
  ip_addresses: targetFields.ip_addresses,
});

const EXAMPLE = targetGroupSchema.example;
const OTHER = targetGroupArnOf("other");

export const targetGroupsSchema = example(
  map(
    "The target groups, by names that you choose: one for each target group of the application. Without targets, the owner of the application attaches them, as the output owner_configuration says.",
    "target_group",
    targetGroupSchema,
    notEmpty("target group", {}),
    everyKey(
      matches(/^[0-9A-Za-z_.-]{1,100}$/, "have 1 to 100 letters, digits, and characters of _ . -", {
        // Longer names need a route: see the limits.
        accepts: ["example"],
        refuses: ["a/b", "", "0".repeat(101)],
      }),
      EXAMPLE,
    ),
    distinctValues("existing target group", { a: EXAMPLE, b: EXAMPLE }, "existing_arn"),
  ),
  { example: EXAMPLE },
);

export type TargetGroups = ReferenceTo<typeof targetGroupsSchema>;

/** For examples. */
export function twoTargetGroups() {
  return { example: EXAMPLE, other: { existing_arn: OTHER } };
}

function targetGroupArnOf(name: string): string {
  return `arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/${name}/0123456789abcdef`;
}

export interface CopiedTargetGroupsProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly vpcId: string;
  readonly targetGroups: TargetGroups;
  readonly application: Application;
}

/** Target groups like those of the application, because AWS lets a target group serve only one load balancer. */
export class CopiedTargetGroups extends Construct {
  public readonly existing: DataAwsLbTargetGroup;
  public readonly resource: LbTargetGroup;
  /** By target group, the name that it has in AWS. */
  public readonly names: IResolvable;

  public constructor(scope: Construct, id: string, props: CopiedTargetGroupsProps) {
    super(scope, id);
    const { name, tags, vpcId, targetGroups, application } = props;

    this.existing = comment(
      new DataAwsLbTargetGroup(this, "existing", {
        forEach: forEach(targetGroups),
        arn: targetGroups.each.existing_arn,
      }),
      "Read, never managed: they belong to the owner of the application.",
    );
    const { fqn } = this.existing;
    const unopened = local(
      this,
      "unopened_ports",
      hcl`{
        for key, group in ${fqn} : key => [
          for port in distinct(compact([group.port, try(replace(group.health_check[0].port, "traffic-port", group.port), "")])) : port
          if !contains(${application.ports}, tonumber(port))
        ]
      }`,
      "By target group, the ports of requests and health checks that application.ports does not have. A Lambda function has none.",
    );
    const identities = local(
      this,
      "target_group_identities",
      hcl`{
        for key, group in ${fqn} :
        key => [key, ${vpcId}, group.port, group.protocol, group.target_type]
      }`,
      "AWS cannot change these in place. A new value makes a new target group, and the hash in its name lets both exist until the requests have moved.",
    );
    this.names = local(
      this,
      "target_group_names",
      hcl`{
        for key, identity in ${identities} :
        key => ${text`${name}-${hcl`substr(sha1(jsonencode(identity)), 0, 8)`}`}
      }`,
    );
    const copy = (attribute: string) => hcl`each.value.${attribute}`;
    const check = (attribute: string) => hcl.string(copy(`health_check[0].${attribute}`));
    const checkNumber = (attribute: string) => hcl.number(copy(`health_check[0].${attribute}`));
    this.resource = comment(
      new LbTargetGroup(this, "application", {
        forEach: forEach(hcl`${fqn}`),
        name: hcl.string`${this.names}[each.key]`,
        vpcId,
        port: hcl.number(copy("port")),
        protocol: hcl.string(copy("protocol")),
        targetType: hcl.string(copy("target_type")),
        deregistrationDelay: hcl.string(copy("deregistration_delay")),
        slowStart: hcl.number(copy("slow_start")),
        loadBalancingAlgorithmType: hcl.string(copy("load_balancing_algorithm_type")),
        loadBalancingAnomalyMitigation: hcl.string(copy("load_balancing_anomaly_mitigation")),
        loadBalancingCrossZoneEnabled: hcl.string(copy("load_balancing_cross_zone_enabled")),
        healthCheck: {
          path: check("path"),
          port: check("port"),
          protocol: check("protocol"),
          matcher: check("matcher"),
          interval: checkNumber("interval"),
          timeout: checkNumber("timeout"),
          healthyThreshold: checkNumber("healthy_threshold"),
          unhealthyThreshold: checkNumber("unhealthy_threshold"),
        },
        stickiness: {
          enabled: copy("stickiness[0].enabled"),
          type: hcl.string(copy("stickiness[0].type")),
          cookieDuration: hcl.number(copy("stickiness[0].cookie_duration")),
          cookieName: hcl.string`${copy("stickiness[0].type")} == "app_cookie" ? ${copy("stickiness[0].cookie_name")} : null`,
        },
        tags: hcl.map`merge(${tags}, ${{ Name: text`${name}-${each.key}` }})`,
        lifecycle: { createBeforeDestroy: true, precondition: conditions(unopened, props) },
      }),
      "A new group is created before the old one is destroyed, because AWS refuses to delete a group that a rule uses.",
    );
  }
}

/** Of a copy, whose `each.value` is the existing target group. */
function conditions(unopenedPorts: IResolvable, { vpcId, targetGroups }: CopiedTargetGroupsProps): Validation[] {
  const existing = hcl`each.value`;
  const targets = hcl`${targetGroups}[each.key]`;
  const group = text`target_groups["${each.key}"].existing_arn`;
  const unopened = hcl`${unopenedPorts}[each.key]`;
  return [
    {
      condition: hcl`contains(["instance", "ip"], ${existing}.target_type)`,
      errorMessage: text`${group} has targets of the type ${hcl`${existing}.target_type`}, which the module does not copy. Remove it, and give the node the application's own address in the backends of the module node-config.`,
    },
    {
      // Another condition refuses Lambda functions, which have no protocol.
      condition: hcl`${existing}.target_type == "lambda" ? true : contains(["HTTP", "HTTPS"], ${existing}.protocol)`,
      errorMessage: text`${group} has the protocol ${hcl`coalesce(${existing}.protocol, "none")`}, so it belongs to another kind of load balancer. Set existing_arn to a target group of an Application Load Balancer.`,
    },
    {
      // Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
      condition: hcl`!contains(["HTTP2", "GRPC"], ${existing}.protocol_version)`,
      errorMessage: text`${group} has the protocol version ${hcl`coalesce(${existing}.protocol_version, "none")`}, which needs requests over HTTP/2, and the node sends HTTP/1.1. Remove it, and leave its requests out of the routes to the node.`,
    },
    {
      condition: hcl`${existing}.vpc_id == ${vpcId}`,
      errorMessage: text`${group} is in ${hcl`${existing}.vpc_id`}, and this load balancer in ${vpcId}. Set vpc_id and subnet_ids to the VPC of the application, because AWS finds the targets only there.`,
    },
    {
      condition: hcl`length(${targets}.autoscaling_group_names) + length(${targets}.instance_ids) == 0 || ${existing}.target_type == "instance"`,
      errorMessage: text`${group} has targets of the type ${hcl`${existing}.target_type`}, and AWS accepts only IP addresses in it. Set autoscaling_group_names and instance_ids to {}, or existing_arn to the target group of the instances.`,
    },
    {
      condition: hcl`length(${targets}.ip_addresses) == 0 || ${existing}.target_type == "ip"`,
      errorMessage: text`${group} has targets of the type ${hcl`${existing}.target_type`}, and AWS accepts no IP addresses in it. Set ip_addresses to {}, or existing_arn to the target group of the addresses.`,
    },
    {
      condition: hcl`length(${unopened}) == 0`,
      errorMessage: text`${group} sends requests or health checks to ports that are not in application.ports: ${hcl`join(", ", ${unopened})`}. Add them, or its targets are unhealthy, and an Auto Scaling group or ECS service replaces them.`,
    },
  ];
}
