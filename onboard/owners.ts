/** OWNERS.md: what others must do, before and after, by ID. */
import { Composition, MODULE_OF, Step, Steps } from "./composition";

/** All steps, also those that do not depend on the entry point. */
export interface AllSteps extends Steps {
  readonly beforeLockdown: readonly Step[];
}

export const TITLES: Readonly<Record<keyof AllSteps, string>> = {
  beforeApply: "Before the first apply",
  beforeCutover: "Before 100 percent",
  atCutover: "At 100 percent",
  beforeLockdown: "Before the lockdown",
};

export function allSteps(composition: Composition): AllSteps {
  const { steps, node } = composition;
  return {
    beforeApply: [...steps.beforeApply, ...inlineGroups(composition), ...node.beforeApply.map(yours)],
    beforeCutover: [...node.afterApply.map(yours), ...steps.beforeCutover, ...deployers(composition)],
    atCutover: steps.atCutover,
    beforeLockdown: [...openRules(composition), ...healthChecks(composition), ...networkAcls(composition)],
  };
}

function yours(step: Step): Step {
  return { ...step, isYours: true };
}

export function owners(composition: Composition): string {
  const { scenario, subject } = composition;
  const { beforeApply, beforeCutover, atCutover, beforeLockdown } = allSteps(composition);
  return `${[
    "# What others must do",
    `For ${subject}. Written by "onboard ${scenario}" from what the account says.`,
    ...section(TITLES.beforeApply, beforeApply),
    ...section(TITLES.beforeCutover, beforeCutover),
    ...(atCutover.length > 0 ? section(TITLES.atCutover, atCutover) : []),
    ...section(TITLES.beforeLockdown, beforeLockdown),
    ...unread(composition),
  ].join("\n\n")}\n`;
}

function section(title: string, steps: readonly Step[]): string[] {
  if (steps.length === 0) return [`## ${title}`, "Nothing."];
  return [`## ${title}`, ...steps.map((step, index) => `### ${index + 1}. ${step.title}\n\n${step.text}`)];
}

function inlineGroups({ scenario, securityGroupIds, application, node }: Composition): Step[] {
  const ids = [...securityGroupIds, ...node.securityGroupIds, ...application.securityGroupIds];
  return [
    {
      isYours: true,
      title: "Check for inline rules of security groups",
      text: `Neither AWS nor the provider tells how a rule is managed. If one of these groups has \`ingress\` or \`egress\` blocks in its \`aws_security_group\`, its owner's next apply removes the rules of this configuration:\n\n${[...new Set(ids)].map((id) => `- \`${id}\``).join("\n")}\n\nThe owner moves such rules to \`aws_vpc_security_group_ingress_rule\` and \`aws_vpc_security_group_egress_rule\`, or adds the rules inline: see the step on inline rules of the runbook in the README of the module ${MODULE_OF[scenario]}.`,
    },
  ];
}

function deployers({ application }: Composition): Step[] {
  const found = application.ecsServices.filter(
    ({ deploymentController }) => (deploymentController?.type ?? "ECS") !== "ECS",
  );
  if (found.length === 0) return [];
  return [
    {
      title: "Pause deployments that change rules",
      text: `${found.map(({ serviceArn, deploymentController }) => `- \`${serviceArn}\` (${deploymentController?.type})`).join("\n")}\n\nSuch a deployment moves the application to another target group, and the routes do not follow. Pause it from the first apply until 100 percent, or run \`onboard\` and apply after each one.`,
    },
  ];
}

function openRules({ application, node }: Composition): Step[] {
  const rules = application.ingressRules
    .filter(({ source }) => !node.securityGroupIds.includes(source))
    .filter(({ description }) => !node.names.some((name) => description.startsWith(`${name}: `)))
    .map(
      (id) =>
        `aws ec2 revoke-security-group-ingress --group-id ${id.groupId} --security-group-rule-ids ${id.ruleId} # ${id.words}`,
    );
  if (rules.length === 0) return [];
  return [
    {
      title: "Close the application's security groups",
      text: `These rules of ${application.securityGroupIds.map((id) => `\`${id}\``).join(", ")} admit others than the node. Remove them where they are managed, first those that are open to the world:\n\n\`\`\`sh\n${rules.join("\n")}\n\`\`\``,
    },
  ];
}

function healthChecks({ application }: Composition): Step[] {
  const groups = application.autoScalingGroups.filter(({ HealthCheckType = "EC2" }) => HealthCheckType.includes("ELB"));
  const names = [
    ...groups.map(
      ({ AutoScalingGroupName }) => `- the Auto Scaling group \`${AutoScalingGroupName}\` (health check type ELB)`,
    ),
    ...application.ecsServices.map(({ serviceArn }) => `- the ECS service \`${serviceArn}\``),
  ];
  if (names.length === 0) return [];
  return [
    {
      title: "Prepare health checks",
      text: `When the load balancer cannot reach the application any more, its health checks fail, and these replace targets that work, again and again:\n\n${names.join("\n")}\n\nFollow step 4 of the runbook in the README of the module network-acl. Then set \`accept_failing_health_checks = true\`.`,
    },
  ];
}

function networkAcls({ application: { customNetworkAcls } }: Composition): Step[] {
  if (customNetworkAcls.length === 0) return [];
  return [
    {
      title: "Agree on network ACLs",
      text: `The subnets of the application have ACLs of their own: ${customNetworkAcls.map((id) => `\`${id}\``).join(", ")}. The module network-acl refuses to replace them. Their owner adds the output \`rules\` of the module to them.`,
    },
  ];
}

function unread({ unread }: Composition): string[] {
  if (unread.length === 0) return [];
  const lines = unread.map(
    ({ action, resource, error }) => `- \`${action}\`${resource === null ? "" : ` of \`${resource}\``}: ${error}`,
  );
  return ["## Not read", `The account did not tell these. Paths in them are unknown:\n\n${lines.join("\n")}`];
}
