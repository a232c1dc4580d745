/** Which of security groups, network ACLs, and routes keep others away from the application by themselves. */
import { Fact, Unknown } from "../fact";
import { NetworkInterface } from "../members";
import { AddressSet } from "./addresses";
import { allowed, replyPorts } from "./network-acls";
import { placeOf } from "./place";
import { aclFact, noAcl, noRoutes, withoutGroups } from "./reach";
import { opensConnections } from "./clients";
import { hasUnreadList, roadsOf } from "./routes";
import { factOf, peerOf, rulesFor } from "./security-groups";
import { addressesOfNode } from "./node";
import { publicFamilies } from "./outside";
import { unseenIn, unseenRules } from "./visibility";
import { Lock, Network, NetworkRoles } from "./ways";
import { SecurityGroupRule, Vpcs } from "./vpcs";

/** @param unknowns of the whole snapshot: any of them may hide what opens a lock */
export function locksOf(vpcs: Vpcs | null, roles: NetworkRoles, unknowns: readonly Unknown[]): Network["locks"] {
  const found = {
    securityGroup: new Findings(unknowns),
    networkAcl: new Findings(unknowns),
    route: new Findings(unknowns),
  };
  if (vpcs !== null)
    for (const one of roles.application) {
      for (const port of roles.ports) {
        securityGroups(one, port, roles, vpcs, found.securityGroup);
        networkAcl(one, port, roles, vpcs, found.networkAcl);
      }
      routes(one, vpcs, found.route);
    }
  return { security_group: found.securityGroup.lock, network_acl: found.networkAcl.lock, route: found.route.lock };
}

class Findings {
  private readonly facts = new Map<string, Fact>();

  constructor(private unknowns: readonly Unknown[]) {}

  opened(fact: Fact): void {
    this.facts.set(JSON.stringify(fact), fact);
  }

  unknown(unknown: Unknown): void {
    this.unknowns = [...this.unknowns, unknown];
  }

  get lock(): Lock {
    const state = this.facts.size > 0 ? "open" : this.unknowns.length > 0 ? "unknown" : "closed";
    return { state, facts: [...this.facts.values()], unknowns: this.unknowns };
  }
}

function securityGroups(one: NetworkInterface, port: number, roles: NetworkRoles, vpcs: Vpcs, found: Findings): void {
  if ((one.Groups ?? []).length === 0) found.opened(withoutGroups(one));
  for (const unknown of unseenRules(one, vpcs)) found.unknown(unknown);
  for (const rule of rulesFor(one, "ingress", port, vpcs)) {
    const admits = admitsOnlyTheNode(rule, one, port, roles, vpcs);
    if (admits === false) found.opened(factOf(rule));
    else if (admits !== true) found.unknown(admits);
  }
}

/** A group that nobody has is somebody's tomorrow. */
function admitsOnlyTheNode(
  rule: SecurityGroupRule,
  destination: NetworkInterface,
  port: number,
  roles: NetworkRoles,
  vpcs: Vpcs,
): boolean | Unknown {
  const { node } = roles;
  const peer = peerOf(rule, vpcs);
  if (peer.kind === "unknown") return peer.unknown;
  if (peer.kind === "group") {
    const [unseen] = peer.unseen;
    if (!peer.carriers.every((carrier) => node.includes(carrier))) return false;
    return unseen ?? peer.carriers.length > 0;
  }
  return (
    peer.set.without(addressesOfNode(roles, vpcs)).isEmpty &&
    [...vpcs.interfacesOfSubnet.values()]
      .flat()
      .every(
        (one) =>
          node.includes(one) ||
          placeOf(one, vpcs).addresses.and(peer.set).isEmpty ||
          !opensConnections(one, destination, port, vpcs),
      )
  );
}

/** Inside of a subnet it filters nothing, so it holds only if the application's subnet is its own. */
function networkAcl(one: NetworkInterface, port: number, roles: NetworkRoles, vpcs: Vpcs, found: Findings): void {
  const { node, application } = roles;
  const { acl, subnetId } = placeOf(one, vpcs);
  if (acl === null) {
    found.unknown(noAcl(subnetId));
    return;
  }
  const replies = AddressSet.union(replyPorts([acl]).map((reply) => allowed(acl, true, reply)));
  if (!allowed(acl, false, port).and(replies).without(addressesOfNode(roles, vpcs)).isEmpty) found.opened(aclFact(acl));
  const neighbor = (vpcs.interfacesOfSubnet.get(subnetId) ?? []).find(
    (other) => !application.includes(other) && !node.includes(other) && opensConnections(other, one, port, vpcs),
  );
  for (const unknown of unseenIn(one.VpcId ?? "", vpcs)) found.unknown(unknown);
  if (neighbor !== undefined) {
    const { NetworkInterfaceId: resource } = neighbor;
    const words = `${resource} is in the application's subnet ${subnetId}, where no network ACL filters`;
    found.opened({ words, resource, action: "ec2:DescribeNetworkInterfaces" });
  }
}

/** From outside of the VPC. Inside of it, there always is a route. */
function routes(one: NetworkInterface, vpcs: Vpcs, found: Findings): void {
  const { routes: table, subnetId } = placeOf(one, vpcs);
  if (table === null || hasUnreadList(table, vpcs)) {
    found.unknown(noRoutes(subnetId));
    return;
  }
  const { RouteTableId: resource } = table;
  for (const { target, addresses, words } of roadsOf(table, vpcs)) {
    const fact = { words: `${resource}: ${words}`, resource, action: "ec2:DescribeRouteTables" };
    if (target === "internet" && !addresses.and(publicFamilies(one, vpcs)).isEmpty) found.opened(fact);
    if (["peering", "transit-gateway", "vpn"].includes(target)) found.opened(fact);
    if (["appliance", "unknown"].includes(target)) found.unknown(fact);
  }
}
