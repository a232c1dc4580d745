import { describeWithTools } from "../../tools";
import type { Kind } from "./application";
import { autoScaling } from "./applications/auto-scaling";
import { blueGreen } from "./applications/blue-green";
import { distribution } from "./applications/distribution";
import { fargate, fargateBehindBackend } from "./applications/fargate";
import { httpApi } from "./applications/http-api";
import { kubernetes } from "./applications/kubernetes";
import { login } from "./applications/login";
import { network } from "./applications/network";
import { networkAcls } from "./applications/network-acls";
import { networkChain } from "./applications/network-chain";
import { numberedRules } from "./applications/numbered-rules";
import { sharedSubnets } from "./applications/shared-subnets";
import { twoApplications, twoApplicationsBehindBackend } from "./applications/two-applications";
import { twoTargetGroups } from "./applications/two-target-groups";
import { cycle } from "./cycle";
import { describeInTestAll } from "../../test-all";

const kinds: readonly Kind[] = [
  autoScaling,
  fargate,
  numberedRules,
  login,
  kubernetes,
  twoApplications,
  network,
  networkChain,
  networkAcls,
  sharedSubnets,
  distribution,
  httpApi,
  blueGreen,
  twoTargetGroups("attachment"),
  twoTargetGroups("traffic_source_attachment"),
  twoTargetGroups("ignored"),
  twoTargetGroups("target_group_arns"),
  fargateBehindBackend,
  twoApplicationsBehindBackend,
];

for (const [index, kind] of kinds.entries()) {
  // One of them is part of every run.
  const describeKind = index === 0 ? describeWithTools : describeInTestAll;
  describeKind(["terraform", "moto_server"], `in front of ${kind.name}`, () => {
    cycle(kind);
  });
}
