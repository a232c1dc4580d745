import type { LocalAws } from "./local-aws";

/** What the instances of the node in an example get at boot, as they get it: some of it is compressed. */
export async function nodeUserData({ ec2 }: LocalAws): Promise<Buffer> {
  const { LaunchTemplateVersions: [version] = [] } = await ec2.describeLaunchTemplateVersions({
    Versions: ["$Latest"],
    Filters: [{ Name: "launch-template-name", Values: ["shop-wallarm-*"] }],
  });
  return Buffer.from(version?.LaunchTemplateData?.UserData ?? "", "base64");
}
