/** The load balancer behind a new node, for an application that has no address but its load balancer: application-backend. */
import { Listener, LoadBalancer, Rule } from "../../model/rules";
import { Snapshot } from "../../account/snapshot";
import { Application } from "../application";
import { backendName } from "./name";
import { targetsOf } from "./targets";
import { backendSteps } from "./owners";
import { Call, Output, Steps, Variable } from "../composition";
import { body, comment, Expression, Fields, reference } from "../hcl";
import { idleTimeout, numbered } from "../load-balancer";
import { Node } from "../node";
import { Refusal } from "../refusal";
import { groupOf } from "../security-group";
import { Routes, written } from "../alb/routes";
import { Subnet } from "../../model/members";

export interface Backend {
  readonly subnets: readonly Subnet[];
  /** Locals and data sources of backend.tf. */
  readonly text: string;
  readonly call: Call;
  readonly variables: readonly Variable[];
  readonly outputs: readonly Output[];
  readonly steps: Steps;
}

/** What a refusal ends with. */
export const NAME_THE_ADDRESS =
  "Name the address at which the node reaches the application, if it has one: --backend-url URL.";

export interface Front {
  readonly name: string;
  readonly vpcId: string;
  readonly loadBalancer: LoadBalancer;
  readonly routes: Routes;
  readonly application: Application;
  readonly node: Node;
}

/** @throws Refusal if a load balancer cannot do behind the node what the one in front of it does */
export function backendOf(snapshot: Snapshot, front: Front): Backend {
  const { name, vpcId, loadBalancer, application, node } = front;
  const copied = copiedRules(front.routes);
  const listener = listenerOf(copied);
  const copies = copied.filter(({ rule }) => rule.listener === listener);
  const groupArns = new Set(copies.flatMap(({ rule }) => rule.targetGroupArns));
  const groups = application.targetGroups.filter(({ TargetGroupArn }) => groupArns.has(TargetGroupArn));
  const targets = groups.map((group) => ({ group, targets: targetsOf(group, application, snapshot) }));
  const subnets = onePerZone(node.subnets, application);
  const services = application.ecsServices.map(({ serviceName, serviceArn }) => [serviceName, serviceArn] as const);
  const hasQuestions = copies.some(({ question }) => question !== null);
  const seconds = idleTimeout(loadBalancer);
  const ports = [
    ...application.ports,
    ...groups.flatMap(({ Port, HealthCheckPort }) => [Port ?? NaN, Number(HealthCheckPort)]),
  ].filter((port) => !Number.isNaN(port));
  return {
    subnets,
    text: routesText(
      copies,
      groups,
      targets.map(({ targets: some }) => some.fields),
      hasQuestions,
    ),
    call: {
      ...{ label: "backend", module: "application-backend", isTagged: true, name: backendName(name) },
      about: `An internal load balancer behind the node, with target groups and rules like those of ${loadBalancer.LoadBalancerName}.`,
      sections: [
        {
          vpc_id: vpcId,
          subnet_ids: numbered(
            "backend",
            subnets.map(({ SubnetId }) => SubnetId),
          ),
          ...(seconds === 60 ? {} : { load_balancer: { idle_timeout: seconds } }),
          listener: listenerFields(listener),
          application: {
            security_group_id: groupOf("application", application.securityGroupIds),
            ports: [...new Set(ports)].sort((a, b) => a - b),
          },
          ...(services.length > 0 ? { ecs_service_arns: Object.fromEntries(services) } : {}),
        },
        {
          target_groups: reference("local.backend_target_groups"),
          routes: reference("local.backend_routes"),
          routing: reference("module.wallarm_routing.routing"),
        },
      ],
    },
    variables: listener.Protocol === "HTTPS" ? [CERTIFICATES] : [],
    outputs: OUTPUTS,
    steps: backendSteps(front, { listener, targets: targets.map((one) => one.targets) }),
  };
}

interface Copy {
  readonly rule: Rule;
  readonly key: string;
  readonly question: Variable | null;
}

/** Also rules with a login, behind which their owner forwards to the node: the login stays in front of it. */
function copiedRules({ covered, leftOut }: Routes): Copy[] {
  const logins = leftOut.flatMap(({ rule, step }) =>
    step === "login" && rule.targetGroupArns.length === 1
      ? [{ rule, key: `login-${rule.priority ?? "default"}`, question: null }]
      : [],
  );
  const order = ({ rule }: Copy) => rule.priority ?? LAST_PRIORITY;
  return [...covered, ...logins].sort((a, b) => order(a) - order(b));
}

const LAST_PRIORITY = 50_000;

/** The one whose protocol and port the application sees. The node does not tell through which one a request came. */
function listenerOf(copied: readonly Copy[]): Listener {
  const preference = ({ Protocol, Port = 0 }: Listener) => (Protocol === "HTTPS" ? 0 : 100_000) + Port;
  const [first, ...others] = [...new Set(copied.map(({ rule }) => rule.listener))].sort(
    (a, b) => preference(a) - preference(b),
  );
  const decisions = (listener: Listener) =>
    JSON.stringify(
      copied
        .filter(({ rule }) => rule.listener === listener)
        .map(({ rule: { conditions, targetGroupArns } }) => [conditions, targetGroupArns]),
    );
  const different = others.filter((one) => first !== undefined && decisions(one) !== decisions(first));
  if (first === undefined) throw new Refusal(`No rule can be copied behind the node. ${NAME_THE_ADDRESS}`);
  if (different.length > 0)
    throw new Refusal(
      `The listeners ${[first, ...different].map(({ Port }) => Port).join(" and ")} send requests to different target groups, and behind the node nothing tells through which one a request came. Run the command for each application, with its --application-target-groups, or: ${NAME_THE_ADDRESS}`,
    );
  return first;
}

