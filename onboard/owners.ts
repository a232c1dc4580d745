/** OWNERS.md: what others must do, before and after, by ID. */
import { Composition } from "./composition";
import { LeftOut } from "./routes";

interface Step {
  readonly title: string;
  readonly text: string;
}

export function owners(composition: Composition): string {
  const before = [...controllersOfRules(composition), ...inlineGroups(composition), ...attachments(composition)];
  const cutover = [...logins(composition), ...others(composition), ...deployers(composition)];
  const lockdown = [...openRules(composition), ...healthChecks(composition), ...networkAcls(composition)];
  return `${[
    "# What others must do",
    `For the load balancer ${composition.loadBalancer.LoadBalancerName}. Written by "onboard alb" from what the account says.`,
    ...section("Before the first apply", before),
    ...section("Before 100 percent", cutover),
    ...section("Before the lockdown", lockdown),
    ...unread(composition),
  ].join("\n\n")}\n`;
}

/** How many steps of others stand before the node gets all requests. */
function section(title: string, steps: readonly Step[]): string[] {
  if (steps.length === 0) return [`## ${title}`, "Nothing."];
  return [`## ${title}`, ...steps.map((step, index) => `### ${index + 1}. ${step.title}\n\n${step.text}`)];
}

function step(routes: readonly LeftOut[], wanted: LeftOut["step"]): readonly LeftOut[] {
  return routes.filter((one) => one.step === wanted);
}

function listOf(routes: readonly LeftOut[]): string {
  return routes.map(({ rule }) => `- ${rule.words}: \`${rule.arn}\``).join("\n");
}

function controllersOfRules({ routes, rules }: Composition): Step[] {
  const full = step(routes.leftOut, "room");
  if (full.length === 0) return [];
  const arns = rules.filter(
    ({ priority, listener }) => priority !== null && full.some(({ rule }) => rule.listener === listener),
  );
  const numbers = arns.map(({ arn }, index) => `  RuleArn=${arn},Priority=${(index + 1) * 10}`).join(" \\\n");
  return [
    {
      title: "Make room before rules",
      text: `These rules have no free number before them, so they have no route, and their requests would go around the node:\n\n${listOf(full)}\n\nIf the rules are in a Terraform state, their owner changes \`priority\` there, for example to 10, 20, and 30. Otherwise:\n\n\`\`\`sh\naws elbv2 set-rule-priorities --rule-priorities \\\n${numbers}\n\`\`\`\n\nThen run \`onboard\` again.`,
    },
  ];
}

function inlineGroups({ loadBalancer, application, node }: Composition): Step[] {
  const ids = [...(loadBalancer.SecurityGroups ?? []), ...node.securityGroupIds, ...application.securityGroupIds];
  return [
    {
      title: "Check for inline rules of security groups",
      text: `Neither AWS nor the provider tells how a rule is managed. If one of these groups has \`ingress\` or \`egress\` blocks in its \`aws_security_group\`, its owner's next apply removes the rules of this configuration:\n\n${[...new Set(ids)].map((id) => `- \`${id}\``).join("\n")}\n\nThe owner moves such rules to \`aws_vpc_security_group_ingress_rule\` and \`aws_vpc_security_group_egress_rule\`, or adds the rules inline: see step 2 of the runbook in the README of the module alb.`,
    },
  ];
}

function attachments({ node }: Composition): Step[] {
  if (node.autoScalingGroup === null) return [];
  const name = node.autoScalingGroup.AutoScalingGroupName;
  return [
    {
      title: "Let the node's Auto Scaling group keep its target group",
      text: `The configuration of \`${name}\` must ignore the target group that this configuration attaches:\n\n\`\`\`hcl\nlifecycle {\n  ignore_changes = [target_group_arns]\n}\n\`\`\``,
    },
  ];
}

function logins({ routes }: Composition): Step[] {
  const found = step(routes.leftOut, "login");
  if (found.length === 0) return [];
  return [
    {
      title: "Put the node behind logins",
      text: `The owner of these rules lets them forward as the output \`forward_action\` says, behind the login:\n\n${listOf(found)}\n\nThe HCL is in "Rules that authenticate clients" in the README of the module alb.`,
    },
  ];
}

function others({ routes }: Composition): Step[] {
  const found = routes.leftOut.filter(({ step }) => step === "rewrite" || step === "regex" || step === "groups");
  if (found.length === 0) return [];
  const lines = found.map(({ rule, reason }) => `- ${rule.words}: ${reason} \`${rule.arn}\``).join("\n");
  return [
    {
      title: "Send other rules through the node",
      text: `These rules have no route, and their requests go around the node. Their owner lets them forward to the node, as the output \`forward_action\` says, or writes a route by hand:\n\n${lines}`,
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

function openRules({ application, openRuleIds }: Composition): Step[] {
  if (openRuleIds.length === 0) return [];
  const rules = openRuleIds.map(
    (id) =>
      `aws ec2 revoke-security-group-ingress --group-id ${id.groupId} --security-group-rule-ids ${id.ruleId} # ${id.words}`,
  );
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
      text: `When the load balancer cannot reach the application any more, its health checks fail, and these replace targets that work, again and again:\n\n${names.join("\n")}\n\nFollow step 7 of the runbook in the README of the module alb. Then set \`accept_failing_health_checks = true\`.`,
    },
  ];
}

function networkAcls({ customNetworkAcls }: Composition): Step[] {
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
