import { parseSnapshot, Snapshot } from "../../account/snapshot";
import { withDistributionsOf } from "../../model/distributions";
import { Scenario } from "../../onboard/composition";
import { Target } from "./options";
import { textOf } from "../input";

/** Documents are large, and a run may be about many applications. */
const read = new WeakMap<readonly string[], readonly Snapshot[]>();

/** Of the documents, the one that has the entry point. */
export function written(
  files: readonly string[],
  { scenario, id, accountId, region }: Target,
  asked?: string,
): Snapshot {
  const all = read.get(files) ?? files.map((file) => parseSnapshot(textOf(file), file));
  read.set(files, all);
  if (scenario === "cloudfront") return withDistribution(all, id, region ?? asked);
  const api = API[scenario];
  const found = all.find((one) =>
    api === undefined ? one.account_id === accountId && one.region === region : api.has(one, id),
  );
  if (found !== undefined) return found;
  throw new Error(
    api === undefined
      ? `None of the snapshots is of the account ${accountId} and the Region ${region}.`
      : `None of the snapshots has the ${api.name} ${id}.`,
  );
}

interface Api {
  readonly name: string;
  readonly has: (snapshot: Snapshot, id: string) => boolean;
}

const API: Readonly<Partial<Record<Scenario, Api>>> = {
  "http-api": {
    name: "HTTP API",
    has: ({ api_gateway_http: http }, id) => http?.Apis.some(({ ApiId }) => ApiId === id) ?? false,
  },
  "rest-api": {
    name: "REST API",
    has: ({ api_gateway_rest: rest }, id) => rest?.restApis.some((one) => one.id === id) ?? false,
  },
};

/** Only the first document of an account has its distributions. The application is in one of them. */
function withDistribution(all: readonly Snapshot[], id: string, region: string | undefined): Snapshot {
  const global = all.find(({ cloudfront }) => cloudfront?.Distributions.some(({ Id }) => Id === id));
  if (global === undefined) throw new Error(`None of the snapshots has the distribution ${id}.`);
  const regional = all.filter((one) => one.account_id === global.account_id);
  const wanted = region === undefined && regional.length === 1 ? global.region : region;
  const found = regional.find((one) => one.region === wanted);
  if (found === undefined)
    throw new Error(
      `Set --region to the Region of the application, of which there is a snapshot: ${regional.map((one) => one.region).join(", ")}. Received: ${region === undefined ? "none" : `"${region}"`}.`,
    );
  return withDistributionsOf(global, found);
}
