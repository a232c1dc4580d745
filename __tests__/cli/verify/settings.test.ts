import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { urlOf } from "../../../cli/verify/address";
import { type Given, readSettings, SettingsError } from "../../../cli/verify/settings";

const folder = mkdtempSync(join(tmpdir(), "verify-settings-"));
const SECRET = "0123456789abcdefghij";
const header = { name: "X-CloudFront-Secret", env: "HEADER" };

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(text: string): string {
  const path = join(folder, `${Math.random()}.yml`);
  writeFileSync(path, text);
  return path;
}

async function message(
  given: Given,
  path?: string,
  environment: NodeJS.ProcessEnv = { HEADER: SECRET },
): Promise<string> {
  try {
    await readSettings(given, path, environment);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as Error).message;
  }
  throw new Error("It was accepted.");
}

test("a file with everything in it", async () => {
  const path = file(`
host: shop.example.com
direct: [10.0.11.10, "http://app.internal:8080"]
ports: [80, 8443]
node: [https://node.internal]
secret_header:
  name: X-CloudFront-Secret
  env: HEADER
entry_points:
  - https://shop.example.com/prod
mode: off
cloud: US
timeout: 2.5
deadline: 60
concurrency: 4
`);
  const { direct, node, entryPoints, ...others } = await readSettings({}, path, { HEADER: SECRET });
  expect(direct.map(urlOf)).toEqual(["http://10.0.11.10:80/", "https://10.0.11.10:8443/", "http://app.internal:8080/"]);
  expect(node.map(urlOf)).toEqual(["https://node.internal:443/"]);
  expect(entryPoints.map(urlOf)).toEqual(["https://shop.example.com:443/prod"]);
  expect(others).toEqual({
    clientCertificate: undefined,
    host: "shop.example.com",
    secretHeader: { name: "X-CloudFront-Secret", value: SECRET },
    mode: "off",
    cloud: "US",
    timeout: 2.5,
    deadline: 60,
    concurrency: 4,
    unknowns: [],
  });
});

test("defaults", async () => {
  const { direct, ...others } = await readSettings({ direct: ["10.0.11.10"] }, undefined, {});
  expect(direct.map(({ port }) => port)).toEqual([80, 443]);
  expect(others).toMatchObject({
    mode: "block",
    timeout: 10,
    deadline: 300,
    concurrency: 32,
    node: [],
    entryPoints: [],
  });
});

test("JSON is YAML, and flags win over the file", async () => {
  const path = file('{"direct": ["10.0.11.10:80"], "timeout": 2, "mode": "monitoring"}');
  expect(await readSettings({ timeout: 3 }, path, {})).toMatchObject({ timeout: 3, mode: "monitoring" });
});

test.each([
  ["of a line", `${SECRET}\n`, SECRET],
  ["of a line of Windows", `${SECRET}\r\n`, SECRET],
  ["without a line break", SECRET, SECRET],
])("the secret in a file, %s", async (_, text, value) => {
  const given = { node: ["node.internal"], secret_header: { name: "X-Secret", file: file(text) } };
  expect((await readSettings(given, undefined, {})).secretHeader).toEqual({ name: "X-Secret", value });
});

