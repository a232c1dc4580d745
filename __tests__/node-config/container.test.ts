import { describeWithTools } from "../tools";
import { Application, receivedBy } from "./support/application";
import { startContainer } from "./support/container";
import { run } from "./support/machine";
import { call, type Inputs, type Outputs, render, secretArn } from "./support/module";
import { freePort } from "./support/node";

const header = "0123456789abcdef0123456789abcdef";

describeWithTools(["terraform", "nginx"], "the container", () => {
  let application: Application;
  let port: number;
  let outputs: Outputs;
  let secured: Outputs;

  beforeAll(async () => {
    application = await Application.start();
    port = await freePort();
    const inputs: Inputs = { backend: { url: `http://127.0.0.1:${application.port}` }, group: "shop", cloud: "US" };
    outputs = await render(call({ ...inputs, mode: "safe_blocking" }));
    secured = await render(
      call({
        ...inputs,
        token_secret: { arn: secretArn("token"), json_key: "token" },
        listener: { port, tls_certificate_secret: { arn: secretArn("node") } },
        secret_header: { name: "X-Secret", secrets: [{ arn: secretArn("header") }] },
        snippets: { server: "# it's a 'quote'\n" },
      }),
    );
  });

  afterAll(() => application.stop());

  test("is defined as ECS wants it", () => {
    const { command, ...definition } = outputs.ecs_container;
    expect(command.slice(0, 2)).toEqual(["/bin/bash", "-c"]);
    expect(definition).toEqual({
      name: "wallarm-node",
      image: "wallarm/node:7.1.0",
      cpu: 1024,
      memory: 2048,
      essential: true,
      environment: [
        { name: "NGINX_BACKEND", value: `http://127.0.0.1:${application.port}` },
        { name: "NGINX_PORT", value: "18080" },
        { name: "WALLARM_API_HOST", value: "us1.api.wallarm.com" },
        { name: "WALLARM_LABELS", value: "group=shop" },
        { name: "WALLARM_MODE", value: "safe_blocking" },
      ],
      secrets: [{ name: "WALLARM_API_TOKEN", valueFrom: secretArn("token") }],
      portMappings: [{ containerPort: 80, protocol: "tcp" }],
      healthCheck: {
        command: ["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:18081/wallarm-node-health || exit 1"],
        interval: 10,
        timeout: 5,
        retries: 3,
        startPeriod: 120,
      },
    });
  });

  test("gets its secrets by ARN", () => {
    expect(secured.ecs_container.secrets).toEqual([
      { name: "WALLARM_API_TOKEN", valueFrom: `${secretArn("token")}:token::` },
      { name: "WALLARM_ROUTING_SECRET_0", valueFrom: secretArn("header") },
      { name: "WALLARM_ROUTING_TLS", valueFrom: secretArn("node") },
    ]);
    expect(secured.ecs_container).toMatchObject({ portMappings: [{ containerPort: port }] });
  });

  const environment = { WALLARM_ROUTING_SECRET_0: header, WALLARM_ROUTING_TLS: "certificate and key" };

  test("writes nginx's files and hands over to the image, without the secrets in the environment", async () => {
    const { files, calls, failed } = await run(secured.ecs_container.command[2], {
      environment: { ...environment, WALLARM_API_TOKEN: "token" },
    });
    expect(failed).toBe(false);
    expect(calls).toEqual([["init"]]);
    expect(files["environment.init"]).toContain("WALLARM_API_TOKEN=token");
    expect(files["environment.init"]).not.toContain("WALLARM_ROUTING");
    expect(files["wallarm-routing/tls.pem"]).toBe("certificate and key\n");
    expect(files["wallarm-routing/secret-header.map"]).toBe(`"~^${header}\\z" "";\n`);
    for (const [name, content] of Object.entries(secured.nginx_files))
      expect(files[`wallarm-routing/${name}`]).toBe(content);
  });

  test.each([
    ["short", { ...environment, WALLARM_ROUTING_SECRET_0: "abc" }],
    ["missing", { WALLARM_ROUTING_TLS: "certificate and key" }],
  ])("does not start when a secret of the header is %s", async (_, wrong) => {
    const { calls, failed } = await run(secured.ecs_container.command[2], { environment: wrong });
    expect(failed).toBe(true);
    expect(calls).toEqual([]);
  });

  test("answers on its port and for its health check, beside the server of the image", async () => {
    const { node, ...ports } = await startContainer(outputs.ecs_container.command[2]);
    try {
      expect((await receivedBy(await node.get("/", { port: ports.port }))).url).toBe("/");
      expect(await node.status("/wallarm-node-health", { port: ports.healthPort })).toBe(200);
      expect(await node.status("/wallarm-node-health", { port: ports.port })).toBe(200);
    } finally {
      await node.stop();
    }
  });

  test("can be tried with a command that says the same", async () => {
    const { calls } = await run(secured.docker_run);
    const { command, environment: variables, secrets } = secured.ecs_container;
    const docker = calls[0] ?? [];
    expect(docker.slice(0, 5)).toEqual(["docker", "run", "--rm", "-p", `8080:${port}`]);
    const given = docker.flatMap((argument, index) => (docker[index - 1] === "-e" ? [argument] : []));
    expect(given).toEqual([
      ...variables.map(({ name, value }) => `${name}=${value}`),
      ...secrets.map(({ name }) => name),
    ]);
    expect(docker.slice(-4)).toEqual(["wallarm/node:7.1.0", ...command]);
  });
});
