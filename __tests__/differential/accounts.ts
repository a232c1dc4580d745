/** Random accounts on the machines of `topology.ts`. */
import fc from "fast-check";
import { SNAPSHOT, type Snapshot } from "../../account/snapshot";
import { secureSnapshot } from "../audit/support/secure";
import { HOST_NAMES, HOSTS, SUBNETS, type SubnetName, VPCS } from "./topology";

const GROUPS = { a: ["sg-a1", "sg-a2", "sg-a3"], b: ["sg-b1", "sg-b2"] };
const ALL_GROUPS = [...GROUPS.a, ...GROUPS.b];

const IPV4 = [
  ...["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8", "10.0.0.0/15", "10.0.0.0/16", "10.1.0.0/16"],
  ...["10.0.1.0/24", "10.0.2.0/24", "10.1.1.0/24", "10.0.1.0/28", "10.0.2.16/28", "10.0.1.4/31", "10.0.1.4/32"],
  ...["10.0.1.20/32", "10.0.2.4/32", "10.1.1.4/32", "198.51.100.0/24", "192.0.2.8/30", "192.0.2.9/32"],
];
const IPV6 = [
  ...["::/0", "2000::/3", "2001:db8:a::/56", "2001:db8:b::/56", "2001:db8:a:1::/64", "2001:db8:a:2::/64"],
  ...["2001:db8:a:1::4/128", "2001:db8:a:2::4/127", "2001:db8:b:1::4/128", "2001:db8:ffff::/48"],
];
/** `CLIENT_PORTS` has one of each range in which all ports are alike. */
const PORTS = [
  ...[[80, 81] as const, [443, 444] as const, [0, 65_535] as const, [1024, 65_535] as const],
  ...[[1, 1023] as const, [32_768, 60_999] as const],
];
export const SERVED = [80, 443];
export const CLIENT_PORTS = [7, 81, 444, 1500, 40_000, 62_000];

const block = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...IPV4).map((CidrIpv4) => ({ CidrIpv4 })) },
  { weight: 1, arbitrary: fc.constantFrom(...IPV6).map((CidrIpv6) => ({ CidrIpv6 })) },
);
/** The group that has the rule. */
const SELF = {};
const peer = fc.oneof(
  { weight: 2, arbitrary: block },
  { weight: 3, arbitrary: fc.constantFrom(...ALL_GROUPS).map((GroupId) => ({ ReferencedGroupInfo: { GroupId } })) },
  { weight: 2, arbitrary: fc.constant(SELF) },
  { weight: 1, arbitrary: fc.constant({ PrefixListId: "pl-1" }) },
);
const protocol = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(...PORTS).map(([FromPort, ToPort]) => ({ IpProtocol: "tcp", FromPort, ToPort })),
  },
  { weight: 2, arbitrary: fc.constant({ IpProtocol: "-1", FromPort: -1, ToPort: -1 }) },
  { weight: 1, arbitrary: fc.constant({ IpProtocol: "udp", FromPort: 0, ToPort: 65_535 }) },
);
type RuleSketch = readonly [ports: object, peer: object];
const inbound: fc.Arbitrary<readonly RuleSketch[]> = fc.array(fc.tuple(protocol, peer), { minLength: 1, maxLength: 5 });
const everywhere: readonly RuleSketch[] = [{ CidrIpv4: "0.0.0.0/0" }, { CidrIpv6: "::/0" }].map(
  (one) => [{ IpProtocol: "-1", FromPort: -1, ToPort: -1 }, one] as const,
);
const outbound: typeof inbound = fc.oneof(
  { weight: 3, arbitrary: fc.constant(everywhere) },
  { weight: 2, arbitrary: inbound },
);

