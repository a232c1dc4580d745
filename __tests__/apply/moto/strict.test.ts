import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeInTestAll } from "../../test-all";
import { describeWithTools } from "../../tools";
import { LocalAws } from "../harness/local-aws";
import { httpApis } from "./rows/apigatewayv2";
import { domains } from "./rows/apigatewayv2-domains";
import { distributions } from "./rows/cloudfront";
import { instances, networks, securityGroups } from "./rows/ec2";
import { listeners, loadBalancers, targetGroups } from "./rows/elbv2";
import { autoScaling, cloudControl, config, logs, services, stateMachines, trails } from "./rows/other-services";
import { overTime } from "./rows/over-time";
import { serviceModel, targetHealth } from "./rows/requests";
import { type AnsweringRow, outcome, refusal, type RefusingRow, type Row } from "./rows/row";
import { storedAnswers } from "./rows/stored-answers";
import { vpcOrigins } from "./rows/vpc-origins";
import { World } from "./rows/world";

interface Rule {
  readonly name: string;
  readonly file: string;
  readonly effect: "refuses" | "answers" | "stores";
  readonly summary: string;
  readonly sources: readonly string[];
  readonly guessed_message: boolean;
}

const rows: readonly Row[] = [
  ...serviceModel,
  ...loadBalancers,
  ...targetGroups,
  ...targetHealth,
  ...listeners,
  ...securityGroups,
  ...networks,
  ...instances,
  ...distributions,
  ...vpcOrigins,
  ...httpApis,
  ...domains,
  ...autoScaling,
  ...services,
  ...trails,
  ...logs,
  ...config,
  ...cloudControl,
  ...stateMachines,
  ...overTime,
];
const refusing = rows.filter((row): row is RefusingRow => "refused" in row);
const answering = rows.filter((row): row is AnsweringRow => "ask" in row);

const README = join(__dirname, "strict/README.md");

/** Without a client, which would repeat what is throttled. */
const DESCRIBE = "Action=DescribeLoadBalancers&Version=2015-12-01";

/** Of which a test below is the row. */
const withTestsOfTheirOwn = ["elbv2_reads_are_throttled"];

