import { type Kind, RULE_STEPS } from "../application";
import { instancesBehindLoadBalancer } from "../load-balancer";
import { TerraformOwner } from "../terraform-owner";

interface Outputs {
  readonly api_id: string;
  readonly listener_arn: string;
  readonly target_group_arn: string;
}

/**
 * An HTTP API, a VPC link, and a private load balancer: the node goes behind the load balancer, and the API stays as it is.
 * As https://github.com/terraform-aws-modules/terraform-aws-apigateway-v2/tree/master/examples/vpc-link-http
 */
export const httpApi: Kind = {
  name: "an HTTP API with a VPC link to a private load balancer",

  async create(aws) {
    const { network, securityGroupIds, variables } = await instancesBehindLoadBalancer(aws, "shop");
    const owner = await TerraformOwner.start(aws, "http-api", {
      ...variables,
      load_balancer_subnet_ids: Object.values(network.subnetIds.loadBalancer),
    });
    const { api_id, listener_arn, target_group_arn } = await owner.root.outputs<Outputs>();
    return {
      network,
      owner,
      entryPoints: [
        { type: "listener", id: listener_arn },
        { type: "http-api", id: api_id },
      ],
      securityGroupIds,
      targetGroupArns: [target_group_arn],
    };
  },

  rollout: {
    root: "alb",
    variables: ({ entryPoints: [listener] }) => ({
      application_ports: [80],
      routes: { rest: { listener_arn: listener?.id, priority: 50000, catch_all: true } },
    }),
    ...RULE_STEPS,
  },
};