const entry = fc.record({
  RuleNumber: fc.integer({ min: 1, max: 99 }),
  RuleAction: fc.constantFrom("allow", "allow", "deny"),
  Egress: fc.boolean(),
  match: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(...PORTS).map(([From, To]) => ({ Protocol: "6", PortRange: { From, To } })),
    },
    { weight: 2, arbitrary: fc.constant({ Protocol: "-1" }) },
    { weight: 1, arbitrary: fc.constant({ Protocol: "17", PortRange: { From: 0, To: 65_535 } }) },
  ),
  block: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...IPV4).map((CidrBlock) => ({ CidrBlock })) },
    { weight: 1, arbitrary: fc.constantFrom(...IPV6).map((Ipv6CidrBlock) => ({ Ipv6CidrBlock })) },
  ),
});
/** Without its last entries, an ACL of AWS denies all. */
const entries = fc
  .tuple(
    fc.uniqueArray(entry, { maxLength: 5, selector: ({ RuleNumber, Egress }) => `${RuleNumber} ${Egress}` }),
    fc.constantFrom("allow", "allow", "allow", "deny"),
  )
  .map(([some, last]) => [
    ...some.map(({ match, block: cidr, ...one }) => ({ ...one, ...match, ...cidr })),
    ...[true, false].flatMap((Egress) => [
      { RuleNumber: 100, RuleAction: last, Egress, Protocol: "-1", CidrBlock: "0.0.0.0/0" },
      { RuleNumber: 101, RuleAction: last, Egress, Protocol: "-1", Ipv6CidrBlock: "::/0" },
      { RuleNumber: 32_767, RuleAction: "deny", Egress, Protocol: "-1", CidrBlock: "0.0.0.0/0" },
      { RuleNumber: 32_768, RuleAction: "deny", Egress, Protocol: "-1", Ipv6CidrBlock: "::/0" },
    ]),
  ]);

const PEERING = { VpcPeeringConnectionId: "pcx-1", State: "active" };
const BLACKHOLE = { VpcPeeringConnectionId: "pcx-gone", State: "blackhole" };
const NAT = { NatGatewayId: "nat-1", State: "active" };
const INTERNET = { GatewayId: "igw-1", State: "active" };
const route = (blocks: readonly string[], ...targets: object[]) =>
  fc.tuple(fc.constantFrom(...blocks), fc.constantFrom(...targets)).map(([one, target]) => ({
    ...{ [one.includes(":") ? "DestinationIpv6CidrBlock" : "DestinationCidrBlock"]: one },
    ...target,
  }));
/** A route to the other VPC, or to the internet, and narrower and wider ones about it. */
const ROUTES = {
  a: [
    route(["10.1.0.0/16", "10.1.1.0/24", "2001:db8:b::/56"], PEERING),
    route(["0.0.0.0/0", "::/0", "198.51.100.0/24"], INTERNET),
    route(
      ["10.1.1.0/24", "10.1.1.4/32", "10.0.0.0/8", "2001:db8:b:1::/64", "198.51.100.7/32", "2001:db8:ffff::/48"],
      ...[PEERING, BLACKHOLE, NAT, INTERNET],
    ),
  ],
  b: [
    route(["10.0.0.0/16", "10.0.1.0/24", "2001:db8:a::/56"], PEERING),
    route(["10.0.1.0/24", "10.0.1.4/32", "10.0.2.0/25", "10.0.0.0/8", "2001:db8:a:1::/64"], PEERING, BLACKHOLE, NAT),
  ],
};
const routes = (vpc: "a" | "b") =>
  fc.uniqueArray(fc.oneof(...ROUTES[vpc]), { maxLength: 5, selector: (one) => Object.values(one)[0] }).map((some) => [
    ...(VPCS[vpc] ?? []).map((local) => ({
      ...{ [local.includes(":") ? "DestinationIpv6CidrBlock" : "DestinationCidrBlock"]: local },
      ...{ GatewayId: "local", State: "active" },
    })),
    ...some,
  ]);

const carriers = (vpc: "a" | "b") =>
  fc.record({
    groups: fc.oneof(
      { weight: 9, arbitrary: fc.subarray(GROUPS[vpc], { minLength: 1 }) },
      { weight: 1, arbitrary: fc.constant<string[]>([]) },
    ),
    hasPublicAddress: fc.boolean(),
    hasIpv6: fc.boolean(),
  });

