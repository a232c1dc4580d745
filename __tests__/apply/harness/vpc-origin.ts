import type { LocalAws } from "./local-aws";

/** @param endpointArn ARN of a load balancer or an instance. @returns its ID */
export async function createVpcOrigin({ cloudFront }: LocalAws, Name: string, endpointArn: string): Promise<string> {
  const { VpcOrigin } = await cloudFront.createVpcOrigin({
    VpcOriginEndpointConfig: {
      ...{ Name, Arn: endpointArn, HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "http-only" },
      OriginSslProtocols: { Quantity: 1, Items: ["TLSv1.2"] },
    },
  });
  return String(VpcOrigin?.Id);
}
