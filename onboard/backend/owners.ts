/** What others must do for the load balancer behind the node. */
import { Listener } from "../../model/rules";
import { Targets } from "./targets";
import { Step, Steps } from "../step";
import { LeftOut, Routes } from "../alb/routes";

interface Facts {
  readonly listener: Listener;
  readonly targets: readonly Targets[];
}

export function backendSteps({ routes }: { readonly routes: Routes }, { listener, targets }: Facts): Steps {
  return {
    beforeApply: autoScaling(targets),
    beforeCutover: [...ecs(targets), ...pods(targets), ...certificates(listener), ...uncopied(routes.leftOut), wait()],
    atCutover: [],
  };
}

function autoScaling(targets: readonly Targets[]): Step[] {
  const names = new Set(
    targets.flatMap(({ autoScalingGroups }) => autoScalingGroups.map(({ AutoScalingGroupName: name }) => name)),
  );
  if (names.size === 0) return [];
  return [
    {
      title: "Let the application's Auto Scaling groups keep further target groups",
      text: `The configuration attaches the target groups behind the node to these groups:\n\n${[...names].map((name) => `- \`${name}\``).join("\n")}\n\nAWS does not tell how their owner attaches target groups. With \`aws_autoscaling_attachment\` or \`aws_autoscaling_traffic_source_attachment\`, there is nothing to do. An owner with \`target_group_arns\` or \`traffic_source\` blocks in \`aws_autoscaling_group\` writes this before you apply. Otherwise the owner's next apply detaches the target groups, and the node answers 503:\n\n\`\`\`hcl\nlifecycle {\n  ignore_changes = [target_group_arns, traffic_source]\n}\n\`\`\``,
    },
  ];
}

function ecs(targets: readonly Targets[]): Step[] {
  const blocks = targets.flatMap(({ group, ecsServices }) =>
    ecsServices.flatMap(({ serviceArn, loadBalancers }) =>
      loadBalancers
        .filter(({ targetGroupArn }) => targetGroupArn === group.TargetGroupArn)
        .map(
          ({ containerName = "", containerPort = 0 }) =>
            `# ${serviceArn}\nload_balancer {\n  target_group_arn = "…" # "${group.TargetGroupName}" of the output backend_target_group_arns\n  container_name   = "${containerName}"\n  container_port   = ${containerPort}\n}`,
        ),
    ),
  );
  if (blocks.length === 0) return [];
  return [
    {
      title: "Let the application's ECS services register their tasks",
      text: `After the first apply, the owner of these services adds these blocks, beside those that are there. The output \`owner_configuration\` has them with the ARNs:\n\n\`\`\`hcl\n${blocks.join("\n\n")}\n\`\`\`\n\nECS replaces all tasks in a rolling deployment, and takes at most five target groups for a service. Before you destroy this configuration, go to 0, and let the owner remove the blocks.`,
    },
  ];
}

function pods(targets: readonly Targets[]): Step[] {
  const found = targets.filter((one) => one.pods.length > 0);
  if (found.length === 0) return [];
  return [
    {
      title: "Let the AWS Load Balancer Controller register the pods",
      text: `The targets of these target groups are pods, whose addresses change:\n\n${found.map(({ group }) => `- \`${group.TargetGroupName}\``).join("\n")}\n\nAfter the first apply, their owner adds a \`TargetGroupBinding\` for each: the output \`owner_configuration\` has the text.`,
    },
  ];
}

function certificates({ Protocol, ListenerArn }: Listener): Step[] {
  if (Protocol !== "HTTPS") return [];
  return [
    {
      title: "Give the load balancer behind the node all certificates",
      text: `Do this before you move requests. The node verifies the certificate for the host of each request, and answers 502 if the load balancer behind it has none. The snapshot has only the default certificate of the listener. If this command lists others, write their ARNs into \`backend_certificate_arns\`, by names that you choose:\n\n\`\`\`sh\naws elbv2 describe-listener-certificates --listener-arn ${ListenerArn} \\\n  --query 'Certificates[?!IsDefault].CertificateArn'\n\`\`\``,
    },
  ];
}

/** Their owner may send them to the node, where they would reach another target group or none. */
function uncopied(leftOut: readonly LeftOut[]): Step[] {
  const found = leftOut.filter(
    ({ rule, step }) =>
      step === "rewrite" ||
      step === "regex" ||
      step === "groups" ||
      step === "source" ||
      (step === "login" && rule.targetGroupArns.length > 1),
  );
  if (found.length === 0) return [];
  return [
    {
      title: "Keep rules without a copy in front of the node",
      text: `These rules have no copy behind the node. If they forwarded to the node, it would send their requests to the target group of another rule, or answer 421:\n\n${found.map(({ rule, reason }) => `- ${rule.words}: ${reason}`).join("\n")}\n\nTheir requests go around the node until their owner replaces them: a rewrite by one in the application, a regular expression by wildcards, a source address by a header that only the entry point sets. Or give the application an address of its own, and run \`onboard\` again with \`--backend-url\`.`,
    },
  ];
}

function wait(): Step {
  return {
    title: "Wait until the targets behind the node are healthy",
    text: "Before you move requests to the node:\n\n```sh\nterraform output -json backend_target_group_arns | jq -r '.[]' | while read -r arn; do\n  aws elbv2 describe-target-health --target-group-arn \"$arn\"\ndone\n```",
  };
}
