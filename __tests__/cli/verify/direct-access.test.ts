import type { Given } from "../../../cli/verify/settings";
import { certificate } from "../../node-config/support/certificates";
import { freePort, Node } from "../../node-config/support/node";
import { describeWithTools } from "../../tools";
import { Servers } from "./support/servers";
import { verified } from "./support/verified";

const servers = new Servers();

/** Verdicts and reasons, by target. */
async function direct(address: string, given: Given = {}) {
  const { findings } = await verified({ direct: [address], ...given });
  return findings.map(({ verdict, reason }) => ({ verdict, reason }));
}

describe("passes", () => {
  test("a port that nobody listens on", async () => {
    expect(await direct(`127.0.0.1:${await freePort()}`)).toEqual([
      { verdict: "pass", reason: "connection refused (ECONNREFUSED)" },
    ]);
  });

  test("a port on which connections do not come about", async () => {
    expect(await direct(`127.0.0.1:${await servers.unreachable()}`)).toEqual([
      { verdict: "pass", reason: "no connection: timed out (1 s)" },
    ]);
  });

  test("an IPv6 address that nobody listens on, though somebody does on that port of IPv4", async () => {
    const port = await servers.http((_, response) => response.end());
    expect(await direct(`[::1]:${port}`)).toEqual([{ verdict: "pass", reason: "connection refused (ECONNREFUSED)" }]);
  });
});

describe("fails", () => {
  test.each([200, 301, 403, 404, 500, 503])("an answer with status %d", async (status) => {
    const port = await servers.http((_, response) => response.writeHead(status).end());
    expect(await direct(`127.0.0.1:${port}`)).toEqual([{ verdict: "fail", reason: `answered ${status}` }]);
  });

  test("an IPv6 address", async () => {
    const port = await servers.http((_, response) => response.end(), "::1");
    expect(await direct(`[::1]:${port}`)).toEqual([{ verdict: "fail", reason: "answered 200" }]);
  });

  test("a redirect, which is not followed", async () => {
    let followed = 0;
    const other = await servers.http((_, response) => {
      followed += 1;
      response.end();
    });
    const location = `http://127.0.0.1:${other}/secret?path`;
    const port = await servers.http((_, response) => response.writeHead(302, { location }).end());
    expect(await direct(`127.0.0.1:${port}`)).toEqual([
      { verdict: "fail", reason: `answered 302, a redirect to http://127.0.0.1:${other}` },
    ]);
    expect(followed).toBe(0);
  });

  test("a slow answer, whose body never ends", async () => {
    const port = await servers.http((_, response) => {
      setTimeout(() => response.writeHead(200).write("…"), 500);
    });
    expect(await direct(`127.0.0.1:${port}`)).toEqual([{ verdict: "fail", reason: "answered 200" }]);
  });

  test.each([
    ["says nothing", () => undefined, "connection accepted, then no answer: timed out (1 s)"],
    [
      "resets it",
      (socket) => socket.once("data", () => socket.resetAndDestroy()),
      "connection accepted, then reset (ECONNRESET)",
    ],
    ["resets it at once", (socket) => socket.resetAndDestroy(), "connection accepted, then reset (ECONNRESET)"],
    ["closes it", (socket) => socket.end(), "connection accepted, then closed without an answer (UND_ERR_SOCKET)"],
    [
      "speaks SSH",
      (socket) => socket.end("SSH-2.0-x\r\n"),
      "connection accepted, then an answer that is not HTTP (HPE_INVALID_CONSTANT)",
    ],
  ] satisfies [string, Parameters<Servers["tcp"]>[0], string][])(
    "a server that takes the connection and %s",
    async (_, take, reason) => {
      const port = await servers.tcp(take);
      expect(await direct(`http://127.0.0.1:${port}`)).toEqual([{ verdict: "fail", reason }]);
    },
  );

  test("a server that takes the connection and never begins with TLS", async () => {
    const port = await servers.tcp(() => undefined);
    expect(await direct(`https://127.0.0.1:${port}`)).toEqual([
      { verdict: "fail", reason: "connection accepted, then no answer: timed out (1 s)" },
    ]);
  });

  test("a server that does not speak TLS", async () => {
    const port = await servers.http((_, response) => response.end());
    expect(await direct(`https://127.0.0.1:${port}`)).toEqual([
      { verdict: "fail", reason: "connection accepted, then a TLS error (ERR_SSL_WRONG_VERSION_NUMBER)" },
    ]);
  });

  test("every address of a name, each by itself", async () => {
    const port = await servers.http((_, response) => response.end());
    const { findings } = await verified({ direct: [`localhost:${port}`] });
    expect(findings).toContainEqual({
      test: "direct access",
      target: `http://localhost:${port}/ at 127.0.0.1`,
      verdict: "fail",
      reason: "answered 200",
    });
    // Where the system gives the name ::1 too, nobody listens there.
    for (const { target, verdict } of findings) expect(verdict).toBe(target.endsWith("127.0.0.1") ? "fail" : "pass");
  });

  test("with the name of the application in Host", async () => {
    const port = await servers.http(({ headers }, response) => {
      response.writeHead(headers.host === "shop.example.com" ? 200 : 421).end();
    });
    expect(await direct(`127.0.0.1:${port}`, { host: "shop.example.com" })).toEqual([
      { verdict: "fail", reason: "answered 200" },
    ]);
    expect(await direct(`127.0.0.1:${port}`)).toEqual([{ verdict: "fail", reason: "answered 421" }]);
  });
});

