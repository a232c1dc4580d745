import { DataAwsLbTargetGroup } from "@cdktf/provider-aws/lib/data-aws-lb-target-group";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { ROUTING, VERSION } from "../../contract/routing";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { list, map, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { ofArn, RoutingContract } from "../parts/routing-contract";
import { take } from "../parts/routing-input";
import { Application } from "./application";
import { CopiedTargetGroups, TargetGroups } from "./target-groups";

const { node, application, load_balancer, secret_header, entry_points } = ROUTING.fields;

/** The variable `routing`: everything that the output of this module takes over. */
export const routingSchema = optional(
  object(
    "The output routing of the module that sends requests to the node. With it, the output routing of this module is complete. Null: the output says that no requests go through the node.",
    {
      schema_version: optional(take(ROUTING.fields, "schema_version").schema_version, VERSION),
      ...take(ROUTING.fields, "scenario", "node_traffic_percent", "live_after_apply"),
      node: object(node.description, take(node.fields, "target_group_arn")),
      application: optional(
        object(application.description, {
          ...take(application.fields, "security_group_id"),
          accepted: optional(
            object(application.fields.accepted.description, {
              security_group_rule_ids: optional(list("IDs of ingress rules.", "id", string("ID."))),
              routes: optional(list("Routes of the API.", "route", string("Route."))),
            }),
          ),
        }),
      ),
      load_balancer: optional(
        object(load_balancer.description, take(load_balancer.fields, "security_group_ids", "arn_suffix")),
      ),
      secret_header: optional(object(secret_header.description, take(secret_header.fields, "name", "enforced"))),
      entry_points: map(
        entry_points.description,
        entry_points.elementName,
        object(
          "An entry point.",
          take(
            entry_points.element.fields,
            ...(Object.keys(entry_points.element.fields) as (keyof typeof entry_points.element.fields)[]),
          ),
        ),
      ),
    },
  ),
);

export interface BackendRoutingProps {
  readonly name: string;
  readonly vpcId: string;
  readonly routing: ReferenceTo<typeof routingSchema>;
  readonly application: Application;
  readonly targetGroups: TargetGroups;
  readonly copies: CopiedTargetGroups;
  readonly loadBalancerArn: string;
  readonly securityGroupId: string;
  readonly subnetCidrs: IResolvable;
  readonly port: number;
  readonly protocol: string;
}

/** The contract with this load balancer in the place of the node: it is what the application admits. */
export class BackendRouting extends Construct {
  public readonly contract: RoutingContract;

  public constructor(scope: Construct, id: string, props: BackendRoutingProps) {
    super(scope, id);
    const { routing, application, targetGroups, copies, securityGroupId } = props;

    const ofNode = comment(
      new DataAwsLbTargetGroup(this, "node", {
        count: when(hcl`try(${routing.scenario} == "alb", false)`),
        arn: routing.node.target_group_arn,
      }),
      "The node's target group, read for its stickiness.",
    );
    const cookies = (groups: LbTargetGroup | DataAwsLbTargetGroup) =>
      hcl`[for group in ${groups.fqn} : group.stickiness[0].type if group.stickiness[0].enabled]`;
    const shared = local(
      this,
      "shared_cookies",
      hcl`setintersection(${cookies(ofNode)}, ${cookies(copies.resource)})`,
      "Types of stickiness that both load balancers have. Each type has cookies of one name, so each load balancer would replace those of the other " +
        "(https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html).",
    );
    this.contract = new RoutingContract(this, "routing", {
      preconditions: [
        {
          condition: hcl`length(${shared}) == 0`,
          errorMessage: text`Both the node's target group and one of this module have stickiness of the type ${hcl`join(", ", ${shared})`}, and would replace each other's cookie. In the module alb, set target_group.stickiness = null or to the other type, "app_cookie" or "lb_cookie".`,
        },
        {
          condition: hcl`${routing} == null || try(${routing.application.security_group_id} == ${securityGroupId}, false)`,
          errorMessage: text`routing comes from a module whose application is not this load balancer, ${securityGroupId}, so the node would send requests past it. In that module, set application = module.NAME.application, with the name of this module.`,
        },
      ],
      scenario: "application-backend",
      name: props.name,
      ...ofArn(props.loadBalancerArn),
      vpc_id: props.vpcId,
      node: {
        security_group_id: securityGroupId,
        subnet_cidrs: props.subnetCidrs,
        port: props.port,
        protocol: props.protocol,
      },
      application: {
        security_group_id: application.security_group_id,
        ports: application.ports,
        target_group_arns: hcl`values(${targetGroups})[*].existing_arn`,
        accepted: hcl`try(${routing.application.accepted}, null)`,
      },
      load_balancer: hcl`try(${routing.load_balancer}, null)`,
      secret_header: hcl`try(${routing.secret_header}, null)`,
      entry_points: hcl`try(${routing.entry_points}, {})`,
      node_traffic_percent: hcl.number`try(${routing.node_traffic_percent}, 0)`,
      live_after_apply: hcl`try(${routing.live_after_apply}, false)`,
    });
  }
}
