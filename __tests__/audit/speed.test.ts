import { parseSnapshot } from "../../account/snapshot";
import { network } from "../../model/network/network";
import { judge } from "../../model/verdict";
import { describeInTestAll } from "../test-all";
import { inventedAccount } from "./support/invented";
import { routings } from "./support/secure";

/** Seconds of the processor, which other programs of the machine do not lengthen: the best of some runs. */
function seconds(run: () => void): number {
  const turns = Array.from({ length: 3 }, () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  });
  return Math.min(...turns);
}

function measured(count: number) {
  const text = JSON.stringify(inventedAccount(count));
  return {
    json: seconds(() => JSON.parse(text) as unknown),
    // What is indexed once for a snapshot is indexed again.
    judged: seconds(() => {
      expect(judge(parseSnapshot(text, "account.json"), routings(), network).verdict).toBe("proven");
    }),
    read: seconds(() => parseSnapshot(text, "account.json")),
  };
}

// The goals are 5 times and linear. A processor that is shared, and code that is not compiled yet, get twice that.
describeInTestAll([], "audit of an invented account", () => {
  test("15,000 resources are judged in 10 times of reading their JSON, and in linear time", () => {
    const [small, large] = [measured(5_000), measured(15_000)];
    const judging = ({ judged, read }: typeof small) => Math.max(0.001, judged - read);
    expect(judging(large)).toBeLessThan(10 * large.json);
    expect(judging(large) / judging(small)).toBeLessThan(2 * 3);
  }, 60_000);
});
