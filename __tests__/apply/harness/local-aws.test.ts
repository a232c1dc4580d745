import { spawn } from "node:child_process";
import { once } from "node:events";
import { access } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { buildSync } from "esbuild";
import { describeWithTools } from "../../tools";
import { LocalAws } from "./local-aws";

const answers = (endpoint: string) =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describeWithTools(["moto_server"], "local AWS", () => {
  test("leaves nothing behind when it is stopped", async () => {
    const aws = await LocalAws.start();
    try {
      expect(isRunning(aws.pid)).toBe(true);
      await access(aws.folder);
      expect((await aws.elb.describeLoadBalancers()).LoadBalancers).toEqual([]);
      expect((await aws.ec2.describeInstances()).Reservations).toEqual([]);
      expect((await aws.autoScaling.describeAutoScalingGroups()).AutoScalingGroups).toEqual([]);
    } finally {
      await aws.stop();
    }

    // Its connections close a moment before it ends.
    while (isRunning(aws.pid)) await sleep(20);
    await expect(access(aws.folder)).rejects.toThrow("ENOENT");
  });

  test("carries a call out once, however often an SDK repeats it", async () => {
    const aws = await LocalAws.start();
    const createVpc = async (invocation: string) => {
      const response = await fetch(aws.endpoint, {
        method: "POST",
        headers: {
          authorization:
            "AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/ec2/aws4_request, SignedHeaders=host, Signature=0",
          "content-type": "application/x-www-form-urlencoded",
          "amz-sdk-invocation-id": invocation,
        },
        body: "Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0/16",
      });
      return /vpc-[0-9a-f]{17}/.exec(await response.text())?.[0];
    };
    try {
      const first = await createVpc("one");
      expect(first).toMatch(/^vpc-/);
      expect(await createVpc("one")).toBe(first);
      expect(await createVpc("two")).not.toBe(first);
    } finally {
      await aws.stop();
    }
  });

  test("refuses one call of those that a test names, and none of the others", async () => {
    const aws = await LocalAws.start();
    const outcome = (call: Promise<unknown>) =>
      call.then(
        () => "accepted",
        (error: unknown) => (error as Error).name,
      );
    const outcomes: string[] = [];
    try {
      await aws.refuse({ service: "ec2", operation: "CreateVpc", after: 1 });
      for (const CidrBlock of ["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16"]) {
        outcomes.push(await outcome(aws.ec2.createVpc({ CidrBlock })));
        await aws.ec2.createInternetGateway();
      }
      expect(outcomes).toEqual(["accepted", "AccessDenied", "accepted"]);
    } finally {
      await aws.stop();
    }
  });

  test("leaves nothing behind when whoever started it is killed", async () => {
    const { outputFiles } = buildSync({
      stdin: {
        contents: `
          import { LocalAws } from "./local-aws";
          LocalAws.start().then((aws) => console.log(aws.endpoint + " " + aws.folder));
        `,
        resolveDir: __dirname,
      },
      bundle: true,
      packages: "external",
      platform: "node",
      write: false,
    });
    const starter = spawn(process.execPath, ["--eval", outputFiles.map(({ text }) => text).join()], {
      cwd: __dirname,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [output] = (await once(starter.stdout, "data")) as [Buffer];
    const [endpoint, folder] = output.toString().trim().split(" ") as [string, string];
    expect(await answers(endpoint)).toBe(true);
    await access(folder);

    starter.kill("SIGKILL");
    while (await answers(endpoint)) await sleep(20);
    await expect(access(folder)).rejects.toThrow("ENOENT");
  });
});
