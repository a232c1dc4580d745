import { EC2 } from "@aws-sdk/client-ec2";
import { connection } from "./local-server";
import type { LocalAws } from "./local-aws";

export const OTHER_ACCOUNT = "111122223333";

/** The ID of a security group of another account, in a VPC that is peered with this one. */
export async function peeredSecurityGroup(aws: LocalAws, VpcId: string): Promise<string> {
  const ec2 = await ec2Of(OTHER_ACCOUNT, aws);
  const PeerVpcId = (await ec2.createVpc({ CidrBlock: "10.9.0.0/16" })).Vpc?.VpcId;
  const { VpcPeeringConnection: peering } = await aws.ec2.createVpcPeeringConnection({
    VpcId,
    PeerVpcId,
    PeerOwnerId: OTHER_ACCOUNT,
  });
  await ec2.acceptVpcPeeringConnection({ VpcPeeringConnectionId: peering?.VpcPeeringConnectionId });
  const group = { GroupName: "peered", Description: "peered", VpcId: PeerVpcId };
  return String((await ec2.createSecurityGroup(group)).GroupId);
}

/** EC2 in another account of the same AWS, which exists as soon as somebody assumes a role in it. */
async function ec2Of(account: string, { endpoint }: LocalAws): Promise<EC2> {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: { Authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sts/aws4_request" },
    body: new URLSearchParams({
      Action: "AssumeRole",
      Version: "2011-06-15",
      RoleArn: `arn:aws:iam::${account}:role/owner`,
      RoleSessionName: "owner",
    }),
  });
  const [, accessKeyId] = /<AccessKeyId>(.*)<\/AccessKeyId>/.exec(await answer.text()) ?? [];
  if (accessKeyId === undefined) throw new Error(`No role of ${account} was assumed.`);
  return new EC2({ ...connection(endpoint), credentials: { accessKeyId, secretAccessKey: "test" } });
}