export const accounts: fc.Arbitrary<Snapshot> = fc
  .record({
    interfaces: fc.tuple(...HOST_NAMES.map((name) => carriers(SUBNETS[HOSTS[name].subnet].vpc))),
    rules: fc.array(fc.record({ inbound, outbound }), { minLength: ALL_GROUPS.length, maxLength: ALL_GROUPS.length }),
    acls: fc.tuple(entries, entries, entries),
    aclOf: fc.record({ a1: fc.constantFrom(0, 1), a2: fc.constantFrom(0, 1), b1: fc.constant(2) }),
    tables: fc.tuple(routes("a"), routes("a"), routes("b"), routes("b")),
    own: fc.record({ a1: fc.boolean(), a2: fc.boolean(), b1: fc.boolean() }),
    listed: fc.uniqueArray(fc.constantFrom(...IPV4), { maxLength: 3 }),
  })
  .map(({ interfaces, rules, acls, aclOf, tables, own, listed }) => {
    const secure = secureSnapshot();
    const subnets = Object.entries(SUBNETS).map(([name, subnet]) => ({ name: name as SubnetName, ...subnet }));
    const table = (id: string, vpc: string, Routes: object[], Associations: object[]) => ({
      ...{ RouteTableId: id, VpcId: `vpc-${vpc}`, Routes, Associations },
    });
    const associated = (vpc: string) =>
      subnets.filter((one) => own[one.name] && one.vpc === vpc).map(({ name }) => ({ SubnetId: `subnet-${name}` }));
    return SNAPSHOT.parse({
      ...secure,
      ec2: {
        ...secure.ec2,
        Vpcs: Object.entries(VPCS).map(([name, [CidrBlock, Ipv6CidrBlock]]) => ({
          ...{ VpcId: `vpc-${name}`, CidrBlock, OwnerId: secure.account_id },
          Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock }],
        })),
        Subnets: subnets.map(({ name, vpc, blocks: [CidrBlock, Ipv6CidrBlock] }) => ({
          ...{ SubnetId: `subnet-${name}`, VpcId: `vpc-${vpc}`, CidrBlock, AvailabilityZone: "us-east-1a" },
          ...{ OwnerId: secure.account_id, Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock }] },
        })),
        InternetGateways: [{ InternetGatewayId: "igw-1", Attachments: [{ VpcId: "vpc-a", State: "available" }] }],
        NatGateways: [{ NatGatewayId: "nat-1", VpcId: "vpc-a", State: "available", ConnectivityType: "public" }],
        VpcPeeringConnections: [
          {
            ...{ VpcPeeringConnectionId: "pcx-1", Status: { Code: "active" } },
            RequesterVpcInfo: { VpcId: "vpc-a", OwnerId: secure.account_id, Region: secure.region },
            AccepterVpcInfo: { VpcId: "vpc-b", OwnerId: secure.account_id, Region: secure.region },
          },
        ],
        RouteTables: [
          table("rtb-a", "a", tables[0], [{ Main: true }]),
          table("rtb-a-own", "a", tables[1], associated("a")),
          table("rtb-b", "b", tables[2], [{ Main: true }]),
          table("rtb-b-own", "b", tables[3], associated("b")),
        ],
        NetworkAcls: acls.map((Entries, index) => ({
          ...{ NetworkAclId: `acl-${index}`, VpcId: index === 2 ? "vpc-b" : "vpc-a", Entries },
          Associations: subnets
            .filter(({ name }) => aclOf[name] === index)
            .map(({ name }) => ({ SubnetId: `subnet-${name}` })),
        })),
        PrefixLists: [{ PrefixListId: "pl-1", Entries: listed.map((Cidr) => ({ Cidr })) }],
        SecurityGroups: Object.entries(GROUPS).flatMap(([vpc, ids]) =>
          ids.map((GroupId) => ({ GroupId, GroupName: GroupId, VpcId: `vpc-${vpc}`, OwnerId: secure.account_id })),
        ),
        SecurityGroupRules: ALL_GROUPS.flatMap((GroupId, group) =>
          (["inbound", "outbound"] as const).flatMap((direction) =>
            (rules[group]?.[direction] ?? []).map(([ports, other], index) => ({
              ...{ SecurityGroupRuleId: `sgr-${group}-${direction}-${index}`, GroupId, ...ports },
              ...(other === SELF ? { ReferencedGroupInfo: { GroupId } } : other),
              IsEgress: direction === "outbound",
            })),
          ),
        ),
        NetworkInterfaces: HOST_NAMES.map((name, index) => {
          const { subnet, addresses, publicAddress } = HOSTS[name];
          const { groups = [], hasPublicAddress = false, hasIpv6 = false } = interfaces[index] ?? {};
          const [PrivateIpAddress, ...more] = addresses.filter((address) => !address.includes(":"));
          return {
            ...{ NetworkInterfaceId: `eni-${name}`, SubnetId: `subnet-${subnet}`, VpcId: `vpc-${SUBNETS[subnet].vpc}` },
            ...{ PrivateIpAddress, OwnerId: secure.account_id, InterfaceType: "interface" },
            PrivateIpAddresses: [PrivateIpAddress, ...more].map((one) => ({ PrivateIpAddress: one })),
            Ipv6Addresses: addresses
              .filter((address) => hasIpv6 && address.includes(":"))
              .map((Ipv6Address) => ({ Ipv6Address })),
            Groups: groups.map((GroupId) => ({ GroupId, GroupName: GroupId })),
            ...(hasPublicAddress && SUBNETS[subnet].vpc === "a" ? { Association: { PublicIp: publicAddress } } : {}),
          };
        }),
      },
    });
  });
