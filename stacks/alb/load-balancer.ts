import { DataAwsLb } from "@cdktf/provider-aws/lib/data-aws-lb";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { when } from "../../synth/language/expression/when";
import { Routes } from "./route-schema";

export interface LoadBalancerProps {
  readonly routes: Routes;
  /** VPC of the node's target group. */
  readonly vpcId: string;
}

/** The load balancer of the routes, as it is. */
export class LoadBalancer extends Construct {
  public readonly resource: DataAwsLb;
  /** Of rules that forward to the target group. */
  public readonly vpcCondition: Validation;

  public constructor(scope: Construct, id: string, { routes, vpcId }: LoadBalancerProps) {
    super(scope, id);

    this.resource = comment(
      new DataAwsLb(this, "existing", {
        count: when(hcl`length(${routes}) > 0`),
        arn: hcl.string`replace(dirname(values(${routes})[0].listener_arn), ":listener/", ":loadbalancer/")`,
      }),
      "Read for its VPC, its tags, and for what it does with X-Forwarded-For.",
    );
    const existingVpcId = hcl`${this.resource.fqn}[0].vpc_id`;
    this.vpcCondition = {
      condition: hcl`${existingVpcId} == ${vpcId}`,
      errorMessage:
        text`routes: the load balancer is in ${existingVpcId} and the node's target group in ${vpcId}, but AWS accepts only a ` +
        "target group of the load balancer's VPC. Set load_balancer.vpc_id to the load balancer's VPC.",
    };
    comment(
      new Check(this, "load_balancer_appends_client_addresses", {
        condition: hcl`alltrue([for load_balancer in ${this.resource.fqn} : load_balancer.xff_header_processing_mode == "append"])`,
        errorMessage:
          text`The load balancer's xff_header_processing_mode is "${hcl`join(", ", ${this.resource.fqn}[*].xff_header_processing_mode)`}", so the node ` +
          'does not learn the address of the client from the load balancer. Set it to "append".',
      }),
      "The node trusts the last address in X-Forwarded-For. With preserve, the client wrote it, and with remove, there is none " +
        "(https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html).",
    );
  }
}
