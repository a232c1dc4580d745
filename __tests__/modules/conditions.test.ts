import { describeInTestAll } from "../test-all";
import { MESSAGES } from "./condition-messages";
import { describeConditions, type ConditionsOptions } from "./describe-conditions";

/** Conditions that no mock can break, by module, and the suites that do. */
const ELSEWHERE: Readonly<Record<string, ConditionsOptions["unmet"]>> = {
  // A rule cannot be mocked: mirrored-rules.test.ts and __tests__/apply/alb-existing-rules.test.ts.
  alb: { precondition: 3 },
  // Needs objects that were imported: __tests__/apply/api-gateway-http.test.ts.
  "api-gateway-http": { postcondition: 5 },
  // Nor can a test import: __tests__/apply/api-gateway-rest.test.ts.
  "api-gateway-rest": { postcondition: 2 },
  // A distribution must be imported: __tests__/apply/cloudfront.test.ts.
  cloudfront: { postcondition: 2 },
  // Speaks when the ACL of a subnet has changed since the first apply: __tests__/apply/network-acl.test.ts.
  "network-acl": { precondition: 1 },
  // That on the whole VPC, which is the one of alb.
  nlb: { postcondition: 1 },
};

// Each run sees that a condition fails where it must: in the tests of its module.
describeInTestAll(["terraform"], "what conditions say", () => {
  for (const [module, messages] of Object.entries(MESSAGES))
    describeConditions({ module, messages, unmet: ELSEWHERE[module] });
});
