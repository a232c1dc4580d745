/** After a crash or a lost answer: what the account already has of what a plan would create. */
import { Snapshot } from "../../account/snapshot";
import { printLiteral } from "../../synth/language/print/hcl";
import { format } from "../format";
import { awsCli, Leftover, leftovers, OutboundRule, ownOutboundRules } from "./leftovers";
import { Plan, ResourceChange } from "./plan";
import { INTERCHANGEABLE, RECIPES, Service, WITHOUT_RECIPE } from "./recipes";

export interface Import {
  readonly address: string;
  readonly id: string;
}

export interface Imports {
  readonly imports: readonly Import[];
  /** What was created, but not to the end, and cannot be replaced. It gets its settings by an update. */
  readonly tainted: readonly string[];
  /** What a replacement created, without the state. An import does not take it: its address has the old one. */
  readonly leftovers: readonly Leftover[];
  /** AWS's own outbound rules of imported groups. Terraform removes them only from a group that it creates. */
  readonly ownOutboundRules: readonly OutboundRule[];
  /** Several objects could be meant, or one of them by several addresses, so that none is imported. */
  readonly ambiguous: readonly { readonly address: string; readonly ids: readonly string[] }[];
  /** What the account cannot tell, with the reason. */
  readonly unknown: readonly { readonly address: string; readonly reason: string }[];
}

const isManaged = ({ mode }: ResourceChange) => mode === "managed";

/** What the plan creates, at addresses that the state does not have. */
const created = (plan: Plan) =>
  plan.changes
    .filter(isManaged)
    .filter(({ address, change }) => change.actions.join() === "create" && !isDeposed(plan, address));

/** What the plan creates before it deletes the old one, which the state still has. */
const replaced = (plan: Plan) =>
  plan.changes.filter(isManaged).filter(({ address, change: { actions }, action_reason }) => {
    if (actions.join() === "create,delete") return action_reason !== TAINTED;
    return actions.join() === "create" && isDeposed(plan, address);
  });

const isDeposed = ({ changes }: Plan, address: string) =>
  changes.some((one) => one.address === address && one.deposed !== undefined);

/** What the account has to be read for. */
export function servicesOf(plan: Plan): Service[] {
  const imported = plan.changes.filter(({ change }) => change.importing);
  const services = [...created(plan), ...replaced(plan), ...imported].flatMap(
    ({ type }) => RECIPES[type]?.service ?? [],
  );
  return [...new Set(services)].sort();
}

/**
 * @param written addresses in the file that an earlier run wrote: a plan no longer creates them, but imports them
 * @param profile that the AWS CLI needs to get to the account, if not that of the environment
 */
export function importsOf(plan: Plan, account: Snapshot, written: ReadonlySet<string>, profile?: string): Imports {
  const reached = { account, aws: awsCli(account, profile) };
  const resources = plan.changes.filter(isManaged);
  const search = (resource: ResourceChange): Found => ({
    ...{ address: resource.address, type: resource.type },
    ids: matching(resource, account).filter((id) => !plan.managed.has(id)),
    reason: whyUnknown(resource, account),
  });
  const found = created(plan).map(search);
  const imports = [
    ...resources.flatMap(({ address, change }) =>
      written.has(address) && change.importing?.id !== undefined ? [{ address, id: change.importing.id }] : [],
    ),
    ...found.flatMap((one) => {
      const id = idOf(one, found);
      return id === undefined ? [] : [{ address: one.address, id }];
    }),
  ];
  return {
    imports,
    leftovers: replaced(plan).flatMap((resource) => leftovers(resource, search(resource).ids, reached)),
    ownOutboundRules: ownOutboundRules(new Set(imports.map(({ id }) => id)), reached),
    tainted: resources
      .filter(({ type, action_reason }) => isUnique(type) && action_reason === TAINTED)
      .map(({ address }) => address),
    ambiguous: found.filter((one) => isAmbiguous(one, found)).map(({ address, ids }) => ({ address, ids })),
    unknown: [...found, ...replaced(plan).map(search)].flatMap(({ address, reason }) =>
      reason === undefined ? [] : [{ address, reason }],
    ),
  };
}

