import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { FIRST_NUMBERS, LAST_NUMBERS } from "./own-rules-schema";
import { DENIED_NUMBERS, NUMBERS } from "./numbered-schema";
import { Routing } from "./routing-schema";

export interface RulesProps {
  readonly routing: Routing;
  readonly nodeSubnetCidrs: IResolvable;
  readonly loadBalancerSubnetCidrs: IResolvable;
  readonly outbound: IResolvable;
  readonly ownRules: IResolvable;
}

/**
 * The rules of the ACL, by rule number. Each purpose has a range, each CIDR block the number that the caller gives it, and each
 * port ten numbers from there. AWS denies everything else with its rule `*`.
 */
export class Rules extends Construct {
  public readonly ingress: IResolvable;
  public readonly egress: IResolvable;

  public constructor(scope: Construct, id: string, props: RulesProps) {
    super(scope, id);
    this.ingress = this.inbound(props);
    this.egress = this.outbound(props);
  }

  private inbound({ routing, nodeSubnetCidrs, loadBalancerSubnetCidrs, outbound, ownRules }: RulesProps): IResolvable {
    const { ports } = routing.application;
    const fromNode = local(
      this,
      "from_node",
      requests(nodeSubnetCidrs, ports),
      `Rule number => rule. From ${NUMBERS.node.first}: the node, on the ports of the application. Each port has ten numbers, and each CIDR block has its own, so a block that is added or removed renumbers no other rule.`,
    );
    const fromLoadBalancer = local(
      this,
      "from_load_balancer",
      requests(loadBalancerSubnetCidrs, ports),
      `From ${NUMBERS.loadBalancer.first}: health checks of the application's own target group.`,
    );
    const denied = local(
      this,
      "denied",
      hcl`merge([
        for cidr, first in { "0.0.0.0/0" = ${DENIED_NUMBERS.ipv4}, "::/0" = ${DENIED_NUMBERS.ipv6} } : {
          for index, port in ${ports} :
          first + 10 * index => ${rule("deny", "cidr", "port", "port")} if port >= 1024
        }
      ]...)`,
      `From ${DENIED_NUMBERS.ipv4}: denies everyone else on ports that the rules for replies below would open.`,
    );
    const fromDestinations = local(
      this,
      "from_destinations",
      replies(outbound, "destination", "destination.cidr"),
      `From ${NUMBERS.outbound.first}: replies to the application's own calls.`,
    );
    const own = local(
      this,
      "own_ingress",
      ofDirection(ownRules, "!rule.egress"),
      `Up to ${FIRST_NUMBERS[1]} and from ${LAST_NUMBERS[0]}: the caller's own rules.`,
    );
    return local(this, "ingress", hcl`merge(${fromNode}, ${fromLoadBalancer}, ${denied}, ${fromDestinations}, ${own})`);
  }

  private outbound({ nodeSubnetCidrs, loadBalancerSubnetCidrs, outbound, ownRules }: RulesProps): IResolvable {
    const toNode = local(
      this,
      "to_node",
      replies(nodeSubnetCidrs),
      "A network ACL is stateless: replies need rules too. They go to the port that the request came from.",
    );
    const toLoadBalancer = local(this, "to_load_balancer", replies(loadBalancerSubnetCidrs));
    const toDestinations = local(
      this,
      "to_destinations",
      hcl`merge([
        for number, destination in ${outbound} : {
          for index, port in destination.ports :
          number + 10 * index => ${rule("allow", "destination.cidr", "port", "port")}
        }
      ]...)`,
    );
    const own = local(this, "own_egress", ofDirection(ownRules, "rule.egress"));
    return local(this, "egress", hcl`merge(${toNode}, ${toLoadBalancer}, ${toDestinations}, ${own})`);
  }
}

function rule(action: "allow" | "deny", cidr: string, fromPort: string, toPort: string): IResolvable {
  return hcl`{ action = "${action}", protocol = "tcp", cidr = ${cidr}, from_port = ${fromPort}, to_port = ${toPort} }`;
}

function requests(cidrs: IResolvable, ports: IResolvable): IResolvable {
  return hcl`merge([
    for number, cidr in ${cidrs} : {
      for index, port in ${ports} :
      number + 10 * index => ${rule("allow", "cidr", "port", "port")}
    }
  ]...)`;
}

/** To any port from 1024 on, because the client chooses the port from which it connects. */
function replies(peers: IResolvable, peer = "cidr", cidr = peer): IResolvable {
  return hcl`{
    for number, ${peer} in ${peers} :
    number => ${rule("allow", cidr, "1024", "65535")}
  }`;
}

function ofDirection(rules: IResolvable, direction: string): IResolvable {
  return hcl`{
    for rule in ${rules} : rule.rule_number => {
      action    = rule.action
      protocol  = rule.protocol
      cidr      = rule.cidr
      from_port = rule.from_port
      to_port   = rule.to_port == null ? rule.from_port : rule.to_port
    } if ${direction}
  }`;
}