describeWithTools(["moto_server"], "the strict rules", () => {
  let strict: LocalAws;
  let plain: LocalAws;
  let rules: Rule[];

  beforeAll(async () => {
    strict = await LocalAws.start();
    plain = await LocalAws.start({ strict: false });
    rules = (await (await fetch(`${strict.endpoint}/strict/rules`)).json()) as Rule[];
  });

  afterAll(async () => {
    await strict.stop();
    await plain.stop();
  });

  test("each rule has a row, and each row a rule", () => {
    const names = rules.map(({ name }) => name).sort();
    const withRows = new Set([...rows, ...storedAnswers].map(({ rule }) => rule));
    expect([...withRows, ...withTestsOfTheirOwn].sort()).toEqual(names);
    for (const { rule } of refusing) expect(effectOf(rule)).toBe("refuses");
    for (const { rule } of answering) expect(effectOf(rule)).toBe("answers");
    for (const { rule } of storedAnswers) expect(effectOf(rule)).toBe("stores");
  });

  test("each rule has a source and a summary", () => {
    for (const { sources, summary } of rules) {
      expect(sources).not.toEqual([]);
      for (const source of sources) expect(source).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|github\.com)\//);
      expect(summary).toMatch(/\.$/);
    }
  });

  test("reads of Elastic Load Balancing are throttled when a suite asks for it", async () => {
    const throttled = await LocalAws.start({ throttle: true });
    try {
      const read = (aws: LocalAws) => outcome(new World(aws).send("elasticloadbalancing", "POST", "/", DESCRIBE));
      const reads = (aws: LocalAws) => Promise.all(Array.from({ length: 80 }, () => read(aws)));
      expect(await reads(throttled)).toContainEqual({ refused: "Throttling" });
      expect(await reads(strict)).not.toContainEqual({ refused: "Throttling" });
    } finally {
      await throttled.stop();
    }
  });

  test("the README lists the rules", async () => {
    const readme = await readFile(README, "utf8");
    const updated = readme.replace(
      /(?<=<!-- rules -->\n\n)[^]*?(?=<!-- \/rules -->)/,
      `${rules.map(listing).join("")}\n`,
    );
    if (process.env.UPDATE_RULES === "1") await writeFile(README, updated);
    else expect(readme).toBe(updated);
  });

  describe.each(refusing.map((row, index) => ({ ...row, index })))(
    "$rule ($index)",
    ({ rule, lawful, refused, code }) => {
      test("accepts a lawful call, and refuses another", async () => {
        const world = new World(strict);
        await lawful(world);
        await refusals();
        await expect(outcome(refused(world))).resolves.toEqual(refusal(code));
        await expect(refusals()).resolves.toEqual([rule]);
      });
    },
  );

  test.each(answering.map((row, index) => ({ ...row, index })))("$rule ($index) answers", async (row) => {
    await expect(outcome(row.ask(new World(strict)))).resolves.toEqual(row.strict);
  });

  // A rule that moto has learned goes. It learns with a new version alone.
  describeInTestAll([], "moto alone", () => {
    test.each(refusing.map((row, index) => ({ ...row, index })))(
      "$rule ($index) is not known",
      async ({ lawful, refused, code }) => {
        const world = new World(plain);
        await outcome(lawful(world));
        await expect(outcome(refused(world))).resolves.not.toEqual(refusal(code));
      },
    );

    test.each(answering.map((row, index) => ({ ...row, index })))(
      "$rule ($index) is answered otherwise",
      async (row) => {
        await expect(outcome(row.ask(new World(plain)))).resolves.toEqual(row.plain);
      },
    );
  });

  describe.each(storedAnswers)("$rule", ({ rule, ask, empty, answer, filled }) => {
    test("answers nothing, then what was filled in, and moto alone knows no such operation", async () => {
      await expect(outcome(ask(plain))).resolves.toEqual({ refused: expect.anything() as string });
      await expect(outcome(ask(strict))).resolves.toEqual(empty);
      const [service = "", operation = ""] = rule.split(":");
      await strict.answer({ service, operation, answer });
      await expect(outcome(ask(strict))).resolves.toEqual(filled);
    });
  });

  test("an answer is filled in for some parameters, and for operations of the list alone", async () => {
    const entry = { service: "ec2", operation: "DescribeClientVpnTargetNetworks" };
    const when = { ClientVpnEndpointId: "cvpn-endpoint-2" };
    await strict.answer({ ...entry, when, answer: { ClientVpnTargetNetworks: [{ TargetNetworkId: "subnet-2" }] } });
    const networks = async (ClientVpnEndpointId: string) =>
      (await strict.ec2.describeClientVpnTargetNetworks({ ClientVpnEndpointId })).ClientVpnTargetNetworks;
    expect(await networks("cvpn-endpoint-2")).toMatchObject([{ TargetNetworkId: "subnet-2" }]);
    expect(await networks("cvpn-endpoint-1")).not.toMatchObject([{ TargetNetworkId: "subnet-2" }]);
    await expect(strict.answer({ ...entry, operation: "DescribeVpcs", answer: {} })).rejects.toThrow("DescribeVpcs");
  });

  /** The rules that have refused a call since this was asked last. */
  async function refusals(): Promise<unknown> {
    return (await fetch(`${strict.endpoint}/strict/refusals`)).json();
  }

  function effectOf(name: string) {
    return rules.find((rule) => rule.name === name)?.effect;
  }
});

/** A rule in the README, as prettier leaves it. */
function listing({ name, file, effect, summary, sources, guessed_message }: Rule): string {
  const guess = guessed_message ? ", the message is a guess" : "";
  const links = sources.map((source) => `<${source}>`).join(", ");
  return `- \`${name}\` (${file}, ${effect}${guess}): ${summary} ${links}\n`;
}
