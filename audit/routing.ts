/** The outputs `routing` of a root configuration, from `terraform output -json`. */
import { Plan } from "../account/plan/plan";
import { ContractError, parseRouting } from "../contract/parse";
import { Routing } from "../contract/routing";
import { AuditError } from "./error";

export interface Root {
  readonly name: string;
  readonly routings: readonly Routing[];
}

/** @throws AuditError if the document has no output routing, or a malformed one */
export function parseRoot(text: string, name: string): Root {
  const candidates = candidatesOf(json(text, name));
  if (candidates.length === 0)
    throw new AuditError(
      `${name} has no output "routing". Add output "routing" { value = module.NAME.routing } to the root configuration, apply, and write the file with "terraform output -json".`,
    );
  return rootOf(candidates, name);
}

/** @throws AuditError if no output routing is known before the apply */
export function rootOfPlan({ outputs, name }: Plan): Root {
  const candidates = candidatesOf(outputs);
  if (candidates.length === 0)
    throw new AuditError(
      `${name} has no output "routing" that is known before the apply. Set --routing, or name the node and the application with --node-… and --application-….`,
    );
  return rootOf(candidates, name);
}

function rootOf(candidates: readonly object[], name: string): Root {
  try {
    return { name, routings: candidates.map(parseRouting) };
  } catch (error) {
    if (error instanceof ContractError) throw new AuditError(`${name}: ${error.message}`);
    throw error;
  }
}

function json(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AuditError(`${name} is not JSON. Write it with "terraform output -json > ${name}".`);
  }
}

/** All outputs, or a single one. An output may hold one document, or a list or map of them. */
function candidatesOf(value: unknown): object[] {
  if (typeof value !== "object" || value === null) return [];
  if ("schema_version" in value && "scenario" in value && "entry_points" in value) return [value];
  return Object.values(value).flatMap((one) => candidatesOf(one));
}
