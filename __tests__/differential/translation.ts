/**
 * An account as rules of nftables and routes of Linux. This reads AWS's documentation once more, and imports nothing of the model:
 * else it would repeat the model's mistakes.
 * Security groups: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 * Network ACLs: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-basics.html
 * Routes: https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html
 */
import type { Snapshot } from "../../account/snapshot";
import { CLIENT_PORTS, SERVED } from "./accounts";
import type { Attempt, Question, Step } from "./kernel";
import { HOST_NAMES, HOSTS, type HostName, INTERNET, SUBNETS, VPCS } from "./topology";

type Ec2 = NonNullable<Snapshot["ec2"]>;
type Rule = Ec2["SecurityGroupRules"][number];
type Entry = NonNullable<Ec2["NetworkAcls"][number]["Entries"]>[number];
type Route = NonNullable<Ec2["RouteTables"][number]["Routes"]>[number];

/** Who tries to reach what: a host by its name, a client in the internet by its address. */
export interface Trial {
  readonly source: string;
  readonly target: HostName;
  readonly port: number;
  readonly attempt: Attempt;
}

export function translated(ec2: Ec2): Pick<Question, "steps" | "listen"> & { readonly trials: readonly Trial[] } {
  return {
    steps: [
      ...HOST_NAMES.map((name) => hostStep(name, ec2)),
      ...Object.keys(VPCS).map((vpc) => routerStep(vpc, ec2)),
      ["internet", [], internetGateway(ec2)],
    ],
    listen: Object.fromEntries(HOST_NAMES.map((name) => [name, SERVED])),
    trials: [...hostTrials(ec2), ...internetTrials(ec2)],
  };
}

function interfaceOf(name: HostName, { NetworkInterfaces }: Ec2): Ec2["NetworkInterfaces"][number] {
  const found = NetworkInterfaces.find(({ NetworkInterfaceId }) => NetworkInterfaceId === `eni-${name}`);
  if (found === undefined) throw new Error(`${name} has no interface.`);
  return found;
}

function addressesOf({ PrivateIpAddresses = [], Ipv6Addresses = [] }: Ec2["NetworkInterfaces"][number]): string[] {
  const ipv6 = Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address);
  return [...PrivateIpAddresses.map(({ PrivateIpAddress }) => PrivateIpAddress), ...ipv6].filter(
    (address) => address !== undefined,
  );
}

/** A firewall at the interface that keeps connections. */
function hostStep(name: HostName, ec2: Ec2): Step {
  const groups = (interfaceOf(name, ec2).Groups ?? []).map(({ GroupId }) => GroupId);
  const chain = (hook: "input" | "output") => [
    `add chain inet groups ${hook} { type filter hook ${hook} priority 0; policy ${groups.length === 0 ? "accept" : "drop"}; }`,
    `add rule inet groups ${hook} meta l4proto != tcp accept`,
    `add rule inet groups ${hook} ct state established accept`,
    ...ec2.SecurityGroupRules.filter(
      ({ GroupId, IsEgress }) => groups.includes(GroupId) && IsEgress === (hook === "output"),
    )
      .flatMap((rule) => groupMatches(rule, ec2))
      .map((match) => `add rule inet groups ${hook} ${match} accept`),
  ];
  return [name, [], ["flush ruleset", "add table inet groups", ...chain("input"), ...chain("output")]];
}

function groupMatches({ IsEgress, IpProtocol, FromPort, ToPort, ...rule }: Rule, ec2: Ec2): string[] {
  const ports = IpProtocol === "-1" ? "" : `${IpProtocol} dport ${FromPort}-${ToPort}`;
  return peers(rule, ec2).map((peer) => `${addressMatch(peer, IsEgress ? "daddr" : "saddr")} ${ports}`);
}

/** A referenced group stands for the private addresses of the interfaces that have it. */
function peers({ CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo }: Partial<Rule>, ec2: Ec2): string[] {
  if (ReferencedGroupInfo !== undefined)
    return ec2.NetworkInterfaces.filter(({ Groups = [] }) =>
      Groups.some(({ GroupId }) => GroupId === ReferencedGroupInfo.GroupId),
    ).flatMap(addressesOf);
  const list = ec2.PrefixLists.find((one) => one.PrefixListId === PrefixListId);
  return [CidrIpv4, CidrIpv6, ...(list?.Entries ?? []).map(({ Cidr }) => Cidr)].filter((block) => block !== undefined);
}

function addressMatch(block: string, side: "saddr" | "daddr"): string {
  return `${block.includes(":") ? "ip6" : "ip"} ${side} ${block}`;
}

/** Filters without memory where packets leave and enter subnets, and the routes of each subnet. */
function routerStep(vpc: string, ec2: Ec2): Step {
  const subnets = Object.entries(SUBNETS).filter(([, subnet]) => subnet.vpc === vpc);
  const filters = subnets.flatMap(([name]) => {
    const acl = ec2.NetworkAcls.find(({ Associations = [] }) =>
      Associations.some(({ SubnetId }) => SubnetId === `subnet-${name}`),
    );
    return (["leaves", "enters"] as const).flatMap((chain) => [
      `add chain inet acls ${name}-${chain}`,
      ...(acl?.Entries ?? [])
        .filter(({ Egress }) => Egress === (chain === "leaves"))
        .sort((one, other) => one.RuleNumber - other.RuleNumber)
        .map((entry) => `add rule inet acls ${name}-${chain} ${aclRule(entry)}`),
      `add rule inet acls ${name}-${chain} drop`,
      `add rule inet acls forward meta l4proto tcp ${chain === "leaves" ? "iifname" : "oifname"} ${name} jump ${name}-${chain}`,
    ]);
  });
  return [
    `router_${vpc}`,
    subnets.flatMap(([name, { table }]) => routesOf(name, vpc, table, ec2)),
    [
      ...["flush ruleset", "add table inet acls"],
      "add chain inet acls forward { type filter hook forward priority 0; policy accept; }",
      ...filters,
    ],
  ];
}

