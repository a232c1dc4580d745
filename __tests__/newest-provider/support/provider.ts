import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Answer, GrpcError, serve, UNIMPLEMENTED } from "../../terraform/grpc";
import type { Schema } from "./block";
import { schemaMessage } from "./schema-message";

/** A provider that Terraform reaches, in this process. */
export interface RunningProvider {
  /** The value of TF_REATTACH_PROVIDERS with which Terraform starts none of its own, whatever version it is asked for. */
  readonly reattach: string;
  stop(): Promise<void>;
}

export async function startProvider(schema: Schema): Promise<RunningProvider> {
  const folder = mkdtempSync(join(tmpdir(), "provider-"));
  const socket = join(folder, "socket");
  const close = await serve(socket, answers(schema));
  return {
    reattach: JSON.stringify({
      "registry.terraform.io/hashicorp/aws": {
        Protocol: "grpc",
        ProtocolVersion: 5,
        Pid: process.pid,
        Test: true,
        Addr: { Network: "unix", String: socket },
      },
    }),
    stop: async () => {
      await close();
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * What Terraform asks to validate, and to plan with a mocked provider: it compares a configuration with the schema
 * itself, and this has nothing to add.
 */
function answers(schema: Schema): Answer {
  const message = schemaMessage(schema);
  const valid = Buffer.alloc(0);
  const calls: Readonly<Record<string, Buffer>> = {
    "/tfplugin5.Provider/GetSchema": message,
    "/tfplugin5.Provider/PrepareProviderConfig": valid,
    "/tfplugin5.Provider/ValidateResourceTypeConfig": valid,
    "/tfplugin5.Provider/ValidateDataSourceConfig": valid,
  };
  return (method) => {
    const reply = calls[method];
    // Terraform goes on without some, and of others says that this provider does not support them.
    if (reply === undefined) throw new GrpcError(UNIMPLEMENTED, `${method}: there is only a schema`);
    return reply;
  };
}
