import { relative } from "node:path";
import { describeUnless } from "./describe-unless";
import { describeWithTools } from "./tools";

/** Whether this is `npm run test:all`, which also runs what takes minutes. */
export const isTestAll = process.env.TEST_ALL === "1";

/**
 * `describeWithTools`, for what takes minutes: only `npm run test:all` runs it. Other runs say in a line what they leave out,
 * with the command that runs it, and `.ci/run` repeats these lines at its end.
 */
export const describeInTestAll: typeof describeWithTools = (required, name, suite) => {
  if (isTestAll) {
    describeWithTools(required, name, suite);
    return;
  }
  const path = relative(__dirname, String(expect.getState().testPath));
  describeUnless(`: npm run test:all -- ${path} -t "${name}"`, name, suite);
};
