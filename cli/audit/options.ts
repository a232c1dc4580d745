import { Routing } from "../../contract/routing";
import { parseRouting } from "../../contract/parse";
import { AuditError } from "../../audit/error";
import { Root } from "../../audit/routing";
import { LockName } from "../../model/verdict";

/** The options as the command line has them. */
export interface Options {
  readonly routing?: readonly string[];
  readonly nodeAutoscalingGroup?: readonly string[];
  readonly nodeInstances?: readonly string[];
  readonly nodeSecurityGroup?: string;
  readonly applicationSecurityGroup?: readonly string[];
  readonly applicationTargetGroup?: readonly string[];
  readonly applicationPort?: readonly string[];
  readonly snapshot?: readonly string[];
  readonly saltFile?: string;
  readonly plan?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly roleArn?: string;
  readonly requireLocks?: string;
  readonly accept?: string;
  readonly baseline?: string;
  readonly allowCanary?: true;
  readonly json?: true;
  readonly sarif?: string;
  readonly html?: string;
  readonly root?: readonly string[];
}

/** The values of --require-locks. */
export const LOCK_FLAGS: Readonly<Record<string, LockName>> = {
  sg: "security_group",
  nacl: "network_acl",
  route: "route",
  layer7: "layer_7",
};

/** @throws AuditError with the value and what it must be */
export function requiredLocks({ requireLocks = "sg" }: Options): LockName[] {
  if (requireLocks === "none") return [];
  return requireLocks.split(",").map((flag) => {
    const lock = LOCK_FLAGS[flag];
    if (lock !== undefined) return lock;
    throw new AuditError(
      `--require-locks must be "none", or a list of ${Object.keys(LOCK_FLAGS).join(", ")}, separated by commas. Received: "${requireLocks}".`,
    );
  });
}

/** Node and application of the flags, in the form of an output `routing`, or null if there are none. */
export function rootOfFlags(options: Options): Root | null {
  const { nodeAutoscalingGroup, nodeInstances, nodeSecurityGroup } = options;
  const { applicationSecurityGroup = [], applicationTargetGroup, applicationPort } = options;
  const isGiven = [nodeAutoscalingGroup, nodeInstances, nodeSecurityGroup, applicationTargetGroup, applicationPort];
  if (isGiven.every((one) => one === undefined) && applicationSecurityGroup.length === 0) return null;
  const wrong = applicationPort?.find((port) => !/^\d{1,5}$/.test(port));
  if (wrong !== undefined)
    throw new AuditError(`--application-port must be ports from 1 to 65535. Received: "${wrong}".`);
  const groups = applicationSecurityGroup.length === 0 ? [null] : applicationSecurityGroup;
  const routings = groups.map((security_group_id): Routing => {
    const members = { autoscaling_group_names: nodeAutoscalingGroup, instance_ids: nodeInstances };
    return parseRouting({
      ...{ schema_version: 1, scenario: "flags", name: "flags", entry_points: {} },
      ...{ node_traffic_percent: 100, live_after_apply: true },
      node: {
        security_group_id: nodeSecurityGroup,
        members: nodeAutoscalingGroup === undefined && nodeInstances === undefined ? null : members,
      },
      application: {
        ...{ security_group_id, target_group_arns: applicationTargetGroup },
        ports: applicationPort?.map(Number),
      },
    });
  });
  return { name: "flags", routings };
}
