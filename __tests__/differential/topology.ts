/**
 * The machines on which each case runs: two VPCs that are peers, and a part of the internet, which is behind the internet gateway
 * of the first one. Each VPC has a router. Each subnet is a bridge of its router.
 */
export interface Host {
  readonly subnet: string;
  /** The first one is its address in the subnet. */
  readonly addresses: readonly string[];
  readonly publicAddress: string;
}

export const VPCS: Readonly<Record<string, readonly string[]>> = {
  a: ["10.0.0.0/16", "2001:db8:a::/56"],
  b: ["10.1.0.0/16", "2001:db8:b::/56"],
};

export const SUBNETS = {
  a1: { vpc: "a", table: 1, blocks: ["10.0.1.0/24", "2001:db8:a:1::/64"], router: ["10.0.1.1", "2001:db8:a:1::1"] },
  a2: { vpc: "a", table: 2, blocks: ["10.0.2.0/24", "2001:db8:a:2::/64"], router: ["10.0.2.1", "2001:db8:a:2::1"] },
  b1: { vpc: "b", table: 3, blocks: ["10.1.1.0/24", "2001:db8:b:1::/64"], router: ["10.1.1.1", "2001:db8:b:1::1"] },
} as const;
export type SubnetName = keyof typeof SUBNETS;

export const HOSTS = {
  app: { subnet: "a1", addresses: ["10.0.1.4", "10.0.1.5", "2001:db8:a:1::4"], publicAddress: "203.0.113.1" },
  neighbor: { subnet: "a1", addresses: ["10.0.1.20", "2001:db8:a:1::14"], publicAddress: "203.0.113.2" },
  node: { subnet: "a2", addresses: ["10.0.2.4", "2001:db8:a:2::4"], publicAddress: "203.0.113.3" },
  other: { subnet: "a2", addresses: ["10.0.2.20", "10.0.2.21"], publicAddress: "203.0.113.4" },
  peer: { subnet: "b1", addresses: ["10.1.1.4", "2001:db8:b:1::4"], publicAddress: "203.0.113.5" },
} as const satisfies Record<string, Host & { subnet: SubnetName }>;
export type HostName = keyof typeof HOSTS;
export const HOST_NAMES = Object.keys(HOSTS) as HostName[];

export const INTERNET = ["198.51.100.7", "192.0.2.9", "2001:db8:ffff::7"];

const device = (name: string) => `port-${name}`;
const isIpv6 = (address: string) => address.includes(":");
const lengthOf = (address: string) => (isIpv6(address) ? 64 : 24);

/** Commands of `ip`, by the namespace in which they run. */
export function construction(): [namespace: string, commands: string[]][] {
  const cable = (from: string, one: string, to: string, other: string) =>
    `link add dev ${one} type veth peer name ${other} netns @${to}`.replace("@self", `@${from}`);
  return [
    [
      "router_a",
      [
        cable("router_a", "peering", "router_b", "peering"),
        cable("router_a", "gateway", "internet", "gateway"),
        ...linkUp("peering", "169.254.1.1/30", "fd00:1::1/64"),
        ...linkUp("gateway", "169.254.2.1/30", "fd00:2::1/64"),
        ...subnetsOf("a"),
        ...lookups("a"),
      ],
    ],
    ["router_b", [...linkUp("peering", "169.254.1.2/30", "fd00:1::2/64"), ...subnetsOf("b"), ...lookups("b")]],
    [
      "internet",
      [
        ...linkUp("gateway", "169.254.2.2/30", "fd00:2::2/64"),
        ...INTERNET.map((address) => `address add ${address} dev lo`),
        ...["route add default via 169.254.2.1", "route add default via fd00:2::1"],
      ],
    ],
    ...HOST_NAMES.map((name): [string, string[]] => {
      const { subnet, addresses } = HOSTS[name];
      return [
        name,
        [
          ...linkUp("eth0", ...addresses.map((address) => `${address}/${lengthOf(address)}`)),
          ...SUBNETS[subnet].router
            .filter((router) => addresses.some((address) => isIpv6(address) === isIpv6(router)))
            .map((router) => `route add default via ${router}`),
        ],
      ];
    }),
  ];
}

function linkUp(name: string, ...addresses: string[]): string[] {
  return [...addresses.map((address) => `address add ${address} dev ${name}`), `link set dev ${name} up`];
}

function subnetsOf(vpc: string): string[] {
  return Object.entries(SUBNETS)
    .filter(([, subnet]) => subnet.vpc === vpc)
    .flatMap(([name, { router }]) => [
      `link add dev ${name} type bridge`,
      ...linkUp(name, ...router.map((address) => `${address}/${lengthOf(address)}`)),
      ...HOST_NAMES.filter((host) => HOSTS[host].subnet === name).flatMap((host) => [
        `link add dev ${device(host)} type veth peer name eth0 netns @${host}`,
        `link set dev ${device(host)} master ${name} up`,
      ]),
    ]);
}

/** Packets from a subnet follow its route table. Packets from elsewhere only find the subnets. */
function lookups(vpc: string): string[] {
  return Object.entries(SUBNETS)
    .filter(([, subnet]) => subnet.vpc === vpc)
    .flatMap(([name, { table }]) => ["", "-6 "].map((family) => `${family}rule add iif ${name} lookup ${table}`));
}
