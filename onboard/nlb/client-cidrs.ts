/** The clients of a Network Load Balancer without security groups, whose addresses the node sees. */
import { Snapshot } from "../../account/snapshot";
import { Application } from "../application";
import { Variable } from "../composition";
import { Fields, reference } from "../hcl";
import { Node } from "../node";

/**
 * Until now, the application's security groups admit them. Anything but a CIDR block among the sources is a question.
 * @param own blocks of the load balancer's subnets, which the node admits anyway
 */
export function clientCidrs(
  { securityGroupIds, ports }: Application,
  { ec2 }: Snapshot,
  node: Node,
  own: readonly string[],
): { readonly argument?: Fields; readonly variables?: readonly Variable[] } {
  const sources = (ec2?.SecurityGroupRules ?? [])
    .filter(
      ({ IsEgress, GroupId, IpProtocol, FromPort = 0, ToPort = 65535 }) =>
        !IsEgress &&
        securityGroupIds.includes(GroupId) &&
        (IpProtocol === "-1" || (IpProtocol === "tcp" && ports.some((port) => FromPort <= port && port <= ToPort))),
    )
    .map(
      (rule) => rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId ?? "unknown",
    )
    .filter((source) => !node.securityGroupIds.includes(source) && !own.includes(source));
  const distinct = [...new Set(sources)].sort();
  if (distinct.length > 0 && distinct.every((source) => source.includes("/")))
    return { argument: { client_cidrs: distinct } };
  return {
    argument: { client_cidrs: reference("var.client_cidrs") },
    variables: [
      {
        ...{ name: "client_cidrs", type: "list(string)" },
        description: `CIDR blocks of the clients, which the node's security group admits, because the load balancer has no security groups. For a public service: ["0.0.0.0/0"]. The application admits: ${distinct.join(", ") || "nobody"}.`,
      },
    ],
  };
}
