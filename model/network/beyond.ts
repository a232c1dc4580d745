/** What is behind the routes that lead out of a VPC. */
import { Unknown } from "../fact";
import { NetworkInterface } from "../members";
import { placeOf } from "./place";
import { hasUnreadList, Road, roadsOf } from "./routes";
import { unseenIn } from "./visibility";
import { Vpcs } from "./vpcs";

const PEERINGS = "ec2:DescribeVpcPeeringConnections";

/** The two VPCs of a peering connection, or null if the route is none, or the connection is not in the snapshot. */
export function connectionOf({ target, resource }: Road, { peerings }: Vpcs): readonly string[] | null {
  if (target !== "peering") return null;
  const { AccepterVpcInfo, RequesterVpcInfo } = peerings.get(resource ?? "") ?? {};
  const ids = [AccepterVpcInfo?.VpcId, RequesterVpcInfo?.VpcId].filter((id) => id !== undefined);
  return ids.length === 2 ? ids : null;
}

/** What is not known about who sends packets over a route to an interface. */
export function doubtsAbout(road: Road, destination: NetworkInterface, vpcs: Vpcs): Unknown[] {
  const { target, resource } = road;
  const unknown = (words: string, action: string | null): Unknown[] => [{ words, resource, action }];
  const shown = resource ?? "a route of a type that this version does not know";
  if (target === "internet") return edgeDoubts(road, destination, vpcs);
  if (target === "vpn")
    return vpcs.vpnGateways.has(resource ?? "")
      ? edgeDoubts(road, destination, vpcs)
      : unknown(`${shown} has no VPN connection, and AWS Direct Connect was not read.`, "ec2:DescribeVpnConnections");
  if (target === "transit-gateway")
    return unknown(`The route tables of ${shown} were not read, so what is behind it is not known.`, null);
  if (target === "peering") {
    const connection = connectionOf(road, vpcs);
    if (connection === null) return unknown(`The peering connection ${shown} is not in the snapshot.`, PEERINGS);
    return connection.filter((id) => id !== destination.VpcId).flatMap((id) => unseenIn(id, vpcs));
  }
  return unknown(`What is behind ${shown} is not known.`, "ec2:DescribeRouteTables");
}

/** A gateway may send what it receives through an appliance, which may drop it. */
function edgeDoubts({ resource: gateway }: Road, destination: NetworkInterface, vpcs: Vpcs): Unknown[] {
  const table = vpcs.edgeRouteTables.get(gateway ?? "");
  if (table === undefined) return [];
  const { addresses } = placeOf(destination, vpcs);
  const passesOn = roadsOf(table, vpcs).find(
    (road) => road.target !== "local" && !road.addresses.and(addresses).isEmpty,
  );
  if (passesOn === undefined && !hasUnreadList(table, vpcs)) return [];
  const words = `What ${gateway} receives goes to ${passesOn?.resource ?? "what was not read"}, and whether it arrives is not known.`;
  return [{ words, resource: table.RouteTableId, action: "ec2:DescribeRouteTables" }];
}
