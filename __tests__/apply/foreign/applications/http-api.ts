import { createInstances, createLoadBalancer, createNetwork, createSecurityGroup } from "../../harness/network";
import { type Kind, SECOND_SUBNET } from "../application";
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
    const network = await createNetwork(aws);
    const loadBalancerGroup = await createSecurityGroup(aws, network, "shop-load-balancer");
    const applicationGroup = await createSecurityGroup(aws, network, "shop-application");
    const instances = await createInstances(aws, network.subnetIds.application, applicationGroup);
    const owner = await TerraformOwner.start(aws, "http-api", {
      vpc_id: network.vpcId,
      load_balancer_subnet_ids: Object.values(network.subnetIds.loadBalancer),
      load_balancer_security_group_id: loadBalancerGroup,
      application_security_group_id: applicationGroup,
      instance_ids: Object.values(instances),
      load_balancer_arn: await createLoadBalancer(aws, network, {
        name: "shop",
        type: "application",
        securityGroupIds: [loadBalancerGroup],
      }),
    });
    const { api_id, listener_arn, target_group_arn } = await owner.root.outputs<Outputs>();
    return {
      network,
      owner,
      entryPoints: [
        { type: "listener", id: listener_arn },
        { type: "http-api", id: api_id },
      ],
      securityGroupIds: { loadBalancer: loadBalancerGroup, application: applicationGroup },
      targetGroupArns: [target_group_arn],
    };
  },

  rollout: {
    root: "alb",
    variables: ({ entryPoints: [listener] }) => ({
      application_ports: [80],
      routes: { rest: { listener_arn: listener?.id, priority: 50000, catch_all: true } },
    }),
    networkAcl: SECOND_SUBNET,
    percentages: [0, 10, 100],
    refused: {
      0: { service: "elbv2", operation: "CreateRule" },
      100: { service: "elbv2", operation: "ModifyRule" },
    },
  },
};
