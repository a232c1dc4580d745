/** The listener in front of the node, for an edge that reaches the node through a load balancer. */
import * as z from "zod";
import { LISTENER } from "../account/schema/load-balancing";
import { Snapshot } from "../account/snapshot";
import { LoadBalancer } from "../model/rules";
import { Variable, Wanted } from "./composition";
import { listed, Refusal } from "./refusal";

/** @throws Refusal if it is not in the snapshot */
export function listenerOfNode(
  { elastic_load_balancing }: Snapshot,
  { node }: Wanted,
): { readonly loadBalancer: LoadBalancer; readonly listener: z.infer<typeof LISTENER> } {
  const arn = "listenerArn" in node ? node.listenerArn : "";
  const all = (elastic_load_balancing?.LoadBalancers ?? []).flatMap((loadBalancer) =>
    (loadBalancer.Listeners ?? []).map((listener) => ({ loadBalancer, listener })),
  );
  const found = all.find(({ listener }) => listener.ListenerArn === arn);
  if (found === undefined)
    throw new Refusal(
      `The listener in front of the node is not in the account and Region: ${arn}. The listeners: ${listed(all.map(({ listener }) => listener.ListenerArn))}.`,
    );
  return found;
}

/** A question if API Gateway checks the certificate of the node's load balancer. */
export const NODE_SERVER_NAME: Variable = {
  ...{ name: "node_server_name", type: "string", isAboutNode: true },
  description: "Server name in the certificate of the node's load balancer, from an authority that API Gateway trusts.",
};