describe("what is refused, with what was received and the fix", () => {
  test.each<[Given, string]>([
    [{}, "There is nothing to test. Set direct, node, or entry_points, or routing and snapshot."],
    [{ direct: "10.0.0.1" }, 'direct must be a list with at least one address. Received: "10.0.0.1".'],
    [{ direct: [] }, "direct must be a list with at least one address. Received: []."],
    [{ direct: ["a", 7] }, "direct[1] must be an address. Received: 7."],
    [{ direct: ["a"], ports: [0] }, "ports[0] must be a port from 1 to 65535. Received: 0."],
    [{ direct: ["a"], host: "a b" }, 'host must be a host name such as "shop.example.com". Received: "a b".'],
    [
      { direct: ["a"], host: "a\r\nX: y" },
      String.raw`host must be a host name such as "shop.example.com". Received: "a\r\nX: y".`,
    ],
    [
      { direct: ["a"], mode: "blocking" },
      'mode must be one of block, safe_blocking, monitoring, off. Received: "blocking".',
    ],
    [{ direct: ["a"], cloud: "eu" }, 'cloud must be one of EU, US. Received: "eu".'],
    [{ direct: ["a"], timeout: 0 }, "timeout must be a number of seconds from 0.1 to 3600. Received: 0."],
    [{ direct: ["a"], deadline: "long" }, 'deadline must be a number of seconds from 0.1 to 3600. Received: "long".'],
    [{ direct: ["a"], concurrency: 1.5 }, "concurrency must be a whole number from 1 to 256. Received: 1.5."],
    [
      { direct: ["a"], timeout: 0, mode: 1 },
      "mode must be one of block, safe_blocking, monitoring, off. Received: 1.\ntimeout must be a number of seconds from 0.1 to 3600. Received: 0.",
    ],
    [
      { direct: ["http://10.0.0.1", "010.0.0.1"] },
      'direct[1] must have its IPv4 address in dotted decimal form; this one means 8.0.0.1. Received: "010.0.0.1".',
    ],
    [
      { node: ["node.internal"] },
      "node needs secret_header, the header that the node requires. Set its name, and env or file.",
    ],
    [
      { direct: ["a"], secret_header: header },
      "secret_header needs node, the addresses of the nodes that require the header.",
    ],
    [
      { node: ["a"], secret_header: { env: "HEADER" } },
      'secret_header.name must be the name of a header such as "X-CloudFront-Secret". It is missing.',
    ],
    [
      { node: ["a"], secret_header: { name: "X" } },
      "secret_header must have either env or file, which has the value of the header.",
    ],
    [
      { node: ["a"], secret_header: { ...header, file: "x" } },
      "secret_header must have either env or file, which has the value of the header.",
    ],
    [
      { direct: ["a"], directs: ["b"] } as Given,
      "directs is not a setting. Settings: host, direct, ports, routing, snapshot, from, node, secret_header, entry_points, client_certificate, client_key, mode, cloud, timeout, deadline, concurrency.",
    ],
  ])("%j", async (given, expected) => {
    expect(await message(given)).toBe(expected);
  });

  test("a password in an address is not shown", async () => {
    expect(await message({ direct: ["https://admin:hunter2@app.internal"] })).not.toContain("hunter2");
  });

  test.each([
    ["which is no YAML", "direct: [", /is not valid YAML in line 1, column 10: /],
    ["with a list", "- direct", /must contain settings by name/],
    ["with a text", "direct", /must contain settings by name/],
    [
      "with a name twice",
      "mode: off\nmode: block\ndirect: [a]",
      /is not valid YAML in line 2, column 1: DUPLICATE_KEY\.$/,
    ],
    ["which is empty", "", /nothing to test/],
  ])("a file %s", async (_, text, expected) => {
    expect(await message({}, file(text))).toMatch(expected);
  });

  test("a file that is not there", async () => {
    expect(await message({}, "missing.yml")).toBe("The file missing.yml cannot be read: ENOENT.");
  });
});

describe("nothing of a secret is shown", () => {
  test.each<[string, Given, NodeJS.ProcessEnv]>([
    ["where the name of the variable should be", { secret_header: { name: "X", env: SECRET } }, {}],
    ["where the path of the file should be", { secret_header: { name: "X", file: SECRET } }, {}],
    ["where the header's name should be", { secret_header: { name: `${SECRET} `, env: "HEADER" } }, {}],
    ["where an object should be", { secret_header: SECRET }, {}],
    ["under a name of its own", { secret_header: { ...header, value: SECRET } }, {}],
    ["with a line break inside", { secret_header: header }, { HEADER: `${SECRET}\n${SECRET}` }],
    ["too short", { secret_header: header }, { HEADER: SECRET.slice(0, 15) }],
  ])("%s", async (_, given, environment) => {
    const shown = await message({ node: ["node.internal"], ...given }, undefined, environment);
    expect(shown).not.toContain(SECRET.slice(0, 15));
    expect(shown).toMatch(/secret_header/);
  });

  test("in a file that is no YAML", async () => {
    expect(await message({}, file(`secret_header: { name: X, value: ${SECRET}`))).not.toContain(SECRET);
    expect(await message({}, file(`secret_header: *${SECRET}`))).not.toContain(SECRET);
  });

  test("not set or empty is no secret", async () => {
    const given = { node: ["a"], secret_header: header };
    expect(await message(given, undefined, {})).toBe("The environment variable in secret_header.env is not set.");
    expect(await message(given, undefined, { HEADER: "" })).toMatch(/It has 0 characters\.$/);
  });
});
