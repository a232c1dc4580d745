import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/comment";

/** What every module tells of itself. The values are expressions or references. */
export interface RoutingContractProps {
  /** The module's name. */
  readonly scenario: string;
  readonly name: string;
  readonly vpc_id: string;
  readonly node: Readonly<Record<string, IResolvable | string | number>>;
  /** An object with security_group_id and ports, or null. */
  readonly application: IResolvable;
  /** By a name of the caller, where requests come in and what sends them on. */
  readonly entry_points: IResolvable;
  readonly node_traffic_percent: number;
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
    this.resource.addOverride("input", { schema_version: 1, ...props });
  }
}
