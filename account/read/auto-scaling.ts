import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { DescribeLaunchTemplateVersionsCommand, EC2Client } from "@aws-sdk/client-ec2";
import * as z from "zod";
import * as schema from "../schema/compute";
import { callsOf, Reader } from "./reader";

export const CALLS = {
  autoScalingGroups: callsOf<AutoScalingClient>()({
    action: "autoscaling:DescribeAutoScalingGroups",
    send: (autoScaling, input: object) => autoScaling.send(new DescribeAutoScalingGroupsCommand(input)),
    ...{ list: "AutoScalingGroups", item: schema.AUTO_SCALING_GROUP, pages: ["NextToken", "NextToken"] },
  }),
  launchTemplateVersions: callsOf<EC2Client>()({
    action: "ec2:DescribeLaunchTemplateVersions",
    send: (ec2, input: { LaunchTemplateId?: string; LaunchTemplateName?: string; Versions: string[] }) =>
      ec2.send(new DescribeLaunchTemplateVersionsCommand(input)),
    ...{ list: "LaunchTemplateVersions", item: schema.LAUNCH_TEMPLATE_VERSION },
  }),
};

/** The groups, and the security groups that their launch templates give to instances. */
export async function readAutoScaling(
  autoScaling: Reader<AutoScalingClient>,
  ec2: Reader<EC2Client>,
): Promise<z.infer<typeof schema.AUTO_SCALING>> {
  const groups = await autoScaling.list(CALLS.autoScalingGroups, {});
  const AutoScalingGroups = await Promise.all(
    groups.map(async (group) => {
      const template = group.LaunchTemplate ?? group.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
      if (template === undefined) return group;
      const { LaunchTemplateId, LaunchTemplateName, Version = "$Default" } = template;
      const input = { ...(LaunchTemplateId ? { LaunchTemplateId } : { LaunchTemplateName }), Versions: [Version] };
      const version = await ec2.get(CALLS.launchTemplateVersions, input, LaunchTemplateId ?? null);
      return { ...group, LaunchTemplateSecurityGroupIds: version ? securityGroupIds(version) : null };
    }),
  );
  return { AutoScalingGroups };
}

function securityGroupIds({ LaunchTemplateData }: z.infer<typeof schema.LAUNCH_TEMPLATE_VERSION>): string[] {
  const { SecurityGroupIds = [], NetworkInterfaces = [] } = LaunchTemplateData;
  return [...SecurityGroupIds, ...NetworkInterfaces.flatMap(({ Groups = [] }) => Groups)];
}
