import { gunzipSync } from "node:zlib";
import type { LocalAws } from "./local-aws";

/** What the module node-fleet adds in an example without options. */
export const nodeFleet = [
  "aws_autoscaling_group.node",
  "aws_autoscaling_lifecycle_hook.boot",
  "aws_autoscaling_lifecycle_hook.drain",
  "aws_autoscaling_policy.cpu[0]",
  "aws_iam_instance_profile.node[0]",
  "aws_iam_role.node[0]",
  "aws_iam_role_policy.node[0]",
  "aws_launch_template.node",
  "aws_security_group.node",
  'aws_vpc_security_group_egress_rule.https["internet"]',
].map((address) => `module.node_fleet.${address}`);

/** What the instances of the fleet in an example run at boot. */
export async function launchScript({ ec2 }: LocalAws): Promise<string> {
  const { LaunchTemplateVersions: [version] = [] } = await ec2.describeLaunchTemplateVersions({
    Versions: ["$Latest"],
    Filters: [{ Name: "launch-template-name", Values: ["shop-wallarm-*"] }],
  });
  return Buffer.from(version?.LaunchTemplateData?.UserData ?? "", "base64").toString();
}

/** The script of node-config in it. */
export async function bootScript(aws: LocalAws): Promise<string> {
  const [, compressed = ""] = /base64 -d <<< '([^']*)'/.exec(await launchScript(aws)) ?? [];
  return gunzipSync(Buffer.from(compressed, "base64")).toString();
}
