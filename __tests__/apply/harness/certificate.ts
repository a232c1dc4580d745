import type { LocalServer } from "./local-server";

export const PRIVATE_AUTHORITY =
  "arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/12345678-1234-1234-1234-123456789012";

/**
 * Without the SDK's client, which nothing else needs. Local APIs read the service from the signature, and check no more of it.
 * @param CertificateAuthorityArn of a private authority. Without it, Amazon issues the certificate.
 */
export async function requestCertificate(
  { endpoint }: LocalServer,
  DomainName = "shop.example.com",
  CertificateAuthorityArn?: string,
): Promise<string> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/acm/aws4_request, SignedHeaders=host, Signature=0",
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "CertificateManager.RequestCertificate",
    },
    body: JSON.stringify({ DomainName, CertificateAuthorityArn }),
  });
  return ((await response.json()) as { CertificateArn: string }).CertificateArn;
}
