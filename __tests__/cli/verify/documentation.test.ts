import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { verifyCommand } from "../../../cli/verify/command";
import { readSettings } from "../../../cli/verify/settings";
import { repository } from "../../modules/workspace";

const page = readFileSync(join(repository, "docs/verify.md"), "utf8");
const [, example = ""] = /```yaml\n([^]*?)```/.exec(page) ?? [];
const given = parse(example) as Record<string, object>;

test("the example has every setting, and is accepted", async () => {
  // The secret comes from one of two places.
  const names = [
    ...Object.keys(given),
    ...Object.keys(given.secret_header ?? {}).map((name) => `secret_header_${name}`),
  ];
  const flags = names.filter((name) => name !== "secret_header").map((name) => `--${name.replaceAll("_", "-")}`);
  const more = ["--file", "--json", "--junit", "--secret-header-file"];
  expect([...flags, ...more].sort()).toEqual(
    verifyCommand()
      .options.map(({ long }) => long)
      .sort(),
  );
  // Its files are the reader's own.
  const { client_certificate, client_key, routing, snapshot, from, ...others } = given;
  expect([client_certificate, client_key]).toEqual(["client.pem", "client-key.pem"]);
  expect([routing, snapshot, from]).toEqual([["outputs.json"], ["shop.json"], "vpc"]);
  const settings = await readSettings(others, undefined, { CLOUDFRONT_SECRET: "0123456789abcdef" });
  expect(settings.direct).toHaveLength(5);
});

test("what the example says of defaults is so", async () => {
  const { ports, mode, timeout, deadline, concurrency } = given;
  const defaults = await readSettings({ direct: ["10.0.11.10"] }, undefined, {});
  expect(defaults).toMatchObject({ mode, timeout, deadline, concurrency });
  expect(defaults.direct.map(({ port }) => port)).toEqual(ports);
});
