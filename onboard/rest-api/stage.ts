/** The stage of a REST API that clients call, and what it serves. */
import { Entry, RestApiWanted, Wanted } from "../composition";
import { listed, Refusal } from "../refusal";
import { RestApi } from "./routes";

export interface RestStage {
  readonly name: string;
  /** Of the application, and not of the module. */
  readonly deploymentId: string;
  readonly clientCertificateId: string | undefined;
  /** Methods of the API whose integration the stage does not serve as it is written. */
  readonly pending: readonly string[];
  readonly others: readonly string[];
}

/** @throws Refusal if it is not there, or nothing tells which one it is, or it has a canary */
export function stageOf(
  { id, stages, resources }: RestApi,
  { stage: asked, remembered }: Wanted & RestApiWanted,
  isMoved: boolean,
): RestStage {
  const names = stages.map(({ stageName }) => stageName);
  const found =
    asked === null ? (stages.length === 1 ? stages[0] : undefined) : stages.find((one) => one.stageName === asked);
  if (found === undefined)
    throw new Refusal(
      asked === null
        ? `The API ${id} has the stages ${listed(names)}, and each is a path of its own. Name the one that clients call with --stage, and delete those that nobody calls.`
        : `The API ${id} has no stage ${asked}. Its stages: ${listed(names)}.`,
    );
  if (!isMoved && (found.canarySettings?.percentTraffic ?? 0) > 0)
    throw new Refusal(
      `The stage ${found.stageName} of ${id} has a canary, which the module would end. Promote or delete it first.`,
    );
  const now = found.deploymentId ?? "";
  const served = new Map(
    (found.deployedMethods ?? []).map(({ path, method, integration }) => [
      `${method.toUpperCase().replace(/^X-AMAZON-APIGATEWAY-ANY-METHOD$/, "ANY")} ${path}`,
      integration?.uri,
    ]),
  );
  const pending = resources.flatMap(({ path = "", resourceMethods = {} }) =>
    Object.entries(resourceMethods)
      .map(([method, { methodIntegration }]) => ({ name: `${method} ${path}`, uri: methodIntegration?.uri }))
      .filter(({ name, uri }) => !served.has(name) || served.get(name) !== uri)
      .map(({ name }) => name),
  );
  return {
    ...{ name: found.stageName, clientCertificateId: found.clientCertificateId },
    deploymentId: isMoved ? (remembered[entryId(found.stageName)]?.target ?? now) : now,
    ...{ pending: isMoved ? [] : pending, others: names.filter((name) => name !== found.stageName) },
  };
}

const entryId = (name: string) => `stage ${name}`;

export function entryOfStage({ id }: RestApi, { name, deploymentId }: RestStage): Entry {
  return {
    ...{ id: entryId(name), words: `stage ${name} of ${id} with the deployment ${deploymentId}` },
    ...{ key: null, priority: null, reason: null, needsOwner: false, target: deploymentId },
  };
}
