import { type ForeignApplication, type Kind, RULE_STEPS } from "../application";
import { backendLoadBalancer, letGoOfBackend, listBackend } from "../behind";
import { requestCertificate } from "../../harness/certificate";
import { applicationLoadBalancer } from "../load-balancer";
import { TerraformOwner } from "../terraform-owner";

interface Outputs {
  readonly listener_arn: string;
  readonly target_group_arns: Readonly<Record<"api" | "web", string>>;
  readonly application_security_group_id: string;
}

interface TwoTargetGroups extends ForeignApplication {
  readonly arns: Outputs["target_group_arns"];
}

/** How the owner attaches target groups to the Auto Scaling group, and who attaches those of the module. */
const WAYS = {
  attachment: { attachedBy: "the module" },
  traffic_source_attachment: { attachedBy: "the module" },
  ignored: { attachedBy: "the module" },
  target_group_arns: { attachedBy: "the owner" },
} as const;

export type Way = keyof typeof WAYS;

/**
 * An Auto Scaling group that replaces what any of its target groups finds unhealthy, behind two rules. The node reaches it
 * through a load balancer of the module application-backend.
 * As https://github.com/terraform-aws-modules/terraform-aws-autoscaling/tree/master/examples/complete, with two ports
 */
export function twoTargetGroups(way: Way, protocol: "HTTP" | "HTTPS" = "HTTP"): Kind<TwoTargetGroups> {
  const byOwner = WAYS[way].attachedBy === "the owner";
  return {
    name: `an Auto Scaling group with two target groups by path (${way}), and a load balancer behind the node`,

    async create(aws) {
      const { network, loadBalancerGroup, variables } = await applicationLoadBalancer(aws, "shop");
      const owner = await TerraformOwner.start(aws, "two-target-groups", {
        ...variables,
        subnet_ids: Object.values(network.subnetIds.application),
        attached_by: way,
        certificate_arn: protocol === "HTTPS" ? await requestCertificate(aws) : null,
      });
      const outputs = await owner.root.outputs<Outputs>();
      return {
        network,
        owner,
        entryPoints: [{ type: "listener", id: outputs.listener_arn }],
        securityGroupIds: { loadBalancer: loadBalancerGroup, application: outputs.application_security_group_id },
        targetGroupArns: Object.values(outputs.target_group_arns),
        arns: outputs.target_group_arns,
      };
    },

    rollout: {
      root: "backend",
      variables: ({ entryPoints: [listener], arns }) => {
        const targets = byOwner ? {} : { autoscaling_group_names: { shop: "shop" } };
        return {
          listener_arn: listener?.id,
          application_ports: [8080, 8081],
          routes: {
            api: { listener_arn: listener?.id, priority: 9, mirrors_priority: 10 },
            rest: { listener_arn: listener?.id, priority: 50000, catch_all: true },
          },
          target_groups: {
            api: { existing_arn: arns.api, ...targets },
            web: { existing_arn: arns.web, ...targets },
          },
          backend_routes: {
            api: { priority: 10, target_group: "api", conditions: [{ path_pattern: { values: ["/api/*"] } }] },
            rest: { priority: 50000, target_group: "web", catch_all: true },
          },
        };
      },
      ...RULE_STEPS,
      prepare: backendLoadBalancer,
      ...(byOwner ? { follow: listBackend, leave: letGoOfBackend } : {}),
    },
  };
}
