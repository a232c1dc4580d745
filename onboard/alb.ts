/** An application behind an Application Load Balancer: the module alb, with a route before each rule that forwards. */
import { Snapshot } from "../account/snapshot";
import { LoadBalancer, Rule, rulesOf } from "../model/rules";
import { applicationBehind } from "./application";
import { Composition, Entry, Step, Steps, Wanted } from "./composition";
import { equalRules } from "./equal-rules";
import { body, comment, reference } from "./hcl";
import { findLoadBalancer, numbered, TARGET_GROUP_ARN } from "./load-balancer";
import { findNode } from "./node";
import { Refusal } from "./refusal";
import { LeftOut, NO_ROUTE, Routes, routesOf } from "./routes";
import { refuseMissing } from "./target-groups";

/** @throws Refusal */
export function composeAlb(
  snapshot: Snapshot,
  { id, name, node: nodeWanted, mirror, remembered, targetGroupArns: named }: Wanted,
): Composition {
  const loadBalancer = findLoadBalancer(snapshot, id, {
    type: "application",
    instead:
      'Call the module alb with routes = {}, and let the Ingress forward to the node with an action annotation: see "Load balancers of the AWS Load Balancer Controller" in modules/alb/README.md.',
  });
  const rules = rulesOf(loadBalancer, snapshot).filter((rule) => !isOwn(rule, name));
  refuseMissing(named, snapshot);
  const wanted = { remembered, mirror, targetGroupArns: named };
  const behind = rulesBehind(routesOf(rules, { ...wanted, questions: 0 }));
  if (behind.length === 0)
    throw new Refusal(
      `No rule of ${id} forwards to ${named.length > 0 ? "these target groups" : "a target group"}, so there is nothing behind it.`,
    );

  const vpcId = loadBalancer.VpcId ?? "";
  const node = findNode(snapshot, nodeWanted, vpcId, "alb");
  const targetGroupArns = new Set(named.length > 0 ? named : behind.flatMap((rule) => rule.targetGroupArns));
  const application = applicationBehind(targetGroupArns, snapshot, node, "examples/alb/complete");
  const groups = [application, node].filter(({ securityGroupIds }) => securityGroupIds.length > 1);
  const routes = routesOf(rules, { ...wanted, questions: MOST_QUESTIONS - groups.length });
  const securityGroupIds = loadBalancer.SecurityGroups ?? [];
  const equal = equalRules(snapshot, { name, securityGroupIds, node, nodePort: 80, application });
  return {
    scenario: "alb",
    subject: `the Application Load Balancer ${loadBalancer.LoadBalancerName}`,
    ...{ vpcId, securityGroupIds, node, application },
    entries: entriesOf(routes),
    nodeSettings: node.targets,
    routing: {
      load_balancer: { security_group_ids: numbered("group", securityGroupIds) },
      routes: reference("local.routes"),
      ...equal.argument,
    },
    files: { "routes.tf": routesFile(routes, loadBalancer) },
    percent: "Percentage of the requests that goes to the node: 0, then a canary, then 100.",
    variables: routes.covered.flatMap(({ question }) => question ?? []),
    outputs: [
      TARGET_GROUP_ARN,
      { name: "forward_action", description: "The forward action for rules that authenticate clients: see OWNERS.md." },
    ],
    steps: stepsOf(routes, rules, equal.steps),
    unread: snapshot.unread,
  };
}

/** More, and nobody answers them. */
const MOST_QUESTIONS = 2;

/** Those that lead to the application, with and without a route. */
function rulesBehind({ covered, leftOut }: Routes): Rule[] {
  return [...covered, ...leftOut.filter(({ step }) => step !== undefined)].map(({ rule }) => rule);
}

/** The module tags its rules with its name and the key of the route, and names its target group after itself. */
function isOwn({ tags, actions }: Rule, name: string): boolean {
  const forwards = actions.flatMap(({ ForwardConfig }) => ForwardConfig?.TargetGroups ?? []);
  const own = new RegExp(`:targetgroup/${name}-[0-9a-f]{8}/`);
  return (tags.Name ?? "").startsWith(`${name}-`) && forwards.some(({ TargetGroupArn }) => own.test(TargetGroupArn));
}

