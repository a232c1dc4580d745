import { accountOf, regionOf, settings } from "../../account/read/access";
import { policyOf } from "../../account/read/permissions";
import { readAccount, SERVICES } from "../../account/read/read";
import { parseSnapshot, Snapshot } from "../../account/snapshot";
import { snapshotOf } from "../../audit/place";
import { parseRoot } from "../../audit/routing";
import { network } from "../../model/network/network";
import { Survey } from "../../onboard/survey/document";
import { surveyOf } from "../../onboard/survey/survey";
import { refuseRegions } from "../snapshot/options";
import { reading, servicesOf } from "../snapshot/reading";
import { csv } from "./csv";
import { formatOf, namedNodesOf, Options } from "./options";
import { table } from "./table";
import { textOf } from "../input";

/** @returns the exit code */
export async function run(options: Options): Promise<number> {
  if (options.policy) {
    console.log(JSON.stringify(policyOf(SERVICES), undefined, 2));
    return 0;
  }
  const format = formatOf(options);
  const nodes = namedNodesOf(options);
  const documents = (options.routing ?? []).map((file) => parseRoot(textOf(file), file));
  const snapshots = await snapshotsOf(options);
  const roots = documents.map((root) => ({ routings: root.routings, snapshot: snapshotOf(root, snapshots) }));
  const survey = surveyOf(snapshots, { nodes, roots, network });
  console.log(FORMATS[format](survey));
  return isWhole(survey) ? 0 : 2;
}

const FORMATS: Readonly<Record<ReturnType<typeof formatOf>, (survey: Survey) => string>> = {
  ...{ table, csv },
  json: (survey) => JSON.stringify(survey, undefined, 2),
};

async function snapshotsOf({ snapshot, region, profile, roleArn }: Options): Promise<Snapshot[]> {
  if (snapshot !== undefined) return snapshot.map((file) => parseSnapshot(textOf(file), file));
  refuseRegions(region);
  const access = { profile, roleArn };
  const regions = region ?? [await regionOf(access)];
  const id = await accountOf(settings(regions[0] ?? "", access));
  const how = { focus: null, ...reading() };
  const found: Snapshot[] = [];
  for (const [index, one] of regions.entries())
    found.push(await readAccount(id, settings(one, access), { ...how, services: servicesOf(index) }));
  return found;
}

function isWhole({ rows, unlisted }: Survey): boolean {
  const isKnown = ({ state, behind }: Survey["rows"][number]) =>
    state !== "undetermined" && behind.every(({ verdict }) => verdict !== "undetermined");
  return unlisted.length === 0 && rows.every(isKnown);
}
