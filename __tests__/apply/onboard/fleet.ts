import type { Options } from "../../../cli/onboard/options";
import { nodeVariables } from "../harness/existing-application";
import type { LocalAws } from "../harness/local-aws";
import type { Network } from "../harness/network";

/** A node that the configuration creates. */
export const NEW_FLEET: Options = {
  newFleet: true,
  nodeImage: nodeVariables.node_ami_id,
  nodeTokenSecret: nodeVariables.wallarm_token_secret_arn,
};

/** For an application whose account tells no address besides its entry point. */
export const BACKEND: Options = { backendUrl: "http://shop.internal:8080" };

/** Lets the subnets without a route table of their own reach the internet, as private subnets do. */
export async function addNatGateway({ ec2 }: LocalAws, { vpcId, subnetIds }: Network): Promise<void> {
  const { NatGateway } = await ec2.createNatGateway({
    SubnetId: subnetIds.loadBalancer.a,
    ConnectivityType: "private",
  });
  const { RouteTables: [main] = [] } = await ec2.describeRouteTables({
    Filters: [
      { Name: "vpc-id", Values: [vpcId] },
      { Name: "association.main", Values: ["true"] },
    ],
  });
  await ec2.createRoute({
    ...{ RouteTableId: main?.RouteTableId, DestinationCidrBlock: "0.0.0.0/0" },
    NatGatewayId: NatGateway?.NatGatewayId,
  });
}
