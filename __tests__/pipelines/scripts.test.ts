import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { temporaryFolders } from "../synth/support/folders";
import { REPOSITORY } from "../synth/support/program";
import { describeWithTools } from "../tools";

const PIPELINES = join(REPOSITORY, "examples/pipelines");
const newFolder = temporaryFolders();

interface Call {
  readonly method: string;
  readonly url: string;
  readonly token: string;
  readonly body: string;
}

/** A server that notes what it is asked, and answers as it is told. */
class Api {
  public readonly calls: Call[] = [];
  public answer: (call: Call) => { status?: number; headers?: Record<string, string>; body?: unknown } = () => ({});
  private constructor(private readonly server: Server) {}

  public static async start(): Promise<Api> {
    const server = createServer();
    const api = new Api(server);
    server.on("request", (request, response) => {
      void text(request).then((body) => {
        const { method = "", url = "", headers } = request;
        const call = { method, url, token: String(headers["private-token"]), body };
        api.calls.push(call);
        const { status = 200, headers: more = {}, body: answer = {} } = api.answer(call);
        response.writeHead(status, more).end(JSON.stringify(answer));
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return api;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.close();
    await once(this.server, "close");
  }
}

interface Result {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(command: string, args: string[], env: Record<string, string>): Promise<Result> {
  try {
    return { exitCode: 0, ...(await promisify(execFile)(command, args, { env: { ...process.env, ...env } })) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, stdout, stderr };
  }
}

let api: Api;

beforeEach(async () => {
  api = await Api.start();
});

afterEach(() => api.stop());

describe("the comment in a merge request", () => {
  const MARK = "<!-- wallarm-routing -->";
  const NOTES = "/api/v4/projects/7/merge_requests/3/notes";

  const comment = (plan: string) =>
    run(
      process.execPath,
      [join(PIPELINES, "gitlab-ci/comment.mjs"), join(newFolder({ "plan.txt": plan }), "plan.txt")],
      {
        CI_API_V4_URL: `${api.url}/api/v4`,
        CI_PROJECT_ID: "7",
        CI_MERGE_REQUEST_IID: "3",
        GITLAB_TOKEN: "secret",
        ROOT: "infrastructure/wallarm",
      },
    );

  test("is written, with the plan in it, where there is none of ours", async () => {
    api.answer = ({ method }) => ({ body: method === "GET" ? [{ id: 1, body: "Somebody else's" }] : {} });
    expect(await comment("Plan: 1 to add")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(api.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET ${NOTES}?per_page=100&page=1`,
      `POST ${NOTES}`,
    ]);
    expect(api.calls.every(({ token }) => token === "secret")).toBe(true);
    const { body } = JSON.parse(api.calls[1]?.body ?? "") as { body: string };
    expect(body).toBe(`${MARK}\n### Plan of \`infrastructure/wallarm\`\n\n\`\`\`\`text\nPlan: 1 to add\n\`\`\`\`\n`);
  });

  test("is replaced, on whichever page it is", async () => {
    api.answer = ({ method, url }) => {
      if (method !== "GET") return {};
      return url.endsWith("page=1")
        ? { headers: { "x-next-page": "2" }, body: [{ id: 1, body: "Somebody else's" }] }
        : { body: [{ id: 9, body: `${MARK}\nAn older plan` }] };
    };
    expect(await comment("No changes.")).toMatchObject({ exitCode: 0 });
    expect(api.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET ${NOTES}?per_page=100&page=1`,
      `GET ${NOTES}?per_page=100&page=2`,
      `PUT ${NOTES}/9`,
    ]);
  });

  test("that cannot be written fails the job, and the token is not shown", async () => {
    api.answer = () => ({ status: 401 });
    const { exitCode, stderr } = await comment("No changes.");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("401");
    expect(stderr).not.toContain("secret");
  });
});

describeWithTools(["curl", "jq"], "the drift check beside Atlantis", () => {
  /** A repository to clone, and a Terraform that plans with this exit code. */
  function check(planCode: number, initCode = 0, url = "/hook"): Promise<Result> {
    const folder = newFolder({
      "origin/infrastructure/wallarm/main.tf": "",
      "bin/terraform": `#!/bin/sh
case "$*" in
  *" init "*) exit ${initCode} ;;
  *" plan "*) echo "planned as $AWS_PROFILE: $*"; exit ${planCode} ;;
esac
`,
    });
    chmodSync(join(folder, "bin/terraform"), 0o755);
    const origin = join(folder, "origin");
    const git = (...args: string[]) => execFileSync("git", args, { cwd: origin });
    git("init", "--quiet", "--initial-branch", "main");
    git("add", "--all");
    git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "All");
    return run(join(PIPELINES, "atlantis/drift-check.sh"), [`file://${origin}`], {
      PATH: [join(folder, "bin"), process.env.PATH].join(delimiter),
      WEBHOOK_URL: `${api.url}${url}`,
    });
  }

  test("ends with 0 and tells nobody when nothing differs", async () => {
    const { exitCode, stdout } = await check(0);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^planned as wallarm-routing-plan: .* -lock=false -detailed-exitcode$/m);
    expect(api.calls).toEqual([]);
  });

  test("ends with 2 and tells the webhook when something does", async () => {
    const { exitCode } = await check(2);
    expect(exitCode).toBe(2);
    expect(api.calls).toHaveLength(1);
    const { text: message } = JSON.parse(api.calls[0]?.body ?? "") as { text: string };
    expect(message).toMatch(/^The infrastructure differs from main\.\nplanned as/);
  });

  test("ends with 2 when the webhook fails, and says so", async () => {
    api.answer = () => ({ status: 500 });
    expect(await check(2)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("The webhook call failed") as string,
    });
  });

  test.each([
    ["the plan", 1, 0],
    ["the initialization", 0, 1],
  ])("ends with 1 when %s fails", async (_, planCode, initCode) => {
    expect(await check(planCode, initCode)).toMatchObject({ exitCode: 1 });
    expect(api.calls).toEqual([]);
  });
});