describe("cannot tell", () => {
  test("of a name that does not resolve", async () => {
    expect(await direct("http://application.invalid")).toEqual([
      {
        verdict: "unknown",
        reason: expect.stringMatching(/^the name does not resolve \((ENOTFOUND|EAI_AGAIN)\)$/) as string,
      },
    ]);
  });

  test("of an address that there is no route to", async () => {
    // No system makes a TCP connection to a group of hosts.
    expect(await direct("http://224.0.0.1")).toEqual([
      { verdict: "unknown", reason: "no route from here (ENETUNREACH)" },
    ]);
  });

  test("of what the deadline came before, though a timeout would pass", async () => {
    expect(await direct(`127.0.0.1:${await servers.unreachable()}`, { timeout: 10, deadline: 0.5 })).toEqual([
      { verdict: "unknown", reason: "not tried (the deadline of 0.5 s has passed)" },
    ]);
  });

  test("of what had no turn before the deadline", async () => {
    const port = await servers.unreachable();
    const { findings, verdict } = await verified({
      direct: Array.from({ length: 5 }, () => `127.0.0.1:${port}`),
      timeout: 1,
      deadline: 1.5,
      concurrency: 1,
    });
    expect(findings.map((one) => one.verdict)).toEqual(["pass", "unknown", "unknown", "unknown", "unknown"]);
    expect(verdict).toBe("unknown");
  });
});

test("all addresses are tried at the same time", async () => {
  const port = await servers.unreachable();
  const begin = Date.now();
  await verified({ direct: Array.from({ length: 20 }, () => `127.0.0.1:${port}`), timeout: 1 });
  expect(Date.now() - begin).toBeLessThan(5000);
});

test("a failure wins over what could not be told", async () => {
  const port = await servers.http((_, response) => response.end());
  const { verdict } = await verified({ direct: ["http://application.invalid", `127.0.0.1:${port}`] });
  expect(verdict).toBe("fail");
});

describeWithTools(["openssl"], "a server with TLS", () => {
  test("and a wrong certificate is reached", async () => {
    const port = await servers.https(certificate("other.example.com"), (_, response) => response.writeHead(403).end());
    expect(await direct(`https://127.0.0.1:${port}`, { host: "shop.example.com" })).toEqual([
      { verdict: "fail", reason: "answered 403, with an invalid certificate (DEPTH_ZERO_SELF_SIGNED_CERT)" },
    ]);
  });
});

describeWithTools(["nginx"], "a real nginx", () => {
  test("that answers is reached, on the port of TLS without TLS too", async () => {
    const nginx = await Node.start({}, (port) => `server { listen 127.0.0.1:${port}; return 404; }`);
    try {
      expect(await direct(`127.0.0.1:${nginx.port}`)).toEqual([{ verdict: "fail", reason: "answered 404" }]);
      expect(await direct(`https://127.0.0.1:${nginx.port}`)).toEqual([
        { verdict: "fail", reason: "connection accepted, then a TLS error (ERR_SSL_WRONG_VERSION_NUMBER)" },
      ]);
    } finally {
      await nginx.stop();
    }
    expect(await direct(`127.0.0.1:${nginx.port}`)).toEqual([
      { verdict: "pass", reason: "connection refused (ECONNREFUSED)" },
    ]);
  });
});
