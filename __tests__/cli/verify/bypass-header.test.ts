import type { RequestListener } from "node:http";
import { bypassHeader } from "../../../cli/verify/bypass-header";
import type { Outcome } from "../../../cli/verify/outcome";
import { certificate } from "../../node-config/support/certificates";
import { Nodes } from "../../node-config/support/nodes";
import { describeWithTools } from "../../tools";
import { answer, found, https, reset } from "./support/outcomes";
import { Servers } from "./support/servers";
import { verified } from "./support/verified";

const servers = new Servers();
const SECRET = "s3cr3t".repeat(6);
const header = { name: "X-CloudFront-Secret", value: SECRET };

const CASES = [
  "without X-CloudFront-Secret",
  "with an empty X-CloudFront-Secret",
  "with a wrong X-CloudFront-Secret",
  "with two wrong X-CloudFront-Secret",
  "with two X-CloudFront-Secret, the second right",
  "with two X-CloudFront-Secret, the first right",
  "with the right X-CloudFront-Secret",
];

/** Verdicts by case, for a node that answers as told by the values that it gets. */
async function verdicts(node: (values: readonly string[]) => Outcome, address = https) {
  const findings = await found(bypassHeader(address, undefined, header), ({ headers = [] }) => {
    expect(headers.every(([name]) => name === header.name)).toBe(true);
    return node(headers.map(([, value]) => value));
  });
  expect(findings.map(({ target }) => target.replace(/^\S+ /, ""))).toEqual(CASES);
  return findings.map(({ verdict }) => verdict);
}

const isRight = (values: readonly string[]) => values.length === 1 && values[0] === SECRET;

describe("the verdict on a node", () => {
  const allPass = CASES.map(() => "pass");
  const allUnknown = CASES.map(() => "unknown");

  test.each([200, 302, 404, 405])("that wants the secret, once, and then answers %d", async (status) => {
    expect(await verdicts((values) => answer(isRight(values) ? status : 403))).toEqual(allPass);
  });

  test("that wants the secret, in front of an application that fails", async () => {
    expect(await verdicts((values) => answer(isRight(values) ? 502 : 403))).toEqual(allPass);
  });

  test("that looks at the first of two, as nginx before 1.23 does", async () => {
    expect(await verdicts(([first]) => answer(first === SECRET ? 200 : 403))).toEqual(allPass);
  });

  test("that lets everybody in", async () => {
    expect(await verdicts(() => answer(200))).toEqual([...Array<string>(5).fill("fail"), "pass", "pass"]);
  });

  test("that lets everybody in and fails only for those with the secret", async () => {
    expect(await verdicts((values) => answer(isRight(values) ? 503 : 200))).toEqual([
      ...Array<string>(6).fill("fail"),
      "unknown",
    ]);
  });

  test.each([
    ["an absent header", (values: readonly string[]) => values.length === 0, 0],
    ["an empty header", (values: readonly string[]) => values[0] === "", 1],
    ["whatever header there is", (values: readonly string[]) => values.length === 1 && values[0] !== "", 2],
    ["two headers", (values: readonly string[]) => values.length === 2 && !values.includes(SECRET), 3],
    ["the last of two", (values: readonly string[]) => values[1] === SECRET, 4],
  ])("that lets in %s", async (_, letsIn, index) => {
    const expected = allPass.map((pass, at) => (at === index ? "fail" : pass));
    expect(await verdicts((values) => answer(letsIn(values) || isRight(values) ? 200 : 403))).toEqual(expected);
  });

  test("that answers something else to two headers than to one", async () => {
    const expected = allPass.map((pass, at) => (at === 5 ? "fail" : pass));
    expect(await verdicts((values) => answer(isRight(values) ? 200 : values[0] === SECRET ? 400 : 403))).toEqual(
      expected,
    );
  });

  test("that refuses the right one too: nothing else is shown", async () => {
    expect(await verdicts(() => answer(403))).toEqual([...allUnknown.slice(1), "fail"]);
  });

  test.each([
    ["is not there", () => reset],
    ["fails", () => answer(503)],
    ["is behind a redirect to https", () => answer(301, "https://shop.example.com")],
  ])("that %s", async (_, node) => {
    expect(await verdicts(node, { ...https, protocol: "http" })).toEqual(allUnknown);
  });

  test("that redirects to itself: it let the request in", async () => {
    expect(await verdicts(() => answer(302, "https://shop.example.com"))).toEqual([
      ...Array<string>(5).fill("fail"),
      "pass",
      "pass",
    ]);
  });
});

test("what is sent: the header as often as said, and Host", async () => {
  const received: string[] = [];
  const port = await servers.http(({ rawHeaders, headers }, response) => {
    expect(headers.host).toBe("shop.example.com");
    const values = rawHeaders.filter((_, index) => rawHeaders[index - 1] === header.name);
    received.push(values.map((value) => ({ "": "empty", [SECRET]: "right" })[value] ?? "wrong").join(", "));
    response.end();
  });
  await verified(
    {
      node: [`http://127.0.0.1:${port}`],
      host: "shop.example.com",
      secret_header: { name: header.name, env: "SECRET" },
    },
    { SECRET },
  );
  expect(received.sort()).toEqual(
    ["", "empty", "right", "right, wrong", "wrong", "wrong, right", "wrong, wrong"], //
  );
});

describeWithTools(["openssl"], "a server that is not the node", () => {
  test("gets no request, and nothing of the secret", async () => {
    let requests = 0;
    const count: RequestListener = (_, response) => {
      requests += 1;
      response.end();
    };
    const port = await servers.https(certificate("other.example.com"), count);
    const { findings } = await verified(
      { node: [`https://127.0.0.1:${port}`], secret_header: { name: header.name, env: "SECRET" } },
      { SECRET },
    );
    expect(findings.map(({ verdict, reason }) => `${verdict}: ${reason}`)).toEqual(
      CASES.map(() => "unknown: invalid certificate (DEPTH_ZERO_SELF_SIGNED_CERT)"),
    );
    expect(requests).toBe(0);
  });
});

describeWithTools(["terraform", "nginx"], "a real node, as node-config configures it", () => {
  test("passes with the header, and fails without one", async () => {
    const port = await servers.http((_, response) => response.end());
    const backend = { url: `http://127.0.0.1:${port}` };
    const nodes = await Nodes.start({
      demanding: { backend, secret_header: { name: header.name }, secret_header_values: { blue: SECRET } },
      open: { backend },
    });
    const asked = async (name: string) => {
      const { findings } = await verified(
        {
          node: [`http://127.0.0.1:${nodes.get(name).port}`],
          secret_header: { name: header.name, env: "SECRET" },
        },
        { SECRET },
      );
      return findings.map(({ verdict, reason }) => `${verdict}: ${reason}`);
    };
    try {
      const demanding = await asked("demanding");
      expect(demanding.slice(0, 5)).toEqual(CASES.slice(0, 5).map(() => "pass: answered 403"));
      // By the version of nginx.
      expect(demanding[5]).toMatch(/^pass: answered (403$|200, as with only the right header)/);
      expect(demanding[6]).toBe("pass: answered 200");
      expect((await asked("open")).slice(0, 5)).toEqual(
        CASES.slice(0, 5).map(() => "fail: answered 200 instead of 403"),
      );
    } finally {
      await nodes.stop();
    }
  });
});
