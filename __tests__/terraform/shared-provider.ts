import { join } from "node:path";
import { environment } from "../apply/harness/environment";
import { launch, LocalServer, type Started } from "../apply/harness/local-server";
import { installedProvider } from "./aws-provider";
import { preparedOnce } from "./prepared-provider";
import { Client, GrpcError, serve, UNIMPLEMENTED } from "./grpc";
import { namedTypes, schemaOf } from "./provider-schema";

/**
 * An AWS provider that runs on while Terraform comes and goes. By itself Terraform starts a provider for every run, often
 * several, and asks each for the schemas of 1,500 types.
 *
 * Terraform speaks to this process, which passes on everything but the schema: of that it tells the types that the project
 * names. Source: https://developer.hashicorp.com/terraform/plugin/debugging#starting-a-provider-in-debug-mode
 */
export class SharedProvider extends LocalServer {
  private readonly client: Client;
  private schema: Promise<Buffer> | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private close: (() => Promise<void>) | undefined;

  private constructor(started: Started) {
    super(started);
    this.client = new Client(started.endpoint);
  }

  /**
   * @param endpoint of the AWS that it calls; one that is running reads this from its environment, once
   * @throws when the provider cannot be installed, has another version than the suites are for, or does not start
   */
  static async start(endpoint?: string): Promise<SharedProvider> {
    const { program } = await installedProvider();
    const started = await launch(
      (folder) => ({ command: [program, "-debug"], env: { ...environment(endpoint), TMPDIR: folder } }),
      (line) => {
        const [, reattach] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(line) ?? [];
        return reattach && (JSON.parse(reattach) as Reattach)[ADDRESS].Addr.String;
      },
    );
    const provider = new SharedProvider(started);
    provider.close = await serve(provider.socket, (method, message) => provider.answer(method, message));
    return provider;
  }

  /**
   * Runs what uses the provider: one after the other, because Terraform configures a provider at the start of a run, and a
   * second run would configure it for the first one too.
   *
   * @param run gets what the environment of Terraform needs besides
   */
  use<T>(run: (variables: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
    const turn = this.last.then(() => run({ TF_REATTACH_PROVIDERS: JSON.stringify(this.reattach) }));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  override async stop(): Promise<void> {
    await this.last;
    this.client.close();
    await this.close?.();
    await super.stop();
  }

  private get socket(): string {
    return join(this.folder, "terraform.sock");
  }

  private get reattach(): Reattach {
    const Addr = { Network: "unix", String: this.socket } as const;
    return { [ADDRESS]: { Protocol: "grpc", ProtocolVersion: 5, Pid: this.pid, Test: true, Addr } };
  }

  private answer(method: string, message: Buffer): Promise<Buffer> {
    // The plugins' own services, such as their output: streams that Terraform can do without.
    if (method.startsWith("/plugin.")) throw new GrpcError(UNIMPLEMENTED, method);
    if (method === "/tfplugin5.Provider/GetSchema")
      return (this.schema ??= preparedOnce("schema", async () =>
        schemaOf(namedTypes(), await this.client.call(method, message)),
      ));
    return this.client.call(method, message);
  }
}

const ADDRESS = "registry.terraform.io/hashicorp/aws";

/** The value of TF_REATTACH_PROVIDERS. */
type Reattach = Readonly<
  Record<
    typeof ADDRESS,
    {
      readonly Protocol: "grpc";
      readonly ProtocolVersion: 5;
      readonly Pid: number;
      readonly Test: true;
      readonly Addr: { readonly Network: "unix"; readonly String: string };
    }
  >
>;
