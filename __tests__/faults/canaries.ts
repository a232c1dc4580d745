import { APIGateway } from "@aws-sdk/client-api-gateway";
import type * as z from "zod";
import type { DEPLOYED_METHOD } from "../../account/schema/api-gateway";
import type { Snapshot } from "../../account/snapshot";
import { connection } from "../apply/harness/local-server";

export type DeployedMethod = z.infer<typeof DEPLOYED_METHOD>;

/** What canaries of REST APIs serve, by the ID of the deployment. */
export type Canaries = ReadonlyMap<string, readonly DeployedMethod[]>;

/** AWS exports only what stages serve. Here, LocalStack exports any deployment: see localstack/start.py. */
export async function canariesOf({ api_gateway_rest }: Snapshot, endpoint: string): Promise<Canaries> {
  const apiGateway = new APIGateway(connection(endpoint));
  const canaries = new Map<string, DeployedMethod[]>();
  for (const { id: restApiId, stages } of api_gateway_rest?.restApis ?? [])
    for (const { stageName, canarySettings: { deploymentId: deployment } = {} } of stages) {
      if (deployment === undefined) continue;
      const { body } = await apiGateway.getExport({
        ...{ restApiId, stageName, exportType: "oas30", accepts: "application/json" },
        parameters: { extensions: "integrations", deployment },
      });
      canaries.set(deployment, methodsIn(JSON.parse(new TextDecoder().decode(body)) as OpenApi));
    }
  return canaries;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly "x-amazon-apigateway-integration"?: DeployedMethod["integration"];
}

function methodsIn({ paths }: OpenApi): DeployedMethod[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { "x-amazon-apigateway-integration": integration = null }]) => ({
      ...{ path, method, integration },
    })),
  );
}
