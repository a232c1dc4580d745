import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { linesFor } from "../../synth/language/expression/directives";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";

export interface OwnerConfigurationProps {
  readonly name: string;
  /** The resource of the target groups. */
  readonly targetGroups: string;
  /** By ECS service: objects with the name of a target group in `target_group_arn`, `container_name`, and `container_port`. */
  readonly ecsBlocks: IResolvable;
}

/** What the owner of the application writes, as text. */
export class OwnerConfiguration extends Construct {
  public readonly texts: IResolvable;

  public constructor(scope: Construct, id: string, { name, targetGroups, ecsBlocks }: OwnerConfigurationProps) {
    super(scope, id);
    const ofInstances = local(
      this,
      "target_group_arns_of_instances",
      hcl`[for group in ${targetGroups} : group.arn if group.target_type == "instance"]`,
    );
    const autoScalingGroup = local(
      this,
      "auto_scaling_group_configuration",
      `# For an Auto Scaling group with target_group_arns or traffic_source in its configuration: its apply detaches all
# target groups that are not listed there. Choose one of two ways, and apply it before the module attaches anything.

# 1. The module attaches the target groups, and this apply leaves them alone.
lifecycle {
  ignore_changes = [target_group_arns, traffic_source]
}

# 2. This configuration attaches them, and autoscaling_group_names is {} in the module. Use the argument that you use now:
target_group_arns = [
  # ... your own${linesFor("arn", ofInstances, `  "${hcl`arn`}",`)}
]${linesFor(
        "arn",
        ofInstances,
        `
traffic_source {
  identifier = "${hcl`arn`}"
  type       = "elbv2"
}`,
      )}

# To remove the module: set node_traffic_percent = 0, then take these target groups out of this configuration and apply,
# and only then remove the module. Taking them out while requests go through the node is an outage. While an Auto Scaling
# group names a deleted target group, it launches no instances, and its plan shows no changes.
`,
    );
    const ecs = local(
      this,
      "ecs_configuration",
      `# Add the blocks to the service, beside its own. The tasks are then in the target groups of both load balancers, so ECS
# replaces them all in a rolling deployment.${linesFor(
        "service, blocks",
        ecsBlocks,
        `
# resource "aws_ecs_service" "${hcl`service`}"${linesFor(
          "block",
          hcl`blocks`,
          `load_balancer {
  target_group_arn = "${hcl`${targetGroups}[block.target_group_arn].arn`}"
  container_name   = "${hcl`block.container_name`}"
  container_port   = ${hcl`block.container_port`}
}`,
        )}`,
      )}

# To remove the module: set node_traffic_percent = 0, then take these blocks out of the service and apply, and only then
# remove the module. Taking them out while requests go through the node is an outage.
`,
    );
    const kubernetes = local(
      this,
      "kubernetes_configuration",
      `# For the AWS Load Balancer Controller, which registers the pods. Replace SERVICE and PORT with the Service and its port.${linesFor(
        "key, group",
        hcl`${targetGroups}`,
        `---
apiVersion: elbv2.k8s.aws/v1beta1
kind: TargetGroupBinding
metadata:
  name: ${name}-${hcl`lower(replace(key, "_", "-"))`}
spec:
  serviceRef:
    name: SERVICE
    port: PORT
  targetGroupARN: ${hcl`group.arn`}
  targetType: ${hcl`group.target_type`}`,
      )}
`,
    );
    this.texts = hcl`{
      auto_scaling_group = ${autoScalingGroup}
      ecs_services       = ${ecs}
      kubernetes         = ${kubernetes}
    }`;
  }
}