function aclRule({ RuleAction, Egress, Protocol, CidrBlock, Ipv6CidrBlock, PortRange }: Entry): string {
  const ports = `dport ${PortRange?.From}-${PortRange?.To}`;
  const protocol = { "6": `tcp ${ports}`, "17": `udp ${ports}` }[Protocol] ?? "";
  const match = addressMatch(CidrBlock ?? Ipv6CidrBlock ?? "", Egress ? "daddr" : "saddr");
  return `${match} ${protocol} ${RuleAction === "allow" ? "return" : "drop"}`;
}

function routesOf(subnet: string, vpc: string, table: number, ec2: Ec2): string[] {
  const own = ec2.RouteTables.find(({ Associations = [] }) =>
    Associations.some(({ SubnetId }) => SubnetId === `subnet-${subnet}`),
  );
  const main = ec2.RouteTables.find(
    ({ VpcId, Associations = [] }) => VpcId === `vpc-${vpc}` && Associations.some(({ Main = false }) => Main),
  );
  return ["", "-6 "].flatMap((family) => [
    `${family}route flush table ${table}`,
    `${family}route add blackhole default metric 9999 table ${table}`,
    ...((own ?? main)?.Routes ?? [])
      .filter(({ DestinationIpv6CidrBlock }) => (DestinationIpv6CidrBlock === undefined) === (family === ""))
      .flatMap((route) => linuxRoutes(route, vpc, family).map((one) => `${family}route add ${one} table ${table}`)),
  ]);
}

function linuxRoutes(route: Route, vpc: string, family: string): string[] {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, State, GatewayId, VpcPeeringConnectionId } = route;
  const destination = DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? "";
  const side = vpc === "a" ? 2 : 1;
  const via = (network: number, host: number) =>
    family === "" ? `169.254.${network}.${host}` : `fd00:${network}::${host}`;
  if (GatewayId === "local")
    return Object.entries(SUBNETS)
      .filter(([, subnet]) => subnet.vpc === vpc)
      .map(([name, { blocks }]) => `${blocks[family === "" ? 0 : 1]} dev ${name}`);
  if (State !== "active") return [`blackhole ${destination}`];
  if (GatewayId === "igw-1") return [`${destination} via ${via(2, 2)}`];
  if (VpcPeeringConnectionId === "pcx-1") return [`${destination} via ${via(1, side)}`];
  // A NAT gateway changes the source of replies, and the client does not know them.
  return [`blackhole ${destination}`];
}

/** An internet gateway translates a public IPv4 address to the private one. */
function internetGateway(ec2: Ec2): string[] {
  return [
    ...["flush ruleset", "add table ip gateway"],
    "add chain ip gateway output { type nat hook output priority -100; }",
    ...HOST_NAMES.flatMap((name) => {
      const { Association, PrivateIpAddress } = interfaceOf(name, ec2);
      return Association === undefined
        ? []
        : [`add rule ip gateway output ip daddr ${Association.PublicIp} dnat to ${PrivateIpAddress}`];
    }),
  ];
}

function hostTrials(ec2: Ec2): Trial[] {
  return HOST_NAMES.flatMap((source) =>
    HOST_NAMES.filter((target) => target !== source).flatMap((target) => {
      // Inside of a subnet, nothing asks for the port of the client.
      const clientPorts = HOSTS[source].subnet === HOSTS[target].subnet ? [40_000] : CLIENT_PORTS;
      return addressesOf(interfaceOf(source, ec2)).flatMap((from) =>
        addressesOf(interfaceOf(target, ec2))
          .filter((to) => to.includes(":") === from.includes(":"))
          .flatMap((to) => trials(source, source, from, clientPorts, target, to)),
      );
    }),
  );
}

function internetTrials(ec2: Ec2): Trial[] {
  return HOST_NAMES.filter((name) => SUBNETS[HOSTS[name].subnet].vpc === "a").flatMap((target) => {
    const { Association, Ipv6Addresses = [] } = interfaceOf(target, ec2);
    const reachable = [Association?.PublicIp, ...Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address)].filter(
      (address) => address !== undefined,
    );
    return INTERNET.flatMap((from) =>
      reachable
        .filter((to) => to.includes(":") === from.includes(":"))
        .flatMap((to) => trials(from, "internet", from, CLIENT_PORTS, target, to)),
    );
  });
}

function trials(
  source: string,
  namespace: string,
  from: string,
  clientPorts: readonly number[],
  target: HostName,
  to: string,
): Trial[] {
  return SERVED.flatMap((port) =>
    clientPorts.map((clientPort) => ({
      source,
      target,
      port,
      attempt: [namespace, from, clientPort, to, port] as const,
    })),
  );
}
