/** Who sends requests to a load balancer, and is not the node. */
import { unreadOf } from "../unread";
import { LoadBalancer } from "../rules";
import { Unknown } from "../fact";
import { Caller, Callers } from "./caller";
import { Account } from "./deliveries";

/**
 * Not the application itself, and no other load balancer: its own forwards say what it sends.
 * @param port of the listener
 */
export function callersOf(loadBalancer: LoadBalancer, port: number, account: Account): Callers {
  const key = `${loadBalancer.LoadBalancerArn} ${port}`;
  const known = account.callers.get(key) ?? asked(loadBalancer, port, account);
  account.callers.set(key, known);
  return known;
}

function asked(loadBalancer: LoadBalancer, port: number, account: Account): Callers {
  const { snapshot, index, roles, network } = account;
  const interfaces = index.interfacesOfLoadBalancer.get(loadBalancer.LoadBalancerArn) ?? [];
  const found = network.networkOf(snapshot, { application: interfaces, ports: [port], node: roles.node.interfaces });
  const callers = found.ways
    .filter(
      ({ source: { resource } }) =>
        !roles.application.targetIds.has(resource ?? "") && !index.loadBalancerOfInterface.has(resource ?? ""),
    )
    .map(({ source, certain, facts, unknowns }) => ({
      ...source,
      facts,
      unknowns,
      certain: certain && !roles.node.doubtful.has(source.resource ?? ""),
    }));
  const links = vpcLinks(loadBalancer, account);
  return {
    callers: [...callers, ...links.callers, ...endpointServices(loadBalancer, account)],
    unknowns: [
      ...found.unknowns,
      ...links.unknowns,
      ...unreadOf(snapshot, "ec2:DescribeVpcEndpointServiceConfigurations"),
    ],
  };
}

/** API Gateway reaches a Network Load Balancer past its security groups. */
function vpcLinks({ LoadBalancerArn, Type }: LoadBalancer, { snapshot }: Account): Callers {
  if (Type !== "network") return { callers: [], unknowns: [] };
  if (snapshot.api_gateway_rest === null) return { callers: [], unknowns: [NOT_READ] };
  const links = snapshot.api_gateway_rest.vpcLinks.filter(({ targetArns = [] }) =>
    targetArns.includes(LoadBalancerArn),
  );
  const callers = links.map(({ id, name = id }) => ({
    ...{
      kind: "vpc-link" as const,
      words: `APIs with the VPC link ${name}`,
      addresses: [],
      resource: id,
      certain: true,
    },
    facts: [
      { words: `The VPC link ${name} leads to the load balancer.`, resource: id, action: "apigateway:GetVpcLinks" },
    ],
    unknowns: [],
  }));
  return { callers, unknowns: unreadOf(snapshot, "apigateway:GetVpcLinks") };
}

const NOT_READ: Unknown = {
  words: "API Gateway was not read, and a VPC link may lead to the load balancer.",
  ...{ resource: null, action: "apigateway:GetVpcLinks" },
};

/** Whoever may use a VPC endpoint service reaches its load balancer from another VPC. */
function endpointServices({ LoadBalancerArn }: LoadBalancer, { snapshot }: Account): Caller[] {
  const action = "ec2:DescribeVpcEndpointServiceConfigurations";
  return (snapshot.ec2?.EndpointServices ?? [])
    .filter(({ NetworkLoadBalancerArns = [] }) => NetworkLoadBalancerArns.includes(LoadBalancerArn))
    .map(({ ServiceId: id = "" }) => ({
      ...{
        kind: "private-link" as const,
        words: `clients of the VPC endpoint service ${id}`,
        addresses: [],
        resource: id,
      },
      ...{
        certain: true,
        facts: [{ words: `The endpoint service ${id} leads to the load balancer.`, resource: id, action }],
      },
      unknowns: [],
    }));
}
