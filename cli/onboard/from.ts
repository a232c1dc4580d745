import { join } from "node:path";
import { listed } from "../../onboard/refusal";
import { parseSurvey, Row, State } from "../../onboard/survey/document";
import { Options, Target, targetOf, withoutOthers } from "./options";
import { textOf } from "../input";

/** The states of rows that a configuration can be written for. */
const STATES: readonly State[] = ["ready", "owner-first"];

/** Options that are different for each application. */
const OF_ONE: readonly (readonly [string, keyof Options])[] = [
  ["--print", "print"],
  ["--name", "name"],
  ["--region", "region"],
  ["--mirror", "mirror"],
  ["--adopt-listeners", "adoptListeners"],
  ["--listener-ports", "listenerPorts"],
  ["--application-target-groups", "applicationTargetGroups"],
  ["--adopt-distribution", "adoptDistribution"],
  ["--application-origins", "applicationOrigins"],
  ["--adopt-api", "adoptApi"],
  ["--stage", "stage"],
  ["--backend-url", "backendUrl"],
];

/**
 * Writes a root configuration for each row of a survey that is in one of the states. A row that fails stops no other one.
 * @returns the exit code: 0 all are written, 1 one is not
 */
export async function writeRoots(
  file: string,
  options: Options,
  onboard: (target: Target, options: Options) => Promise<number>,
): Promise<number> {
  const { out, state: states = ["ready"], only } = options;
  if (out === undefined) throw new Error("Set --out to the folder for the root configurations.");
  const wrong = states.find((state) => !STATES.some((known) => known === state));
  if (wrong !== undefined)
    throw new Error(`--state must be ${STATES.map((one) => `"${one}"`).join(" or ")}. Received: "${wrong}".`);
  for (const [option, name] of OF_ONE)
    if (options[name] !== undefined)
      throw new Error(`${option} is not for all applications of a survey. Run onboard for one: onboard alb ARN.`);

  const { rows } = parseSurvey(textOf(file), file);
  const asked = (only === undefined ? rows : chosen(rows, only)).filter((row) => states.includes(row.state));
  const written: Row[] = [];
  for (const row of asked.filter(({ leads_to }) => leads_to.length === 0)) {
    console.log(`\n${join(out, row.folder)}:`);
    if ((await exitCodeOf(row, { ...options, out: join(out, row.folder) }, onboard)) === 0) written.push(row);
  }
  for (const { folder, leads_to } of asked.filter((row) => row.leads_to.length > 0))
    console.log(`\nleft out: ${folder}. It leads to ${leads_to.join(", ")}, which has a row of its own.`);
  const all = asked.filter(({ leads_to }) => leads_to.length === 0);
  console.log(`\n${written.length} of ${all.length} written.`);
  for (const { folder } of all.filter((row) => !written.includes(row))) console.error(`not written: ${folder}`);
  return written.length === all.length ? 0 : 1;
}

/** The rows of one node. @throws Error at the first word that no row has */
function chosen(rows: readonly Row[], words: readonly string[]): Row[] {
  const placesOf = ({ account_id, region, vpc_id, folder }: Row) => [account_id, region, vpc_id, folder];
  const wrong = words.find((word) => !rows.some((row) => placesOf(row).includes(word)));
  if (wrong !== undefined) {
    const vpcs = [...new Set(rows.flatMap(({ vpc_id }) => vpc_id ?? []))].sort();
    throw new Error(
      `--only must be accounts, Regions, VPCs, or folders of rows of the survey. Received: "${wrong}". Its VPCs: ${listed(vpcs)}.`,
    );
  }
  return rows.filter((row) => placesOf(row).some((place) => place !== null && words.includes(place)));
}

async function exitCodeOf(
  row: Row,
  options: Options,
  onboard: (target: Target, options: Options) => Promise<number>,
): Promise<number> {
  try {
    const target = targetOf(row.scenario ?? "", row.id);
    return await onboard(target, { ...forScenario(target, options), name: row.name, region: row.region });
  } catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

/** Load balancers reach the node itself, APIs reach a listener in front of it, and a distribution reaches either. */
function forScenario({ scenario }: Target, options: Options): Options {
  const own = withoutOthers(options, scenario);
  const isBehindListener = scenario === "http-api" || scenario === "rest-api" || own.nodeListener !== undefined;
  if (!isBehindListener) return own;
  return {
    ...own,
    nodeAutoscalingGroup: undefined,
    nodeInstances: undefined,
    nodeAddresses: undefined,
    nodeEcsService: undefined,
  };
}
