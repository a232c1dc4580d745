import { OTHER_ACCOUNT } from "../../harness/other-account";
import type { Kind } from "../application";
import { numberedRules } from "./numbered-rules";

type Application = Awaited<ReturnType<typeof numberedRules.create>>;

/**
 * Everything is in subnets of another account, which a central network team shares.
 * As https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html
 */
export const sharedSubnets: Kind<Application> = {
  name: "subnets that another account shares",

  async create(aws) {
    const application = await numberedRules.create(aws);
    const { vpcId, subnetIds } = application.network;
    await aws.share(OTHER_ACCOUNT, [vpcId, ...Object.values(subnetIds).flatMap((pair) => Object.values(pair))]);
    return application;
  },

  rollout: {
    ...numberedRules.rollout,
    // Only the other account can change it.
    networkAcl: undefined,
    refusals: [
      {
        what: "an ACL of ours",
        variables: ({ network }) => ({ network_acl: true, application_subnet_ids: network.subnetIds.application }),
        message: "subnets that another account shares",
      },
    ],
  },
};
