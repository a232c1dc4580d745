import { type Row, SURVEY } from "../../onboard/survey/document";
import { APPLICATIONS, organization } from "./support/organization";
import { rowOf, surveyed } from "./support/surveyed";

const { rows, unlisted } = surveyed(organization());

type Expected = Partial<Row> & Pick<Row, "state" | "wave">;

const READY: Expected = { state: "ready", wave: 1, reason: null, steps: [], questions: [], routes: 1 };
const step = (when: string, title: string): Expected => ({
  ...{ state: "owner-first", wave: 2, reason: null, steps: [{ when, title }], questions: [], routes: 1 },
});
const LOGIN = step("Before 100 percent", "Put the node behind logins");
const BLUE_GREEN = step("Before 100 percent", "Pause deployments that change rules");
const NETWORK = { ...step("At 100 percent", "Set the default action of the listeners"), module: "nlb" };
const NUMBERED: Expected = {
  ...{ state: "owner-first", wave: 3 },
  steps: [{ when: "Before the first apply", title: "Make room before rules" }],
  questions: [expect.objectContaining({ name: expect.stringMatching(/^target_group_of_beta_/) as string })] as never,
};
const refused = (reason: string): Expected => ({
  ...{ state: "not-possible", wave: null, steps: [], reason: expect.stringContaining(reason) as string },
});
const KUBERNETES = refused("belongs to the AWS Load Balancer Controller");
const CHAIN = refused("Put the node behind it, where a canary is possible: onboard alb ARN.");
/** The load balancer has a row of its own. */
const edge = (module: string, when: string, title: string): Expected => ({ ...step(when, title), wave: null, module });
const DISTRIBUTION = edge("cloudfront", "At 100 percent", "Make the node the origin");
const HTTP_API = edge(
  "api-gateway-http",
  "Before the first apply",
  "Let the owner of the API ignore the targets of its routes",
);
const REST_API = edge("api-gateway-rest", "At 100 percent", "Paste the integrations, and deploy");

const CLOSE = "Close the application's security groups";
const HEALTH = "Prepare health checks";
const lockdown = (...before_lockdown: string[]): Expected => ({ ...READY, before_lockdown });

test.each<[application: string, Expected]>([
  ...["shop", "billing", "blog", "legacy", "bank", "cart", "invoices", "forum"].map(
    (name) => [name, lockdown(CLOSE, HEALTH)] as [string, Expected],
  ),
  ...["search", "ledger"].map((name) => [name, lockdown(CLOSE, "Agree on network ACLs")] as [string, Expected]),
  ...["stock", "tax", "customer-portal-blue", "customer-portal-green", "web", "docs", "news", "mobile", "app"].map(
    (name) => [name, lockdown(CLOSE)] as [string, Expected],
  ),
  ...["prices", "payments", "events"].map((name) => [name, { ...READY, routes: 2 }] as [string, Expected]),
  ...["orders", "refunds", "tickets"].map((name) => [name, BLUE_GREEN] as [string, Expected]),
  ...["admin", "audit", "sso"].map((name) => [name, LOGIN] as [string, Expected]),
  ...["portal", "reports", "games"].map((name) => [name, NUMBERED] as [string, Expected]),
  ...["mail", "sftp", "chat", "partner", "feeds"].map((name) => [name, NETWORK] as [string, Expected]),
  ...["cluster", "batch", "video"].map((name) => [name, KUBERNETES] as [string, Expected]),
  ["voice", { ...refused("The snapshot has no attributes of the target group voice."), state: "undetermined" }],
  ...["legacy-front", "bank-front"].map((name) => [name, CHAIN] as [string, Expected]),
  ...["web", "docs", "news"].map((name) => [`www.${name}.example.com`, DISTRIBUTION] as [string, Expected]),
  ...["mobile-api", "app-api"].map((name) => [name, HTTP_API] as [string, Expected]),
  ...["partner-api", "feeds-api"].map((name) => [name, REST_API] as [string, Expected]),
])("%s", (application, expected) => {
  expect(rowOf(rows, application)).toMatchObject(expected);
});

test("has a row for each of the forty applications, and for each further entry point", () => {
  expect(APPLICATIONS).toHaveLength(40);
  const others = ["legacy-front", "bank-front", "mobile-api", "app-api", "partner-api", "feeds-api"];
  const distributions = ["web", "docs", "news"].map((name) => `www.${name}.example.com`);
  expect(rows.map(({ application }) => application).sort()).toEqual(
    [...APPLICATIONS, ...others, ...distributions].sort(),
  );
  expect(unlisted).toEqual([]);
});

test("is sorted into waves: no owner's step, one, more", () => {
  const waves = rows.map(({ wave }) => wave);
  expect(waves).toEqual([...waves].sort((a, b) => (a ?? 4) - (b ?? 4)));
  expect([1, 2, 3].map((wave) => waves.filter((one) => one === wave).length)).toEqual([22, 11, 3]);
});

test("an application with two entry points is rolled out once, at the load balancer", () => {
  const { id } = rowOf(rows, "mobile");
  expect(rowOf(rows, "mobile-api")).toMatchObject({ leads_to: [id], wave: null });
});

test("names and folders are different, and stay in their account and Region", () => {
  for (const names of [rows.map(({ folder }) => folder), rows.map((row) => `${row.account_id} ${row.name}`)])
    expect(new Set(names).size).toBe(rows.length);
  expect(rowOf(rows, "shop")).toMatchObject({ name: "shop-wallarm", folder: "111111111111-eu-central-1-alb-shop" });
  const portals = ["blue", "green"].map((color) => rowOf(rows, `customer-portal-${color}`).name);
  for (const name of portals) expect(name).toMatch(/^customer-[0-9a-f]{6}-wallarm$/);
});

test("is a document of its schema", () => {
  const survey = surveyed(organization());
  expect(SURVEY.parse(JSON.parse(JSON.stringify(survey)))).toEqual(survey);
  expect(survey.documents.map(({ account_id, region }) => `${account_id} ${region}`)).toEqual([
    "111111111111 eu-central-1",
    "222222222222 us-east-1",
    "333333333333 eu-west-1",
  ]);
});
