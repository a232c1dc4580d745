import { type Kind, RULE_STEPS } from "../application";
import { instancesBehindLoadBalancer } from "../load-balancer";
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
    const { network, securityGroupIds, variables } = await instancesBehindLoadBalancer(aws, "admin");
    const owner = await TerraformOwner.start(aws, "login", variables);
    const { listener_arn, target_group_arn } = await owner.root.outputs<Outputs>();
    return {
      network,
      owner,
      entryPoints: [{ type: "listener", id: listener_arn }],
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
    refusals: [
      {
        what: "a route that mirrors the login",
        variables: ({ entryPoints: [listener] }) => ({
          routes: { admin: { listener_arn: listener?.id, priority: 99, mirrors_priority: 100 } },
        }),
        message: "authenticates clients (authenticate-oidc, forward)",
      },
    ],
    ...RULE_STEPS,
    // Behind the login, the owner forwards to the node himself.
    follow: async ({ owner }, { ours }) => {
      const { forward_action } = await ours.outputs<{ forward_action: object }>();
      await owner.apply({ forward_action });
    },
    leave: ({ owner }) => owner.apply({ forward_action: null }),
  },
};
