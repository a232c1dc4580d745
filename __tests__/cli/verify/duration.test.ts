import { readSettings } from "../../../cli/verify/settings";
import { secondsOfTimeouts } from "../../../cli/verify/duration";

const addresses = (count: number) =>
  Array.from({ length: count }, (_, index) => `10.0.${Math.floor(index / 250)}.${index % 250}`);
const settings = (given: object) => readSettings(given, undefined, {});

test.each([
  ["of an address", { direct: ["10.0.0.1"] }, 10, 300],
  // On two ports, so 1000 connections, 32 at a time.
  ["of 500 addresses", { direct: addresses(500) }, 320, 1260],
  ["of 500 addresses, 256 at a time", { direct: addresses(500), concurrency: 256 }, 40, 300],
  ["of 500 addresses that get a minute", { direct: addresses(500), timeout: 60 }, 1920, 3600],
  ["of 100 entry points, each with two requests", { entry_points: addresses(100) }, 70, 300],
])("the default deadline %s is enough if all connections time out", async (_, given, timeouts, deadline) => {
  const read = await settings(given);
  expect(secondsOfTimeouts(read)).toBe(timeouts);
  expect(read.deadline).toBe(deadline);
});

test("nodes get seven requests each", async () => {
  const given = { node: addresses(32), secret_header: { name: "X-Secret", env: "SECRET" } };
  expect(secondsOfTimeouts(await readSettings(given, undefined, { SECRET: "s".repeat(16) }))).toBe(70);
});
