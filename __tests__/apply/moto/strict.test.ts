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
import { outcome, type Row } from "./rows/row";
import { expectListed, expectRows, expectSources, type Rule, rulesOf, testRows, testRowsAlone } from "./rows/rules";
import { storedAnswers } from "./rows/stored-answers";
import { vpcOrigins } from "./rows/vpc-origins";
import { World } from "./rows/world";

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
    rules = await rulesOf(strict);
  });

  afterAll(async () => {
    await strict.stop();
    await plain.stop();
  });

  test("each rule has a row, and each row a rule", () => {
    const stored = storedAnswers.map(({ rule }) => rule);
    expectRows(rules, rows, [...stored, ...withTestsOfTheirOwn]);
    for (const { name, effect } of rules) expect(effect === "stores").toBe(stored.includes(name));
  });

  test("each rule has a source and a summary", () => {
    expectSources(rules);
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

  test("the README lists the rules", () => expectListed(rules, "rules"));

  testRows(
    rows,
    () => strict,
    () => new World(strict),
  );

  // moto learns with a new version alone.
  describeInTestAll([], "moto alone", () => {
    testRowsAlone(rows, () => new World(plain));
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
});
