import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalRestApis } from "./local-rest-apis";

/** The API of `examples/existing-application/rest-api`, which no Terraform state knows. */
export interface RestApi {
  readonly id: string;
  /** What its stage serves. */
  readonly deploymentId: string;
}

const document = join(__dirname, "../../../examples/existing-application/rest-api/shop.openapi.json");

/** Makes the API by hand, as the README beside it says. */
export async function createRestApi({ apiGateway }: LocalRestApis, applicationUrl: string): Promise<RestApi> {
  const text = readFileSync(document, "utf8").replaceAll("https://APPLICATION", applicationUrl);
  const { id = "" } = await apiGateway.importRestApi({ body: Buffer.from(text) });
  const { id: deploymentId = "" } = await apiGateway.createDeployment({
    restApiId: id,
    stageName: "live",
    variables: { colour: "blue" },
  });
  return { id, deploymentId };
}

/**
 * The integrations of an API as it has them, by route, in words: what they ask for, and over what, with what they map. For
 * example `GET /orders/{id}: HTTP_PROXY GET http://shop/orders/{id} INTERNET (path.id = method.request.path.id) 29000 ms`.
 */
export async function integrationsOf(
  { apiGateway }: Pick<LocalRestApis, "apiGateway">,
  restApiId: string,
): Promise<string[]> {
  const { items = [] } = await apiGateway.getResources({ restApiId, embed: ["methods"], limit: 500 });
  return items
    .flatMap(({ path, resourceMethods = {} }) =>
      Object.entries(resourceMethods).map(([method, { methodIntegration }]) => {
        const { type, httpMethod, uri, connectionType, connectionId, requestParameters, timeoutInMillis } =
          methodIntegration ?? {};
        const mapped = Object.entries(requestParameters ?? {})
          .map(([name, value]) => `${name.replace("integration.request.", "")} = ${value}`)
          .sort();
        return [
          `${method} ${path}:`,
          type,
          httpMethod,
          uri,
          connectionType,
          connectionId,
          mapped.length > 0 ? `(${mapped.join(", ")})` : undefined,
          timeoutInMillis === undefined ? undefined : `${timeoutInMillis} ms`,
        ]
          .filter(Boolean)
          .join(" ");
      }),
    )
    .sort();
}