function listenerFields({ ListenerArn, Protocol, Port = 0, Certificates = [], SslPolicy }: Listener): Fields {
  const common = { protocol: Protocol ?? "", port: Port, existing: { arn: ListenerArn } };
  if (Protocol !== "HTTPS") return common;
  const [certificate] = Certificates;
  if (certificate?.CertificateArn === undefined)
    throw new Refusal(`The snapshot has no certificate of ${ListenerArn}. Read the account again.`);
  return {
    ...common,
    certificate_arn: certificate.CertificateArn,
    additional_certificate_arns: reference(`var.${CERTIFICATES.name}`),
    ...(SslPolicy === undefined ? {} : { ssl_policy: SslPolicy }),
  };
}

const CERTIFICATES: Variable = {
  ...{ name: "backend_certificate_arns", type: "map(string)", default: {} },
  description:
    "ARNs of further certificates (SNI) of the listener in front of the node, by names that you choose, for the load balancer behind it: see OWNERS.md.",
};

/** In each Availability Zone of the application, because a load balancer reaches only targets in its own. */
function onePerZone(subnets: readonly Subnet[], application: Application): Subnet[] {
  const found = new Map([...subnets].reverse().map((subnet) => [subnet.AvailabilityZone, subnet]));
  const missing = application.subnets
    .map(({ AvailabilityZone }) => AvailabilityZone)
    .filter((zone) => !found.has(zone));
  if (missing.length > 0 || found.size < 2)
    throw new Refusal(
      `The load balancer behind the node needs a subnet in each Availability Zone of the application, in at least two. The subnets of the node are in ${[...found.keys()].sort().join(", ")}${missing.length > 0 ? `, and the application is also in ${[...new Set(missing)].join(", ")}` : ""}. Name subnets in all of them with --node-subnets. ${NAME_THE_ADDRESS}`,
    );
  return [...found.values()].reverse();
}

function routesText(
  copies: readonly Copy[],
  groups: Application["targetGroups"],
  targets: readonly Fields[],
  hasQuestions: boolean,
): string {
  const names = new Map(groups.map((group) => [group.TargetGroupArn, group.TargetGroupName]));
  const routes = copies.map((copy) => `${comment(copy.rule.words)}\n${body({ [copy.key]: routeOf(copy, names) })}\n`);
  const all = Object.fromEntries(
    groups.map(({ TargetGroupName, TargetGroupArn }, index) => [
      TargetGroupName,
      { existing_arn: TargetGroupArn, ...targets[index] },
    ]),
  );
  const read = copies.filter(({ rule }) => hasHeaders(rule)).map(({ key, rule }) => [key, rule.arn] as const);
  const prefix = hasQuestions ? "written_" : "";
  return [
    comment("The rules in front of the node, for the load balancer behind it, with the same numbers."),
    `locals {\n${prefix}backend_routes = {\n${routes.join("\n")}}\n\n${body({ [`${prefix}backend_target_groups`]: all })}`,
    ...(hasQuestions ? [`\n${comment("Without those that no answer names.")}\n${ANSWERED}`] : []),
    "}",
    ...(read.length > 0
      ? [
          `\n${comment("The values of headers are not in the snapshot, so Terraform reads them from these rules.")}`,
          `data "aws_lb_listener_rule" "copied" {\n${body({ for_each: Object.fromEntries(read) })}\n\narn = each.value\n}\n`,
        ]
      : []),
  ].join("\n");
}

const ANSWERED = `backend_routes = { for key, route in local.written_backend_routes : key => route if route.target_group != null }
backend_target_groups = {
for name, group in local.written_backend_target_groups : name => group
if contains([for route in local.backend_routes : route.target_group], name)
}`;

function routeOf({ rule, key, question }: Copy, names: ReadonlyMap<string, string>): Fields {
  const [target = ""] = rule.targetGroupArns;
  const common = {
    priority: rule.priority ?? LAST_PRIORITY,
    target_group: question === null ? (names.get(target) ?? target) : answered(question),
  };
  if (rule.priority === null) return { ...common, catch_all: true };
  if (hasHeaders(rule)) return { ...common, conditions: reference(`[\n${conditionsOf(key)}\n]`) };
  return { ...common, conditions: rule.conditions.map(written) };
}

/** Null for the answer that leaves the rule alone. */
function answered({ name }: Variable): Expression {
  return reference(
    `one([for name, group in local.written_backend_target_groups : name if group.existing_arn == var.${name}])`,
  );
}

function hasHeaders({ conditions }: Rule): boolean {
  return conditions.some(({ HttpHeaderConfig }) => HttpHeaderConfig !== undefined);
}

/** Each condition has one kind, and the others are empty. */
function conditionsOf(key: string): string {
  return `for condition in data.aws_lb_listener_rule.copied["${key}"].condition : {
for kind, value in condition : kind => try(length(value.values), 0) > 0 ? value : null
}`;
}

const OUTPUTS: readonly Output[] = [
  {
    ...{ name: "backend_routing", value: "module.backend.routing" },
    description: "The output routing of the module application-backend, for audit.",
  },
  {
    ...{ name: "backend_target_group_arns", value: "module.backend.target_group_arns" },
    description:
      "ARNs of the target groups behind the node. Check the health of their targets before you move requests.",
  },
  {
    ...{ name: "owner_configuration", value: "module.backend.owner_configuration" },
    description: "For owners who attach the targets behind the node by themselves: see OWNERS.md.",
  },
];
