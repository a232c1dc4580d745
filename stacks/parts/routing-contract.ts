import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { override } from "../../synth/language/expression/override";
import { Validation } from "../../synth/language/expression/validation";
import { Application } from "./application";

/** What every module tells of itself. */
export interface RoutingContractProps {
  /** The module's name. */
  readonly scenario: string;
  readonly name: string;
  /** @default - null: the module knows no VPC */
  readonly vpcId?: string;
  readonly node: { readonly security_group_id?: string; readonly port?: number; readonly protocol?: string };
  /** @default - null: the module knows the load balancer in front of the node, and not the node's targets */
  readonly nodeTargetGroupArn?: string;
  /** @default - null: who the application admits is another module's affair */
  readonly application?: Application;
  /** By a name of the caller, where requests come in and what sends them on. */
  readonly entryPoints: IResolvable;
  readonly nodeTrafficPercent: number;
  /** What must be true for the contract to be. */
  readonly preconditions?: Validation[];
}

/**
 * The module's contract with tools, in the state and in the plan: who is node, who is application, how far is it. Its callers
 * get the input, which a plan knows; of the output it knows nothing whenever something in it changes.
 */
export class RoutingContract extends Construct {
  public readonly resource: TerraformResource;

  public constructor(scope: Construct, id: string, props: RoutingContractProps) {
    super(scope, id);
    this.resource = comment(
      new TerraformResource(this, "routing", {
        terraformResourceType: "terraform_data",
        lifecycle: props.preconditions && { precondition: props.preconditions },
      }),
      "For tools that read the plan or the state.",
    );
    const { node, application } = props;
    // Tools find the same attributes in every module.
    override(this.resource, {
      input: {
        schema_version: 1,
        scenario: props.scenario,
        name: props.name,
        vpc_id: props.vpcId ?? null,
        node: {
          security_group_id: node.security_group_id ?? null,
          target_group_arn: props.nodeTargetGroupArn ?? null,
          port: node.port ?? null,
          protocol: node.protocol ?? null,
        },
        application:
          application === undefined
            ? null
            : hcl`${application} == null ? null : { security_group_id = ${application.security_group_id}, ports = ${application.ports} }`,
        entry_points: props.entryPoints,
        node_traffic_percent: props.nodeTrafficPercent,
      },
    });
  }
}
