import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchBrowser } from "../browser";
import { filesIn } from "../synth/support/folders";
import { Program, REPOSITORY, VERSION } from "../synth/support/program";
import { describeInTestAll } from "../test-all";

const NEXT = "99.0.0";
const axe = readFileSync(require.resolve("axe-core"), "utf8");

// From the disk, as somebody opens a folder that was sent to them: nothing is served.
describeInTestAll(["chromium-headless-shell"], "the pages of a registry", () => {
  const program = Program.build("registry", "--namespace", "acme", "--out", ".");
  const registry = program.folder("registry");
  const root = `${pathToFileURL(registry).href}/`;
  const url = (path: string) => root + path;
  const version = (module: string, number = VERSION) => `v1/modules/acme/${module}/aws/${number}/index.html`;
  let browser: Browser;

  beforeAll(async () => {
    program.run(registry);
    const readme = readFileSync(join(REPOSITORY, "modules/alb/README.md"), "utf8");
    program.release(NEXT, { "modules/alb/README.md": readme.replace("## Runbook", "## Runbook of the next version") });
    program.run(registry);
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  /** A page that asks nobody but the disk for anything, and whose console stays empty. */
  async function open(path: string, options: BrowserContextOptions = {}): Promise<{ page: Page; noise: string[] }> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const noise: string[] = [];
    page.on("console", (message) => noise.push(message.text()));
    page.on("pageerror", (error) => noise.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith(root)) noise.push(request.url());
    });
    await page.goto(url(path));
    return { page, noise };
  }

  test("lead from the start to every version of a module, to its README, and back", async () => {
    const { page, noise } = await open("index.html");
    const alb = page.getByRole("region", { name: "acme/alb/aws" });
    await alb.getByRole("link", { name: VERSION, exact: true }).click();
    expect(await page.title()).toBe(`acme/alb/aws ${VERSION}`);
    expect(await page.getByRole("heading", { name: "Runbook", exact: true }).isVisible()).toBe(true);

    await page.getByRole("link", { name: "All modules and versions" }).click();
    await alb.getByRole("link", { name: NEXT, exact: true }).click();
    expect(await page.getByRole("heading", { name: "Runbook of the next version" }).isVisible()).toBe(true);
    expect(noise).toEqual([]);
  });

  test("show the inputs of a module when asked to, each with a link to what it is", async () => {
    const { page } = await open("index.html");
    const alb = page.getByRole("region", { name: "acme/alb/aws" });
    const input = alb.getByRole("link", { name: "node", exact: true });
    expect(await input.isVisible()).toBe(false);
    await alb.getByText(`Inputs of acme/alb/aws ${NEXT}`).press("Enter");
    expect(await alb.getByRole("group", { name: "Table" }).getAttribute("tabindex")).toBe("0");
    expect(await alb.getByRole("row").count()).toBe(variables("alb") + 1);
    await input.click();
    expect(await page.title()).toBe(`acme/alb/aws ${NEXT}`);
    expect(await page.locator(":target").textContent()).toBe("node");
  });

  test("have no link that leads nowhere", async () => {
    const files = filesIn(registry);
    const { page } = await open("index.html");
    for (const path of Object.keys(files).filter((name) => name.endsWith(".html"))) {
      await page.goto(url(path));
      const links = await page
        .locator("a")
        .evaluateAll((all) => (all as unknown as { href: string }[]).map(({ href }) => href));
      const ids = await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
      expect(links.length).toBeGreaterThan(0);
      for (const link of links.filter((one) => !one.startsWith("https://"))) {
        const target = new URL(link);
        const file = target.href.replace(target.hash, "").replace(root, "");
        expect(Object.keys(files)).toContain(file);
        if (file === path && target.hash !== "") expect(ids).toContain(target.hash.slice(1));
        else if (target.hash !== "") expect(files[file]).toContain(`id="${target.hash.slice(1)}"`);
      }
    }
  });

  test("have no script, and refuse one", async () => {
    const { page, noise } = await open(version("alb"));
    expect(await page.locator("script").count()).toBe(0);
    await page.locator("body").evaluate((body: { innerHTML: string }) => {
      body.innerHTML += '<img src="x" onerror="document.title = \'changed\'">';
    });
    expect(noise.join()).toContain("Content Security Policy");
    expect(await page.title()).toBe(`acme/alb/aws ${VERSION}`);
  });

  test("fit a narrow screen: what is wider scrolls by itself", async () => {
    for (const path of ["index.html", version("alb")]) {
      const { page } = await open(path, { viewport: { width: 320, height: 640 } });
      const details = page.locator("summary");
      for (const summary of await details.all()) await summary.click();
      const width = await page.locator("html").evaluate((html: { scrollWidth: number }) => html.scrollWidth);
      expect(width).toBeLessThanOrEqual(320);
      // And no word of a table is broken for it.
      const tables = await page
        .locator(".table")
        .evaluateAll((all) =>
          (all as unknown as Record<"scrollWidth" | "clientWidth", number>[]).map(
            ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
          ),
        );
      expect(tables).toContain(true);
    }
  });

  test.each(["light", "dark"] as const)("are accessible by axe's rules, in %s colours", async (colorScheme) => {
    for (const path of ["index.html", version("alb")]) {
      // Axe is a script.
      const { page } = await open(path, { colorScheme, bypassCSP: true });
      for (const summary of await page.locator("summary").all()) await summary.click();
      await page.addScriptTag({ content: axe });
      const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
      expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(["color-contrast", "html-has-lang", "region"]));
    }
  });
});

/** How many variables a module has. */
function variables(module: string): number {
  const text = readFileSync(join(REPOSITORY, "modules", module, "variables.tf"), "utf8");
  return text.match(/^variable "/gm)?.length ?? 0;
}
