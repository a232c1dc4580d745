/** An application behind an Application Load Balancer: the module alb, with a route before each rule that forwards. */
import { Snapshot } from "../../account/snapshot";
import { LoadBalancer, Rule, rulesOf } from "../../model/rules";
import { albFleet } from "./fleet";
import { applicationBehind } from "../application";
import { Composition, Entry, Step, Steps, Wanted } from "../composition";
import { equalRules } from "../equal-rules";
import { body, comment, reference } from "../hcl";
import { fleetEntries, nodeFor } from "../fleet/fleet";
import { findLoadBalancer, numbered, TARGET_GROUP_ARN, zonesOf } from "../load-balancer";
import { ownAddress } from "../backend/own-address";
import { Refusal } from "../refusal";
import { LeftOut, NO_ROUTE, Routes, routesOf } from "./routes";
import { refuseMissing } from "../target-groups";

/** @throws Refusal */
export function composeAlb(snapshot: Snapshot, asked: Wanted): Composition {
  const { id, name, mirror, remembered, targetGroupArns: named } = asked;
  const loadBalancer = findLoadBalancer(snapshot, id, {
    type: "application",
    instead:
      'Call the module alb with routes = {}, and let the Ingress forward to the node with an action annotation: see "Load balancers of the AWS Load Balancer Controller" in modules/alb/README.md.',
  });
  const rules = rulesOf(loadBalancer, snapshot).filter((rule) => !isOwn(rule, name));
  refuseMissing(named, snapshot);
  const wanted = { remembered, mirror, targetGroupArns: named };
  const behind = rulesBehind(routesOf(rules, { ...wanted, questions: 0, isCopied: false }));
  if (behind.length === 0)
    throw new Refusal(
      `No rule of ${id} forwards to ${named.length > 0 ? "these target groups" : "a target group"}, so there is nothing behind it.`,
    );

  const vpcId = loadBalancer.VpcId ?? "";
  const targetGroupArns = new Set(named.length > 0 ? named : behind.flatMap((rule) => rule.targetGroupArns));
  const application = applicationBehind(targetGroupArns, snapshot, "examples/alb/complete");
  const node = nodeFor(snapshot, asked, { vpcId, application, zones: zonesOf(loadBalancer) }, "alb");
  const groups = [application, node].filter(({ securityGroupIds }) => securityGroupIds.length > 1);
  const newFleet = "newFleet" in asked.node ? asked.node.newFleet : null;
  const address = newFleet && ownAddress(newFleet, application, snapshot);
  const isCopied = newFleet !== null && address === null;
  const routes = routesOf(rules, { ...wanted, isCopied, questions: MOST_QUESTIONS - groups.length });
  const front = { name, vpcId, loadBalancer, routes, application, node };
  const fleet = newFleet && albFleet(snapshot, asked, front, address);
  const securityGroupIds = loadBalancer.SecurityGroups ?? [];
  const equal = equalRules(snapshot, { name, securityGroupIds, node, nodePort: 80, application });
  return {
    scenario: "alb",
    subject: `the Application Load Balancer ${loadBalancer.LoadBalancerName}`,
    ...{ vpcId, securityGroupIds, node, application },
    entries: [...entriesOf(routes), ...fleetEntries(node)],
    nodeSettings: node.targets,
    routing: {
      load_balancer: { security_group_ids: numbered("group", securityGroupIds) },
      ...(fleet && { health_check: { path: reference("module.node_config.health_path") } }),
      routes: reference("local.routes"),
      ...equal.argument,
    },
    files: { "routes.tf": routesFile(routes, loadBalancer), ...fleet?.files },
    calls: fleet?.calls ?? {},
    backend: fleet?.backend ?? null,
    percent: "Percentage of the requests that goes to the node: 0, then a canary, then 100.",
    variables: [...routes.covered.flatMap(({ question }) => question ?? []), ...(fleet?.variables ?? [])],
    outputs: [
      TARGET_GROUP_ARN,
      { name: "forward_action", description: "The forward action for rules that authenticate clients: see OWNERS.md." },
      ...(fleet?.outputs ?? []),
    ],
    steps: stepsOf(routes, rules, equal.steps, fleet?.backend?.steps),
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

/** @param behind for the load balancer behind the node, if there is one */
function stepsOf(
  { leftOut }: Routes,
  rules: readonly Rule[],
  equalRules: readonly Step[],
  behind: Steps | undefined,
): Steps {
  const waiting = (...steps: readonly LeftOut["step"][]) =>
    leftOut.filter(({ step }) => step !== undefined && steps.includes(step));
  return {
    beforeApply: [...makeRoom(waiting("room"), rules), ...equalRules, ...(behind?.beforeApply ?? [])],
    beforeCutover: [
      ...logins(waiting("login")),
      ...(behind?.beforeCutover ?? others(waiting("rewrite", "regex", "groups"))),
    ],
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
