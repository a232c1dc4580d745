/** Where a new node sends requests, if the application has an address besides its load balancer. */
import { isIPv6 } from "node:net";
import { Snapshot } from "../../account/snapshot";
import { interfacesOf } from "../../model/members";
import { Application } from "../application";
import { Fields } from "../hcl";
import { FleetWanted } from "../node";

/** For node-config: the one that is named, or that of the only target. Null: the application has none. */
export function ownAddress(
  { backendUrl }: FleetWanted,
  { targetGroups, autoScalingGroups, ecsServices }: Application,
  snapshot: Snapshot,
): Fields | null {
  if (backendUrl !== null) return { url: backendUrl };
  const [group, ...otherGroups] = targetGroups;
  const [target, ...otherTargets] = group?.Targets ?? [];
  // The addresses of these change.
  if (autoScalingGroups.length > 0 || ecsServices.length > 0) return null;
  if (group === undefined || target === undefined || otherGroups.length + otherTargets.length > 0) return null;
  const { Id, Port = group.Port } = target.Target;
  const [found] = interfacesOf(Id, snapshot);
  const address = group.TargetType === "ip" ? Id : found?.PrivateIpAddress;
  const isFixed = address !== undefined && address === found?.PrivateIpAddress && !isIPv6(address);
  if (!isFixed || Port === undefined) return null;
  const isEncrypted = group.Protocol === "HTTPS";
  return {
    url: `${isEncrypted ? "https" : "http"}://${address}:${Port}`,
    // A load balancer does not verify the certificate of a target either.
    ...(isEncrypted ? { tls_verify: false } : {}),
  };
}
