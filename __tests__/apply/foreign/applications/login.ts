import { createInstances, createLoadBalancer, createNetwork, createSecurityGroup } from "../../harness/network";
import { type Kind, SECOND_SUBNET } from "../application";
import { TerraformOwner } from "../terraform-owner";

interface Outputs {
  readonly listener_arn: string;
  readonly target_group_arn: string;
}

/**
 * A rule that sends clients to an identity provider before it forwards.
 * As https://github.com/cloudposse/terraform-aws-alb-ingress
 */
export const login: Kind = {
  name: "a rule with a login before the forward",

  async create(aws) {
    const network = await createNetwork(aws);
    const loadBalancerGroup = await createSecurityGroup(aws, network, "admin-load-balancer");
    const applicationGroup = await createSecurityGroup(aws, network, "admin-application");
    const instances = await createInstances(aws, network.subnetIds.application, applicationGroup);
    const owner = await TerraformOwner.start(aws, "login", {
      vpc_id: network.vpcId,
      load_balancer_security_group_id: loadBalancerGroup,
      application_security_group_id: applicationGroup,
      instance_ids: Object.values(instances),
      load_balancer_arn: await createLoadBalancer(aws, network, {
        name: "admin",
        type: "application",
        securityGroupIds: [loadBalancerGroup],
      }),
    });
    const { listener_arn, target_group_arn } = await owner.root.outputs<Outputs>();
    return {
      network,
      owner,
      entryPoints: [{ type: "listener", id: listener_arn }],
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
    refusals: [
      {
        what: "a route that mirrors the login",
        variables: ({ entryPoints: [listener] }) => ({
          routes: { admin: { listener_arn: listener?.id, priority: 99, mirrors_priority: 100 } },
        }),
        message: "authenticates clients (authenticate-oidc, forward)",
      },
    ],
    networkAcl: SECOND_SUBNET,
    percentages: [0, 10, 100],
    refused: {
      0: { service: "elbv2", operation: "CreateRule" },
      100: { service: "elbv2", operation: "ModifyRule" },
    },
    // Behind the login, the owner forwards to the node himself.
    follow: async ({ owner }, { ours }) => {
      const { forward_action } = await ours.outputs<{ forward_action: object }>();
      await owner.apply({ forward_action });
    },
    leave: ({ owner }) => owner.apply({ forward_action: null }),
  },
};
