/** Which interfaces open connections. Types that this version does not know do. */
import { NetworkInterface } from "../members";
import { placeOf } from "./place";
import { hasUnreadList, roadsOf } from "./routes";
import { unseenIn } from "./visibility";
import { Vpcs } from "./vpcs";

export function opensConnections(
  { InterfaceType, VpcId = "" }: NetworkInterface,
  destination: NetworkInterface,
  port: number,
  vpcs: Vpcs,
): boolean {
  // "Only the clients in the consumer VPC can initiate a connection to the service in the service provider VPC."
  // https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/aws-privatelink.html
  if (InterfaceType === "vpc_endpoint") return false;
  if (InterfaceType === "ec2_instance_connect_endpoint") return isConnectPort(port);
  return InterfaceType !== "nat_gateway" || isSentThroughNat(VpcId, destination, vpcs);
}

/**
 * "Only ports 22 and 3389 are supported."
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-using-eice.html
 */
export function isConnectPort(port: number): boolean {
  return [22, 3389].includes(port);
}

/**
 * A NAT gateway opens connections for those whose routes lead through it, whether it is public or private: "external services
 * can't initiate a connection with those instances." https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
 */
function isSentThroughNat(vpcId: string, destination: NetworkInterface, vpcs: Vpcs): boolean {
  if (unseenIn(vpcId, vpcs).length > 0) return true;
  const { addresses } = placeOf(destination, vpcs);
  return (vpcs.routeTablesOfVpc.get(vpcId) ?? []).some(
    (table) =>
      hasUnreadList(table, vpcs) ||
      roadsOf(table, vpcs).some((road) => road.target === "nat" && !road.addresses.and(addresses).isEmpty),
  );
}
