import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { SNAPSHOT } from "../../account/snapshot";
import { page as pageOf } from "../../audit/report/page";
import { type Report, reportOf } from "../../audit/report/report";
import { network } from "../../model/network/network";
import { launchBrowser } from "../browser";
import { describeWithTools } from "../tools";
import { FIXTURES } from "./support/fixtures";
import { type Operation, patched } from "./support/patch";
import { routings, secureSnapshot } from "./support/secure";

const axe = readFileSync(require.resolve("axe-core"), "utf8");

function report(...operations: Operation[]): Report {
  const snapshot = SNAPSHOT.parse(patched(secureSnapshot(), operations));
  const question = { root: { name: "shop.json", routings: routings() }, snapshot };
  return reportOf([question], {
    ...{ network, requiredLocks: ["security_group"], acceptances: [], baseline: new Set() },
    ...{ allowCanary: false, today: "2026-11-27" },
  });
}

/** Over the network, through one load balancer or two, through each edge, and to the node itself. */
const CLASSES = ["foreign-carrier", "load-balancer-chain", "other-distribution", "forgotten-route", "no-secret-sent"];
const reports = CLASSES.map((id) => report(...(FIXTURES[id]?.bypass ?? [])));

/** One page with all of these, and with hostile names in all texts. */
function everything(hostile: string): Report {
  const roots = reports.flatMap(({ roots: all }) => all);
  const text = JSON.stringify({ ...reports[0], roots }, (key, value: unknown) =>
    typeof value === "string" && /^(words|resource|title|name)$/.test(key) ? `${value} ${hostile}` : value,
  );
  return JSON.parse(text) as Report;
}

const HOSTILE = [
  "</title></svg><script>document.title = 1</script><img src=x onerror=alert(1)>",
  `"'&amp;${"W".repeat(90)} \u202E\u0007 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字 🦊🦊🦊`,
];

test("everything that somebody else wrote is escaped", () => {
  const html = pageOf(everything(HOSTILE.join(" ")));
  expect(html).not.toMatch(/<script|<img|\u0007/);
  expect(html).toContain("&lt;script&gt;");
});

test("the way, each fact, and where it was read are on the page", () => {
  const html = pageOf(report(...(FIXTURES["listener-rule"]?.bypass ?? [])));
  for (const part of [
    "A listener rule forwards to the application",
    "shop: rule 1 of 80 (/open/*) → shop",
    "elasticloadbalancing:DescribeRules",
    "BYPASS",
    "Lock: security group",
    "AWS Global Accelerator, VPC Lattice, and DNS names were not read.",
  ])
    expect(html).toContain(part);
  expect(pageOf(report())).toContain("Every way to the application passes the Wallarm Node");
});

describeWithTools(["chromium-headless-shell"], "the page of audit --html", () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "audit-page-test-"));
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** From the disk. It asks for nothing else, and its console stays empty. */
  async function open(shown: Report, options: BrowserContextOptions): Promise<{ page: Page; noise: string[] }> {
    const file = join(folder, "audit.html");
    writeFileSync(file, pageOf(shown));
    const page = await (await browser.newContext(options)).newPage();
    const noise: string[] = [];
    page.on("console", (message) => noise.push(message.text()));
    page.on("request", (request) => {
      if (request.url() !== pathToFileURL(file).href) noise.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return { page, noise };
  }

  const shown = { plain: everything(""), hostile: everything(HOSTILE.join(" ")) };

  test.each([
    ["plain", 360],
    ["plain", 1280],
    ["hostile", 360],
    ["hostile", 1280],
  ] as const)("%s texts at %i pixels: no box overlaps, and nothing is outside", async (name, width) => {
    const { page, noise } = await open(shown[name], { viewport: { width, height: 800 } });
    const drawings = await page.locator("svg").evaluateAll(geometry);
    expect(drawings.length).toBeGreaterThan(CLASSES.length);
    expect(drawings.flat()).toEqual([]);
    const size = await page.locator("html").evaluate((html: { scrollWidth: number }) => html.scrollWidth);
    expect(size).toBeLessThanOrEqual(width);
    expect(noise).toEqual([]);
  });

  test.each(["light", "dark"] as const)("is accessible by axe's rules, in %s colors", async (colorScheme) => {
    // Axe is a script.
    const { page } = await open(report(...(FIXTURES["listener-rule"]?.bypass ?? [])), { colorScheme, bypassCSP: true });
    await page.addScriptTag({ content: axe });
    const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
    expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(["color-contrast", "svg-img-alt"]));
  });
});

interface Rectangle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
interface Shape {
  readonly textContent: string;
  getBoundingClientRect(): Rectangle;
  querySelector(selector: string): Shape;
  querySelectorAll(selector: string): ArrayLike<Shape>;
}

/** What is wrong in each drawing. It runs in the browser, so it uses nothing from here. */
function geometry(drawings: unknown[]): string[][] {
  const isInside = (one: Rectangle, other: Rectangle) =>
    one.left >= other.left && one.right <= other.right && one.top >= other.top && one.bottom <= other.bottom;
  return (drawings as Shape[]).map((drawing) => {
    const boxes = Array.from(drawing.querySelectorAll("g.step, g.skipped"));
    const places = boxes.map((box) => box.querySelector("rect").getBoundingClientRect());
    const lines = Array.from(drawing.querySelectorAll(".line"), (line) => line.getBoundingClientRect());
    const whole = drawing.getBoundingClientRect();
    return [
      ...places.flatMap((one, index) =>
        places.slice(index + 1).some((other) => one.bottom > other.top) ? [`box ${index} overlaps`] : [],
      ),
      ...boxes.flatMap((box, index) =>
        Array.from(box.querySelectorAll("text"))
          .filter((text) => places.every((one, at) => at !== index || !isInside(text.getBoundingClientRect(), one)))
          .map((text) => `outside of its box: ${text.textContent}`),
      ),
      ...[...places, ...lines, drawing.querySelector(".mark").getBoundingClientRect()]
        .filter((one) => !isInside(one, whole))
        .map((one) => `outside of the drawing: ${JSON.stringify(one)}`),
    ];
  });
}
