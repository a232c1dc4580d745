import { describeWithTools } from "../../tools";
import type { Kind } from "./application";
import { autoScaling } from "./applications/auto-scaling";
import { fargate } from "./applications/fargate";
import { numberedRules } from "./applications/numbered-rules";
import { cycle } from "./cycle";
import { describeInTestAll } from "./test-all";

const kinds: readonly Kind[] = [autoScaling, fargate, numberedRules];

for (const [index, kind] of kinds.entries()) {
  // One of them is part of every run.
  const describeKind = index === 0 ? describeWithTools : describeInTestAll;
  describeKind(["terraform", "moto_server"], `in front of ${kind.name}`, () => {
    cycle(kind);
  });
}
