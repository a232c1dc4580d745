/** The network half of the model. */
import { Snapshot } from "../../account/snapshot";
import { Unknown } from "../fact";
import { unreadOf } from "../unread";
import { locksOf } from "./locks";
import { reach } from "./reach";
import { Network, NetworkModel, NetworkRoles } from "./ways";
import { vpcsOf } from "./vpcs";
import { waysTo } from "./sources";

export const network: NetworkModel = { networkOf, reach };

function networkOf(snapshot: Snapshot, roles: NetworkRoles): Network {
  const vpcs = vpcsOf(snapshot);
  const unknowns = unreadParts(snapshot);
  if (vpcs === null) return { ways: [], locks: locksOf(null, roles, unknowns), unknowns };
  const ways = roles.application.flatMap((destination) =>
    roles.ports.flatMap((port) => waysTo(destination, port, roles, snapshot, vpcs)),
  );
  return { ways: withPortsTogether(ways), locks: locksOf(vpcs, roles, unknowns), unknowns };
}

/** Each of these could tell of a way. */
const ACTIONS = [
  ...["ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups", "ec2:DescribeSecurityGroupRules"],
  ...["ec2:DescribeNetworkAcls", "ec2:DescribeRouteTables", "ec2:DescribeSubnets", "ec2:DescribeVpcs"],
  ...["ec2:DescribeAddresses", "ec2:DescribeManagedPrefixLists", "ec2:DescribeInstanceConnectEndpoints"],
];

function unreadParts(snapshot: Snapshot): Unknown[] {
  if (snapshot.ec2 === null) return [{ words: "Amazon EC2 was not read.", resource: null, action: null }];
  return ACTIONS.flatMap((action) => unreadOf(snapshot, action));
}

/** Ways that differ only in the port are one. */
function withPortsTogether(ways: Network["ways"]): Network["ways"] {
  const found = new Map<string, Network["ways"][number]>();
  for (const way of ways) {
    const { source, destination, facts, certain } = way;
    const key = JSON.stringify([source, destination.NetworkInterfaceId, facts, certain]);
    const same = found.get(key);
    found.set(key, same === undefined ? way : { ...same, ports: [...same.ports, ...way.ports] });
  }
  return [...found.values()];
}
