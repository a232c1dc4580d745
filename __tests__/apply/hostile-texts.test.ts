import fc from "fast-check";
import { around } from "../synth/support/arbitraries";
import { refusalsOf } from "../modules/validations";
import { stackOf } from "../modules/stack-of";
import { exampleCall } from "../../synth/variables/rule-cases";
import { describeInTestAll } from "../test-all";
import { LocalAws } from "./harness/local-aws";
import { createSmallApplication } from "./harness/small-application";
import { TerraformRoot, type Variables } from "./harness/terraform";

const COUNT = 40;
const SEED = 20;
const PIECES = [
  '"',
  "'",
  ";",
  "\n",
  "${name}",
  "%{ if true }",
  "\\",
  " ",
  "#",
  "`id`",
  "*",
  "?",
  "~",
  "é",
  "日",
  "/",
  "@",
  "-",
  "0",
];

/** Different ones, as Terraform reads them. */
function texts(valid: string): string[] {
  const all = fc.sample(around(valid, PIECES), { numRuns: COUNT, seed: SEED }).map((text) => text.normalize("NFC"));
  return [...new Set(all)];
}

describeInTestAll(["terraform", "moto_server"], "hostile texts", () => {
  let aws: LocalAws;
  let application: Awaited<ReturnType<typeof createSmallApplication>>;
  let root: TerraformRoot;

  beforeAll(async () => {
    aws = await LocalAws.start();
    application = await createSmallApplication(aws);
    root = await TerraformRoot.init(aws, "__tests__/apply/roots/hostile-texts", application.variables);
  }, 120_000);

  afterAll(() => aws.stop());

  /** The arguments that no validation refuses. Some are refused, and some are not. */
  async function accepted(calls: readonly Variables[]): Promise<Variables[]> {
    const base = exampleCall((await stackOf("alb")).inputs);
    const named = calls.map((call, index) => ({
      ...{ name: String(index), group: "hostile" },
      arguments: { ...base, ...call },
    }));
    const refusals = await refusalsOf("alb", named, base);
    const good = calls.filter((_, index) => refusals.get(String(index))?.length === 0);
    expect(good.length).toBeGreaterThan(0);
    expect(good.length).toBeLessThan(calls.length);
    return good;
  }

  /** Applies a call of the module for each. What was not refused is taken by the API, and is what it was. */
  async function applied(calls: readonly Variables[]): Promise<string[]> {
    const variables = { calls: Object.fromEntries(calls.map((call, index) => [`c${index}`, call])) };
    await root.apply(variables);
    expect(await root.changes(variables)).toEqual([]);
    const { target_group_arns: arns } = await root.outputs<{ target_group_arns: Record<string, string> }>();
    return calls.map((_, index) => String(arns[`c${index}`]));
  }

  async function tagsOf(arn: string): Promise<Record<string, string>> {
    const { TagDescriptions = [] } = await aws.elb.describeTags({ ResourceArns: [arn] });
    return Object.fromEntries(
      TagDescriptions.flatMap(({ Tags = [] }) => Tags).map(({ Key = "", Value = "" }) => [Key, Value]),
    );
  }

  test("in names are refused, or are the names", async () => {
    const calls = await accepted(texts("shop-wallarm").map((name) => ({ name })));
    const arns = await applied(calls.map(({ name }) => ({ name, tags: {}, routes: {} })));
    for (const [index, arn] of arns.entries()) expect(arn).toContain(`:targetgroup/${String(calls[index]?.name)}`);
  }, 300_000);

  test("in tags are refused, or are the tags", async () => {
    const keys = texts("Cost center").map((key) => ({ tags: { [key]: "shop" } }));
    const values = texts("a value").map((value) => ({ tags: { Team: value } }));
    const calls = await accepted([...keys, ...values]);
    const arns = await applied(calls.map(({ tags }, index) => ({ name: `shop-${index}`, tags, routes: {} })));
    for (const [index, arn] of arns.entries()) expect(await tagsOf(arn)).toMatchObject(calls[index]?.tags as object);
  }, 300_000);

  test("in routes are refused, or are their conditions", async () => {
    const kinds: Record<string, (text: string) => object> = {
      "shop.example.com": (text) => ({ host_header: { values: [text] } }),
      "/shop/*": (text) => ({ path_pattern: { values: [text] } }),
      "a value": (text) => ({ http_header: { http_header_name: "X-Tenant", values: [text] } }),
      page: (text) => ({ query_string: { values: [{ key: text, value: text }] } }),
    };
    const route = (condition: object, key: string, index: number) => ({
      [key]: {
        ...{ listener_arn: application.albListenerArn, priority: index + 1, conditions: [condition] },
        application_target_group_arn: application.targetGroupArns.alb,
      },
    });
    const conditions = Object.entries(kinds).flatMap(([valid, kind]) => texts(valid).map((text) => kind(text)));
    const calls = await accepted([
      ...conditions.map((condition, index) => ({ routes: route(condition, `r${index}`, index) })),
      ...texts("shop").map((key, index) => ({
        routes: route({ path_pattern: { values: [`/${index}`] } }, key, 200 + index),
      })),
    ]);
    // A load balancer takes 100 rules.
    const some = calls.filter((_, index) => index % Math.ceil(calls.length / 90) === 0);
    const routes = Object.assign({}, ...some.map((call) => call.routes as object)) as Record<string, Variables>;
    await applied([{ name: "shop", tags: {}, routes }]);
    const { Rules = [] } = await aws.elb.describeRules({ ListenerArn: application.albListenerArn, PageSize: 400 });
    const found = new Map(Rules.map(({ Priority, Conditions = [] }) => [Number(Priority), Conditions]));
    for (const { priority, conditions: [condition] = [] } of Object.values(routes) as {
      priority: number;
      conditions?: Record<string, { values: unknown[] }>[];
    }[]) {
      const [value] = Object.values(condition ?? {}).flatMap(({ values }) => values);
      const expected = typeof value === "string" ? value : (value as { value: string }).value;
      expect(JSON.stringify(found.get(priority))).toContain(JSON.stringify(expected));
    }
  }, 300_000);
});
