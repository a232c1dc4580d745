const { default: Sequencer } = require("@jest/test-sequencer");

const LONGEST = "__tests__/modules/terraform.test.ts";

/**
 * In a fresh clone Jest does not know how long a suite takes, and begins with the largest files. The longest suite is a
 * small one, and would run alone at the end.
 */
module.exports = class extends Sequencer {
  sort(tests) {
    const longest = tests.filter(({ path }) => path.endsWith(LONGEST));
    const others = tests.filter((test) => !longest.includes(test));
    return [...longest, ...super.sort(others)];
  }
};
