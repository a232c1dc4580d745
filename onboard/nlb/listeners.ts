/** The listeners of a Network Load Balancer in the configuration: what is covered, left out, and adopted. */
import { Snapshot } from "../../account/snapshot";
import { NetworkListener } from "../../model/listeners";
import { LoadBalancer, TargetGroup } from "../../model/rules";
import { Entry, Remembered, Wanted } from "../composition";
import { block, body, comment, reference } from "../hcl";
import { Refusal, UnreadRefusal } from "../refusal";

/** A listener, and what becomes of it. */
export interface Judged extends Pick<Entry, "words" | "key" | "reason" | "needsOwner"> {
  readonly listener: NetworkListener;
  /** The application's target group. */
  readonly group: TargetGroup | undefined;
  /** Where its connections go now: to the application, or already to the node. */
  readonly current: TargetGroup | undefined;
}

export interface Covered extends Judged {
  readonly key: string;
  readonly group: TargetGroup;
  readonly current: TargetGroup;
}

export function isCovered(listener: Judged): listener is Covered {
  return listener.key !== null;
}

export function judged(
  listener: NetworkListener,
  { id, name, remembered, listenerPorts }: Wanted,
  snapshot: Snapshot,
): Judged {
  const { targetGroups, port, protocol } = listener;
  const [current] = targetGroups;
  const isOwn = current !== undefined && new RegExp(`^${name}-[0-9a-f]{8}$`).test(current.TargetGroupName);
  const group = isOwn ? rememberedGroup(listener, id, remembered, snapshot) : current;
  const to = isOwn ? [group] : targetGroups;
  const words = `listener ${protocol} ${port} → ${to.map((one) => one?.TargetGroupName).join(", ")}`;
  const reason = reasonToLeaveOut(listener, listenerPorts);
  const key = reason === null ? `${protocol.toLowerCase()}-${port}` : null;
  return { listener, group, current, words, key, reason, needsOwner: reason !== null && targetGroups.length > 0 };
}

/** A listener that forwards to the node does not tell where it forwarded before. */
function rememberedGroup(
  { arn }: NetworkListener,
  id: string,
  remembered: Remembered,
  snapshot: Snapshot,
): TargetGroup {
  const known = remembered[arn]?.target;
  const found = snapshot.elastic_load_balancing?.TargetGroups.find(({ TargetGroupArn }) => TargetGroupArn === known);
  if (found) return found;
  throw new Refusal(
    `The listener ${arn} of ${id} forwards to the node already, and ${known ?? "its target group"} is not known any more. Restore onboard.json from version control, or go back to 0 first.`,
  );
}

function reasonToLeaveOut(listener: NetworkListener, ports: readonly number[] | null): string | null {
  const { protocol, port, targetGroups } = listener;
  const [group, ...others] = targetGroups;
  if (group === undefined) return "It forwards to no target group.";
  if (ports !== null && !ports.includes(port))
    return "It is not one of --listener-ports, so it needs a configuration of its own.";
  if (protocol !== "TCP" && protocol !== "TLS")
    return "A node reads HTTP over TCP, and this protocol goes around it. Its owner removes the listener, if nobody needs it.";
  if (others.length > 0)
    return "It forwards to several target groups, and the module nlb does not distribute by weight.";
  if (attributeOf(group, "proxy_protocol_v2.enabled") === "true")
    return "The application expects the proxy protocol, which a node does not speak to it. Let the application also accept connections without it, and switch it off in the target group.";
  return null;
}

/** @throws Refusal if it was not read: unknown is not off */
export function attributeOf({ Attributes, TargetGroupName }: TargetGroup, key: string): string | undefined {
  if (Attributes !== null) return Attributes.find(({ Key }) => Key === key)?.Value;
  throw new UnreadRefusal(
    `The snapshot has no attributes of the target group ${TargetGroupName}. Read the account again.`,
  );
}

export function entryOf({ listener, words, key, group, reason, needsOwner }: Judged): Entry {
  return {
    ...{ id: listener.arn, words, key, reason, needsOwner },
    ...{ priority: null, target: group?.TargetGroupArn ?? null },
  };
}

export function listenersFile(
  listeners: readonly Judged[],
  { LoadBalancerName }: LoadBalancer,
  adopt: boolean,
): string {
  const about = adopt
    ? `The listeners of ${LoadBalancerName} that the module adopts: imports.tf. To release them, see "Remove the module" in the runbook of the module nlb.`
    : `The listeners of ${LoadBalancerName}. They stay with their owner, who sets the default action from the output cutover_target_group_arn: see OWNERS.md.`;
  const adopted = listeners.filter(isCovered).map(({ words, key, listener, group }) => {
    const fields = { listener_arn: listener.arn, application_target_group_arn: group.TargetGroupArn };
    return `${comment(words)}\n${key} = {\n${body(fields)}\n}\n`;
  });
  const kept = listeners.filter(isCovered).map(({ words, listener }) => comment(`${words}: ${listener.arn}`));
  const leftOut = listeners
    .filter((listener) => !isCovered(listener))
    .map(({ words, reason }) => comment(`Left out: ${words}. ${reason}`));
  return [
    comment(about),
    ...(adopt ? [`locals {\nlisteners = {\n${adopted.join("\n")}}\n}`] : kept),
    ...leftOut.map((text) => `\n${text}`),
  ].join("\n");
}

export const IMPORTS = block("import", [
  { for_each: reference("local.listeners") },
  {
    to: reference("module.wallarm_routing.aws_lb_listener.adopted[each.key]"),
    id: reference("each.value.listener_arn"),
  },
]);
