import { IResolvable, TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/comment";
import { hcl } from "../../synth/expression";
import { Application } from "./application";

/** What every module tells of itself. */
export interface RoutingContractProps {
  /** The module's name. */
  readonly scenario: string;
  readonly name: string;
  readonly vpcId: string;
  readonly node: { readonly security_group_id: string; readonly port: number; readonly protocol: string };
  /** Where there is one. */
  readonly nodeTargetGroupArn?: string;
  readonly application: Application;
  /** By a name of the caller, where requests come in and what sends them on. */
  readonly entryPoints: IResolvable;
  readonly nodeTrafficPercent: number;
}

/** The module's contract with tools, in the state and in the plan: who is node, who is application, how far is it. */
export class RoutingContract extends Construct {
  public readonly resource: TerraformResource;

  public constructor(scope: Construct, id: string, props: RoutingContractProps) {
    super(scope, id);
    this.resource = comment(
      new TerraformResource(this, "routing", { terraformResourceType: "terraform_data" }),
      "For tools that read the plan or the state.",
    );
    const { node, application } = props;
    this.resource.addOverride("input", {
      schema_version: 1,
      scenario: props.scenario,
      name: props.name,
      vpc_id: props.vpcId,
      node: {
        security_group_id: node.security_group_id,
        target_group_arn: props.nodeTargetGroupArn ?? Token.nullValue(),
        port: node.port,
        protocol: node.protocol,
      },
      application: hcl`${application} == null ? null : { security_group_id = ${application.security_group_id}, ports = ${application.ports} }`,
      entry_points: props.entryPoints,
      node_traffic_percent: props.nodeTrafficPercent,
    });
  }
}
