import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Snapshot } from "../../../account/snapshot";
import { urlOf } from "../../../cli/verify/address";
import { readSettings, SettingsError } from "../../../cli/verify/settings";
import { verify } from "../../../cli/verify/verify";
import { add, patched, remove, replace } from "../../audit/support/patch";
import { routings, secureSnapshot } from "../../audit/support/secure";

const folder = mkdtempSync(join(tmpdir(), "verify-application-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const outputs = { routing: { value: routings(), type: "dynamic" } };
const interfaces = "/ec2/NetworkInterfaces";

function settingsOf(snapshot: Snapshot, from: unknown) {
  return readSettings(
    { routing: [file("outputs.json", outputs)], snapshot: [file("shop.json", snapshot)], from, timeout: 0.1 },
    undefined,
    {},
  );
}

const dual = patched(secureSnapshot(), [
  add(`${interfaces}/0/Association`, { PublicIp: "198.51.100.7" }),
  add(`${interfaces}/0/Ipv6Addresses`, [{ Ipv6Address: "2001:db8::7" }]),
  add(`${interfaces}/1/PrivateIpAddresses`, [
    { PrivateIpAddress: "10.0.11.4", Primary: true },
    { PrivateIpAddress: "10.0.11.5", Primary: false, Association: { PublicIp: "198.51.100.8" } },
  ]),
]);

test("in the VPC, every address of the application is tested on its ports, and none of the node", async () => {
  const { direct, unknowns } = await settingsOf(dual, "vpc");
  expect(direct.map(urlOf)).toEqual([
    ...["http://10.0.10.4:80/", "http://10.0.11.4:80/", "http://10.0.11.5:80/"],
    ...["http://198.51.100.7:80/", "http://[2001:db8::7]:80/", "http://198.51.100.8:80/"],
  ]);
  expect(unknowns).toEqual([]);
});

test("from the internet, its public addresses are tested", async () => {
  const { direct } = await settingsOf(dual, "internet");
  expect(direct.map(urlOf)).toEqual([
    ...["http://198.51.100.7:80/", "http://[2001:db8::7]:80/", "http://198.51.100.8:80/"],
  ]);
});

test("a pod is tested at its own address, and at those of its interface", async () => {
  const pods = patched(dual, [
    replace("/elastic_load_balancing/TargetGroups/0/Targets", [{ Target: { Id: "10.0.77.4", Port: 8080 } }]),
    add(`${interfaces}/5/Ipv4Prefixes`, [{ Ipv4Prefix: "10.0.77.0/28" }]),
  ]);
  const { direct, unknowns } = await settingsOf(pods, "vpc");
  expect(unknowns).toEqual([]);
  expect(direct.map(urlOf)).toEqual(expect.arrayContaining(["http://10.0.77.4:8080/", "http://10.0.20.4:8080/"]));
});

test("a call that failed for the snapshot, and a target without an interface, are unknown in the result", async () => {
  const denied = { action: "ec2:DescribeNetworkInterfaces", resource: null, error: "UnauthorizedOperation" };
  const settings = await settingsOf(
    patched(secureSnapshot(), [remove(`${interfaces}/1`), remove(`${interfaces}/0`), add("/unread/-", denied)]),
    "vpc",
  );
  const { verdict, findings } = await verify(settings, () => undefined);
  expect(verdict).toBe("unknown");
  expect(findings.map(({ test: kind, target, verdict: one }) => [kind, target, one])).toEqual([
    ...[expect.stringContaining("outputs.json"), "i-app1", "i-app2", expect.stringContaining("outputs.json")].map(
      (target: unknown) => ["direct access", target, "unknown"],
    ),
  ]);
  expect(findings[0]?.reason).toBe("ec2:DescribeNetworkInterfaces failed: UnauthorizedOperation");
});

test.each<[string, Record<string, unknown>, RegExp]>([
  [
    "no snapshot",
    { snapshot: undefined },
    /^routing, snapshot, and from must be set together: .* \(internet or vpc\)\.$/,
  ],
  ["no place", { from: undefined }, /^routing, snapshot, and from must be set together/],
  ["another place", { from: "office" }, /^from must be one of internet, vpc\. Received: "office"\.$/],
  ["a file that is missing", { snapshot: ["none.json"] }, /^The file "none\.json" does not exist\.$/],
  ["an output that is missing", { routing: [file("empty.json", {})] }, /empty\.json has no output "routing"\. Add /],
  ["no public address", { from: "internet" }, /^There is nothing to test: the application has no public address /],
  [
    "a snapshot of another account",
    { snapshot: [file("other.json", patched(secureSnapshot(), [replace("/account_id", "210987654321")]))] },
    /^No snapshot is of the account 123456789012 and the Region us-east-1 of /,
  ],
])("%s is refused", async (_, given, message) => {
  const all = {
    routing: [file("outputs.json", outputs)],
    snapshot: [file("secure.json", secureSnapshot())],
    from: "vpc",
    ...given,
  };
  const error: unknown = await readSettings(all, undefined, {}).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SettingsError);
  expect((error as Error).message).toMatch(message);
});
