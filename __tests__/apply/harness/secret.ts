import { credentials, region } from "./environment";
import type { LocalAws } from "./local-aws";

/** Without a client of the SDK for one call. @returns the ARN */
export async function createSecret({ endpoint }: LocalAws, Name: string, SecretString: string): Promise<string> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "X-Amz-Target": "secretsmanager.CreateSecret",
      "Content-Type": "application/x-amz-json-1.1",
      Authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${region}/secretsmanager/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify({ Name, SecretString, ClientRequestToken: crypto.randomUUID() }),
  });
  return ((await response.json()) as { ARN: string }).ARN;
}
