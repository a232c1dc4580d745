import { NamedNodes } from "../../onboard/survey/nodes";
import { cloudFrontOf, nodeOf } from "../onboard/options";

/** The options as the command line has them. */
export interface Options {
  readonly snapshot?: readonly string[];
  readonly routing?: readonly string[];
  readonly nodeAutoscalingGroup?: string;
  readonly nodeInstances?: readonly string[];
  readonly nodeAddresses?: readonly string[];
  readonly nodeEcsService?: string;
  readonly nodeListener?: string;
  readonly nodeDomainName?: string;
  readonly csv?: true;
  readonly json?: true;
  readonly region?: readonly string[];
  readonly profile?: string;
  readonly roleArn?: string;
  readonly policy?: true;
}

/** None has to run yet. @throws Error with what was received and what it must be */
export function namedNodesOf(options: Options): NamedNodes {
  const { nodeListener, nodeDomainName, ...targets } = options;
  const { nodeAutoscalingGroup, nodeInstances, nodeAddresses, nodeEcsService } = targets;
  const given = [nodeAutoscalingGroup, nodeInstances, nodeAddresses, nodeEcsService];
  const isGiven = given.some((one) => one !== undefined);
  return {
    targets: isGiven ? nodeOf({ nodeAutoscalingGroup, nodeInstances, nodeAddresses, nodeEcsService }, "alb") : null,
    listener: nodeListener === undefined ? null : nodeOf({ nodeListener }, "http-api"),
    domainName: cloudFrontOf({ nodeDomainName }).nodeDomainName,
  };
}

export function formatOf({ csv, json }: Options): "table" | "csv" | "json" {
  if (csv && json) throw new Error("Set either --csv or --json.");
  return csv ? "csv" : json ? "json" : "table";
}
