const { default: Sequencer } = require("@jest/test-sequencer");

/**
 * Suites that apply take minutes, most of which the provider waits. In a fresh clone Jest does not know that, and begins
 * with the largest files: a long suite that begins last runs alone at the end.
 */
const waits = ({ path }) => path.includes("/__tests__/apply/");

module.exports = class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(waits), ...sorted.filter((test) => !waits(test))];
  }
};