/** Of an address of the plan. */
interface Found {
  readonly address: string;
  readonly type: string;
  readonly ids: readonly string[];
  readonly reason: string | undefined;
}

/** Of several that are the same, each address gets one. */
function idOf(one: Found, all: readonly Found[]): string | undefined {
  return isAmbiguous(one, all) ? undefined : one.ids[alike(one, all).indexOf(one)];
}

/** Whether it cannot be told which object is meant, or which of several addresses an object has. */
function isAmbiguous(one: Found, all: readonly Found[]): boolean {
  if (one.ids.length === 0) return false;
  const addresses = alike(one, all).length;
  return INTERCHANGEABLE.includes(one.type) ? one.ids.length > addresses : one.ids.length > 1 || addresses > 1;
}

/** Addresses that the same objects could have. */
function alike({ type, ids }: Found, all: readonly Found[]): Found[] {
  return all.filter((other) => other.type === type && other.ids.join() === ids.join());
}

/** IDs of what the account has as the plan describes it, in the state or not. */
function matching({ type, change }: ResourceChange, account: Snapshot): string[] {
  return RECIPES[type]?.find(change.after ?? {}, account) ?? [];
}

function whyUnknown({ type }: ResourceChange, account: Snapshot): string | undefined {
  const service = RECIPES[type]?.service;
  if (service === undefined || account[service] !== null) return WITHOUT_RECIPE[type];
  return `The snapshot is without ${service}. Take it again, with the right to read that.`;
}

const TAINTED = "replace_because_tainted";

/**
 * Types of which AWS takes a second one: they have a name that Terraform makes up, or none. A tainted one is replaced.
 *
 * Of all others AWS has one at most, and the next apply updates all of its settings. Terraform would often create the new
 * one first (create_before_destroy holds for all that such a resource depends on, in other modules, too). That is refused, or
 * answered with the one that is there, which Terraform then destroys.
 */
const REPLACEABLE = [
  "aws_api_gateway_client_certificate",
  "aws_api_gateway_deployment",
  "aws_api_gateway_vpc_link",
  "aws_apigatewayv2_deployment",
  "aws_apigatewayv2_integration",
  "aws_apigatewayv2_vpc_link",
  "aws_autoscaling_group",
  "aws_cloudwatch_query_definition",
  "aws_ec2_network_insights_analysis",
  "aws_ec2_network_insights_path",
  "aws_iam_instance_profile",
  "aws_iam_role",
  "aws_kms_key",
  "aws_launch_template",
  "aws_network_acl",
  "aws_s3_bucket",
  "aws_security_group",
];

const isUnique = (type: string) => (type in RECIPES || type in WITHOUT_RECIPE) && !REPLACEABLE.includes(type);

/** Not imports.tf, which a configuration has for what its modules adopt. */
export const IMPORTS_FILE = "recovered_imports.tf";

const HEAD = `# Written by "onboard --imports". These objects exist, but not in the state. Remove this file after the next apply.
`;

export function importsFile(imports: readonly Import[]): string {
  const blocks = imports.map(({ address, id }) => `import {\nto = ${address}\nid = ${printLiteral(id)}\n}\n`);
  return format([HEAD, ...blocks].join("\n"));
}

/**
 * The addresses in the file of an earlier run, if there is one.
 * @throws Error if a person wrote it
 */
export function addressesIn(file: string | undefined): ReadonlySet<string> {
  if (file === undefined) return new Set();
  if (!file.startsWith(HEAD))
    throw new Error(`${IMPORTS_FILE} is there, and "onboard --imports" did not write it. Give it another name.`);
  return new Set([...file.matchAll(/^ *to +?= (.*)$/gm)].map(([, address = ""]) => address));
}