function entriesOf({ covered, leftOut }: Routes): Entry[] {
  const common = ({ arn, words, targetGroupArns }: Rule) => ({
    ...{ id: arn, words },
    // Of several, the answer to a question is the application.
    target: targetGroupArns.length === 1 ? (targetGroupArns[0] ?? null) : null,
  });
  return [
    ...covered.map(({ rule, key, priority }) => ({
      ...{ ...common(rule), key, priority, reason: null, needsOwner: false },
    })),
    ...leftOut.map(({ rule, reason, step }) => ({
      ...{ ...common(rule), key: null, priority: null, reason, needsOwner: step !== undefined },
    })),
  ];
}

function routesFile({ covered, leftOut }: Routes, { LoadBalancerName }: LoadBalancer): string {
  const routes = covered.map(
    ({ rule, key, route }) =>
      `${comment(rule.words)}\n${/^[a-z_]/.test(key) ? key : `"${key}"`} = {\n${body(route)}\n}\n`,
  );
  const others = leftOut.map(({ rule, reason }) => comment(`Left out: ${rule.words}. ${reason}`));
  const hasQuestions = covered.some(({ question }) => question !== null);
  return [
    comment(
      `The rules of ${LoadBalancerName} that forward. To write this file again, run "onboard" with the arguments in onboard.json. "onboard --check" lists what has changed in the account since then.`,
    ),
    "locals {",
    `${hasQuestions ? "written_routes" : "routes"} = {\n${routes.join("\n")}}`,
    ...(hasQuestions
      ? [`\n${comment(`Without those whose question you answered with "${NO_ROUTE}".`)}\n${ANSWERED}`]
      : []),
    "}",
    ...(others.length > 0 ? ["", others.join("\n\n")] : []),
  ].join("\n");
}

const ANSWERED = `routes = {
for key, route in local.written_routes : key => route
if try(route.application_target_group_arn, null) != "${NO_ROUTE}"
}`;

function stepsOf({ leftOut }: Routes, rules: readonly Rule[], equalRules: readonly Step[]): Steps {
  const waiting = (...steps: readonly LeftOut["step"][]) =>
    leftOut.filter(({ step }) => step !== undefined && steps.includes(step));
  return {
    beforeApply: [...makeRoom(waiting("room"), rules), ...equalRules],
    beforeCutover: [...logins(waiting("login")), ...others(waiting("rewrite", "regex", "groups"))],
    atCutover: [],
  };
}

function makeRoom(full: readonly LeftOut[], rules: readonly Rule[]): Step[] {
  if (full.length === 0) return [];
  const numbers = rules
    .filter(({ priority, listener }) => priority !== null && full.some(({ rule }) => rule.listener === listener))
    .map(({ arn }, index) => `  RuleArn=${arn},Priority=${(index + 1) * 10}`);
  return [
    {
      title: "Make room before rules",
      text: `These rules have no free number before them, so they have no route, and their requests would go around the node:\n\n${listOf(full)}\n\nIf the rules are in a Terraform state, their owner changes \`priority\` there, for example to 10, 20, and 30. Otherwise:\n\n\`\`\`sh\naws elbv2 set-rule-priorities --rule-priorities \\\n${numbers.join(" \\\n")}\n\`\`\`\n\nThen run \`onboard\` again.`,
    },
  ];
}

function logins(found: readonly LeftOut[]): Step[] {
  if (found.length === 0) return [];
  return [
    {
      title: "Put the node behind logins",
      text: `The owner of these rules lets them forward as the output \`forward_action\` says, behind the login:\n\n${listOf(found)}\n\nThe HCL is in "Rules that authenticate clients" in the README of the module alb.`,
    },
  ];
}

function others(found: readonly LeftOut[]): Step[] {
  if (found.length === 0) return [];
  const lines = found.map(({ rule, reason }) => `- ${rule.words}: ${reason} \`${rule.arn}\``).join("\n");
  return [
    {
      title: "Send other rules through the node",
      text: `These rules have no route, and their requests go around the node. Their owner lets them forward to the node, as the output \`forward_action\` says, or writes a route by hand:\n\n${lines}`,
    },
  ];
}

function listOf(routes: readonly LeftOut[]): string {
  return routes.map(({ rule }) => `- ${rule.words}: \`${rule.arn}\``).join("\n");
}
