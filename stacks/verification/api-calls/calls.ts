/** API calls of one kind, and filters for them. */
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { hcl } from "../../../synth/language/expression/expression";
import { local } from "../../../synth/language/expression/local";
import { ApiCallAlerts } from "../api-call-schema";
import { SharedProps } from "../contract-schema";

export interface ApiCallPatternsProps extends SharedProps {
  readonly apiCallAlerts: ApiCallAlerts;
}

export interface Calls {
  /** Whether they cause alerts. Known at plan. @default - always */
  readonly when?: IResolvable;
  readonly source: string;
  readonly names: readonly string[];
  /** Filters by `requestParameters`, as an HCL object. @default - none */
  readonly parameters?: IResolvable;
  /** More conditions on the `detail` of the event, as an HCL object. */
  readonly detail?: IResolvable;
}

/** Names the kinds, with their calls, as a local value. */
export function callsLocal(scope: Construct, name: string, kinds: Readonly<Record<string, Calls>>): IResolvable {
  const calls = Object.entries(kinds).map(([kind, { when, source, names, parameters, detail }]) => {
    const fields = [
      hcl`source = "${source}"`,
      hcl`names = ${names}`,
      ...(parameters === undefined ? [] : [hcl`parameters = ${parameters}`]),
      ...(detail === undefined ? [] : [hcl`detail = ${detail}`]),
      ...(when === undefined ? [] : [hcl`enabled = ${when}`]),
    ];
    return hcl`${kind} = {\n      ${lines(fields, " ".repeat(6))}\n    }`;
  });
  return local(scope, name, hcl`{\n    ${lines(calls, " ".repeat(4))}\n  }`);
}

/** Expressions on one line each. */
function lines(expressions: readonly IResolvable[], indent: string): IResolvable {
  return expressions.reduce((before, next) => hcl`${before}\n${indent}${next}`);
}

/** A filter that also accepts calls without the parameter. */
export function orAbsent(values: IResolvable): IResolvable {
  return hcl`concat(${values}, [{ exists = false }])`;
}

/** A filter for other values than these, or none. EventBridge accepts no empty list. */
export function otherThan(values: IResolvable): IResolvable {
  return hcl`[{ "anything-but" = coalescelist(${values}, ["none"]) }, { exists = false }]`;
}

/** A filter by one parameter, or none if the caller names no values. */
export function ifNamed(parameter: string, values: IResolvable): IResolvable {
  return hcl`{ for name, values in { ${parameter} = ${values} } : name => ${orAbsent(hcl`values`)} if length(values) > 0 }`;
}

/** Without calls that these services make by themselves. Calls of users show who caused them. */
export function notBy(...services: string[]): IResolvable {
  return hcl`{ userIdentity = { invokedBy = [{ exists = false }, { "anything-but" = ${services} }] } }`;
}

/** The resources that the caller and `routing` name, as an HCL list. */
export function named(
  { routing }: ApiCallPatternsProps,
  list: IResolvable,
  attribute: "listener_arn" | "distribution_id" | "rest_api_id" | "http_api_id" | "vpc_link_id",
): IResolvable {
  return hcl`distinct(compact(concat(try(${list}, []), [for entry_point in ${routing.entry_points} : entry_point.${attribute}])))`;
}
