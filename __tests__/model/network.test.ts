import { SNAPSHOT } from "../../account/snapshot";
import { AddressSet } from "../../model/network/addresses";
import { network } from "../../model/network/network";
import { add, type Operation, patched, replace } from "../audit/support/patch";
import { from, groupId, ingress, networkInterface, secureSnapshot, VPC } from "../audit/support/secure";

const RULES = "/ec2/SecurityGroupRules/-";
const ROUTES = "/ec2/RouteTables/0/Routes/-";
const ACL = "/ec2/NetworkAcls/0";
const INTERFACES = "/ec2/NetworkInterfaces";
const UNREAD = "/unread/-";
const admits = (peer: object) => add(RULES, ingress("test", "app", peer));
const publicAddress = replace(`${INTERFACES}/0/Association`, { PublicIp: "198.51.100.7" });
const entry = (
  RuleNumber: number,
  RuleAction: "allow" | "deny",
  Egress: boolean,
  CidrBlock: string,
  more: object = {},
) => ({
  ...{ RuleNumber, RuleAction, Egress, Protocol: "6", CidrBlock, ...more },
});

/** What the network says about the application of the secure account with changes. */
function judged(...operations: Operation[]) {
  const snapshot = SNAPSHOT.parse(patched(secureSnapshot(), operations));
  const named = (prefix: string) =>
    (snapshot.ec2?.NetworkInterfaces ?? []).filter((one) => one.NetworkInterfaceId.startsWith(`eni-${prefix}`));
  const { ways, locks, unknowns } = network.networkOf(snapshot, {
    ...{ application: named("app"), ports: [80], node: named("node") },
  });
  const words = ways.map(
    ({ source, destination, certain }) =>
      `${source.resource ?? source.addresses.join(" ")}${certain ? "" : "?"} > ${destination.NetworkInterfaceId.slice(4)}`,
  );
  return {
    ...{ ways: words, kinds: ways.map(({ source }) => source.kind), unknowns: unknowns.length, locks },
    states: [locks.security_group.state, locks.network_acl.state, locks.route.state],
    facts: ways.map(({ facts }) => facts.map(({ resource }) => resource)),
  };
}

test("nothing but the node is admitted", () => {
  expect(judged()).toMatchObject({ ways: [], states: ["closed", "open", "closed"], unknowns: 0 });
});

describe("security groups", () => {
  test("an address of the VPC is a way for the interface that has it, and for no other", () => {
    const found = judged(admits({ CidrIpv4: "10.0.20.0/24" }));
    expect(found.ways).toEqual(["eni-other > app1", "eni-other > app2"]);
    expect(found.facts[0]).toEqual(["sgr-out-other", "sgr-test", "acl-main", "acl-main"]);
    expect(found.states[0]).toBe("open");
  });

  test("an address that nobody has is no way, but leaves the lock open", () => {
    expect(judged(admits({ CidrIpv4: "10.0.77.0/24" }))).toMatchObject({
      ways: [],
      states: ["open", "open", "closed"],
    });
  });

  test("the subnets of the node are the node", () => {
    expect(judged(admits({ CidrIpv4: "10.0.2.0/24" }))).toMatchObject({
      ways: [],
      states: ["closed", "open", "closed"],
    });
    expect(judged(admits({ CidrIpv4: "10.0.0.0/22" })).states[0]).toBe("open");
  });

  test("somebody else in the subnets of the node is a way", () => {
    const neighbor = add(`${INTERFACES}/-`, networkInterface("neighbor", "10.0.2.9", ["extra"]));
    const found = judged(neighbor, admits({ CidrIpv4: "10.0.2.0/24" }));
    expect(found.ways).toEqual(["eni-neighbor > app1", "eni-neighbor > app2"]);
    expect(found.states[0]).toBe("open");
  });

  test.each([
    ["another port", { FromPort: 81, ToPort: 90 }, false],
    ["a range", { FromPort: 70, ToPort: 90 }, true],
    ["everything", { IpProtocol: "-1", FromPort: undefined, ToPort: undefined }, true],
    ["UDP", { IpProtocol: "udp" }, false],
  ])("%s", (_, change, open) => {
    expect(judged(admits({ CidrIpv4: "10.0.20.0/24", ...change })).ways).toHaveLength(open ? 2 : 0);
  });

  test("an outbound rule of the source is needed", () => {
    const index = secureSnapshot().ec2?.SecurityGroupRules.findIndex(
      (one) => one.SecurityGroupRuleId === "sgr-out-other",
    );
    const https = { ...ingress("out", "other", { CidrIpv4: "0.0.0.0/0", IsEgress: true }, 443) };
    expect(
      judged(replace(`/ec2/SecurityGroupRules/${index}`, https), admits({ CidrIpv4: "10.0.20.0/24" })).ways,
    ).toEqual([]);
  });

  test("an interface without groups admits everything", () => {
    expect(judged(replace(`${INTERFACES}/0/Groups`, [])).ways).toContain("eni-other > app1");
  });

  test("a group that is not in the snapshot, and a list that was not read, are unknown", () => {
    for (const peer of [{ ReferencedGroupInfo: { GroupId: "sg-elsewhere" } }, { PrefixListId: "pl-elsewhere" }]) {
      const found = judged(admits(peer));
      expect(found.ways).toEqual([expect.stringContaining("? > app1"), expect.stringContaining("? > app2")]);
      expect(found.states[0]).toBe("unknown");
    }
  });
});

describe("network ACLs", () => {
  const other = admits({ CidrIpv4: "10.0.20.0/24" });
  const ways = (...entries: object[]) => judged(other, replace(`${ACL}/Entries`, entries)).ways.length;
  const all = (egress: boolean) => entry(100, "allow", egress, "0.0.0.0/0", { Protocol: "-1" });

  test("the entry with the lowest number decides", () => {
    expect(ways(all(false), all(true))).toBe(2);
    expect(ways(entry(90, "deny", false, "10.0.20.0/24"), all(false), all(true))).toBe(0);
    expect(ways(entry(110, "deny", false, "10.0.20.0/24"), all(false), all(true))).toBe(2);
  });

  test("replies must pass, to any port of the client", () => {
    expect(ways(all(false))).toBe(0);
    const replies = { PortRange: { From: 60_000, To: 60_001 } };
    expect(ways(all(false), entry(10, "allow", true, "0.0.0.0/0", replies))).toBe(0);
    const requests = { PortRange: { From: 80, To: 80 } };
    expect(
      ways(all(false), entry(10, "allow", true, "0.0.0.0/0", replies), entry(20, "allow", true, "0.0.0.0/0", requests)),
    ).toBe(2);
  });

  test("entries about other ports and protocols do not matter", () => {
    expect(
      ways(entry(10, "deny", false, "0.0.0.0/0", { PortRange: { From: 443, To: 443 } }), all(false), all(true)),
    ).toBe(2);
    expect(ways(entry(10, "deny", false, "0.0.0.0/0", { Protocol: "17" }), all(false), all(true))).toBe(2);
  });

  test("inside of a subnet it filters nothing", () => {
    const neighbor = add(`${INTERFACES}/-`, networkInterface("neighbor", "10.0.10.9", ["extra"]));
    const found = judged(neighbor, admits({ CidrIpv4: "10.0.10.0/24" }), replace(`${ACL}/Entries`, []));
    expect(found.ways).toContain("eni-neighbor > app1");
    expect(found.states[1]).toBe("open");
  });

  test("holds by itself if it admits only the subnets of the node", () => {
    const own = (egress: boolean) =>
      ["10.0.2.0/24", "10.0.3.0/24"].map((block, index) =>
        entry(index + 1, "allow", egress, block, { Protocol: "-1" }),
      );
    expect(judged(replace(`${ACL}/Entries`, [...own(false), ...own(true)])).states[1]).toBe("closed");
  });

  test("one that is not in the snapshot is unknown", () => {
    const found = judged(replace(`${ACL}/Associations`, []), other);
    expect(found.ways).toEqual(["eni-other? > app1", "eni-other? > app2"]);
    expect(found.states[1]).toBe("unknown");
  });
});

describe("routes", () => {
  const world = admits({ CidrIpv4: "0.0.0.0/0" });

  test("the internet needs a public address", () => {
    expect(judged(world).kinds).not.toContain("internet");
    const found = judged(world, publicAddress);
    expect(found.kinds).toContain("internet");
    expect(found.states).toEqual(["open", "open", "open"]);
    const elastic = add("/ec2/Addresses/-", { PublicIp: "198.51.100.7", NetworkInterfaceId: "eni-app1" });
    expect(judged(world, elastic).kinds).toContain("internet");
  });

  test("the internet needs a route, and IPv6 its own", () => {
    const six = add(`${INTERFACES}/0/Ipv6Addresses`, [{ Ipv6Address: "2001:db8::1" }]);
    const admitsSix = admits({ CidrIpv6: "::/0" });
    expect(judged(admitsSix, six).kinds).toContain("internet");
    const outbound = { DestinationIpv6CidrBlock: "::/0", EgressOnlyInternetGatewayId: "eigw-1", State: "active" };
    expect(judged(admitsSix, six, replace("/ec2/RouteTables/0/Routes/2", outbound)).kinds).not.toContain("internet");
    const nat = { DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1", State: "active" };
    expect(judged(world, publicAddress, replace("/ec2/RouteTables/0/Routes/1", nat)).kinds).not.toContain("internet");
  });

  test.each([
    ["peering", { VpcPeeringConnectionId: "pcx-1" }],
    ["transit-gateway", { TransitGatewayId: "tgw-1" }],
    ["vpn", { GatewayId: "vgw-1" }],
  ])("%s is a way for the addresses behind it", (kind, target) => {
    const route = add(ROUTES, { DestinationCidrBlock: "10.9.0.0/16", State: "active", ...target });
    const found = judged(route, admits({ CidrIpv4: "10.9.1.0/24" }));
    expect(found.kinds).toEqual([kind, kind]);
    expect(found.states).toEqual(["open", "open", "open"]);
    const blackhole = add(ROUTES, { DestinationCidrBlock: "10.9.0.0/16", ...target, State: "blackhole" });
    expect(judged(blackhole, admits({ CidrIpv4: "10.9.1.0/24" })).kinds).toEqual([]);
  });

  test("the longest prefix decides", () => {
    const wide = add(ROUTES, { DestinationCidrBlock: "10.9.0.0/16", TransitGatewayId: "tgw-1", State: "active" });
    const narrow = add(ROUTES, { DestinationCidrBlock: "10.9.1.0/24", State: "blackhole", TransitGatewayId: "tgw-2" });
    expect(judged(wide, narrow, admits({ CidrIpv4: "10.9.1.0/24" })).kinds).toEqual([]);
  });

  test("an appliance, an unread list, and a missing table are unknown", () => {
    const appliance = { DestinationCidrBlock: "10.9.0.0/16", NetworkInterfaceId: "eni-firewall", State: "active" };
    const list = { DestinationPrefixListId: "pl-elsewhere", TransitGatewayId: "tgw-1", State: "active" };
    for (const change of [add(ROUTES, appliance), add(ROUTES, list), replace("/ec2/RouteTables/0/Associations", [])]) {
      const found = judged(change, admits({ CidrIpv4: "10.9.1.0/24" }));
      expect(found.ways).toEqual([expect.stringContaining("? > app1"), expect.stringContaining("? > app2")]);
      expect(found.states[2]).toBe("unknown");
    }
  });
});

/** None of these is a pass, and none is certain. */
describe("what the snapshot does not say", () => {
  const route = (destination: object, target: object) => add(ROUTES, { ...destination, ...target, State: "active" });
  const office = { DestinationCidrBlock: "10.9.0.0/16" };
  const admitsOffice = admits({ CidrIpv4: "10.9.0.0/16" });
  const deniedList = [
    add("/ec2/PrefixLists/-", { PrefixListId: "pl-x", Entries: [] }),
    add(UNREAD, { action: "ec2:GetManagedPrefixListEntries", resource: "pl-x", error: "AccessDenied" }),
  ];
  const ownedBy = (OwnerId: string) => replace("/ec2/Vpcs/0/OwnerId", OwnerId);
  const peering = (VpcId: string) =>
    add("/ec2/VpcPeeringConnections/-", {
      ...{ VpcPeeringConnectionId: "pcx-1", RequesterVpcInfo: { VpcId: VPC }, AccepterVpcInfo: { VpcId } },
    });

  test.each<[string, Operation[]]>([
    ["a list in a rule whose entries were denied", [...deniedList, admits({ PrefixListId: "pl-x" })]],
    [
      "a list in a route whose entries were denied",
      [...deniedList, route({ DestinationPrefixListId: "pl-x" }, { TransitGatewayId: "tgw-1" }), admitsOffice],
    ],
    [
      "what is behind a Gateway Load Balancer endpoint",
      [route({ DestinationCidrBlock: "10.9.0.0/16" }, { GatewayId: "vpce-1" }), admitsOffice],
    ],
    [
      "what an appliance makes of traffic from the internet",
      [
        publicAddress,
        add("/ec2/RouteTables/-", {
          ...{ RouteTableId: "rtb-edge", VpcId: VPC, Associations: [{ GatewayId: "igw-1" }] },
          Routes: [{ DestinationCidrBlock: "10.0.10.0/24", GatewayId: "vpce-1", State: "active" }],
        }),
        admits({ CidrIpv4: "203.0.113.0/24" }),
      ],
    ],
    ["who else is in a VPC of another account", [ownedBy("210987654321"), admits({ CidrIpv4: "10.0.77.0/24" })]],
    [
      "who has a security group of another account",
      [replace("/ec2/SecurityGroups/1/OwnerId", "210987654321"), admits(from("node"))],
    ],
    ["a VPC that is not in the snapshot", [replace("/ec2/Vpcs", []), admits({ CidrIpv4: "10.0.77.0/24" })]],
    ["a peer VPC that is not in the snapshot", [route(office, { VpcPeeringConnectionId: "pcx-1" }), admitsOffice]],
    [
      "a peer VPC of another account",
      [peering("vpc-elsewhere"), route(office, { VpcPeeringConnectionId: "pcx-1" }), admitsOffice],
    ],
    ["the routes of a transit gateway", [route(office, { TransitGatewayId: "tgw-1" }), admitsOffice]],
    ["what comes in through a gateway without a VPN connection", [route(office, { GatewayId: "vgw-1" }), admitsOffice]],
    ["a target of a later version", [route(office, { LocalGatewayId: "lgw-1" }), admitsOffice]],
  ])("%s", (_, operations) => {
    const { ways } = judged(...operations);
    expect(ways).not.toEqual([]);
    expect(ways.filter((way) => !way.includes("? > "))).toEqual([]);
  });

  test("a gateway endpoint, whose route is by prefix list, lets nothing in", () => {
    const list = add("/ec2/PrefixLists/-", { PrefixListId: "pl-s3", Entries: [{ Cidr: "52.216.0.0/15" }] });
    const endpoint = route({ DestinationPrefixListId: "pl-s3" }, { GatewayId: "vpce-s3" });
    expect(judged(list, endpoint, publicAddress, admits({ CidrIpv4: "52.216.0.0/15" })).ways).toEqual([]);
  });

  test("a VPN connection is a certain way", () => {
    const connection = add("/ec2/VpnConnections/-", { VpnConnectionId: "vpn-1", VpnGatewayId: "vgw-1" });
    const found = judged(connection, route(office, { GatewayId: "vgw-1" }), admitsOffice);
    expect(found.ways).toEqual(["vgw-1 > app1", "vgw-1 > app2"]);
  });

  test("a subnet of the node in a VPC of another account may have others in it", () => {
    const { ways, states } = judged(ownedBy("210987654321"), admits({ CidrIpv4: "10.0.2.0/24" }));
    expect(ways).toEqual([expect.stringContaining("? > app1"), expect.stringContaining("? > app2")]);
    expect(states[0]).not.toBe("closed");
    expect(judged(ownedBy("123456789012"), admits({ CidrIpv4: "10.0.2.0/24" })).ways).toEqual([]);
  });

  describe("in a peer VPC that is in the snapshot", () => {
    const peer = [
      add("/ec2/Vpcs/-", { VpcId: "vpc-peer", CidrBlock: "10.9.0.0/16", OwnerId: "123456789012" }),
      add("/ec2/Subnets/-", { SubnetId: "subnet-peer", VpcId: "vpc-peer", AvailabilityZone: "us-east-1a" }),
      add("/ec2/NetworkAcls/0/Associations/-", { SubnetId: "subnet-peer" }),
      peering("vpc-peer"),
      route(office, { VpcPeeringConnectionId: "pcx-1" }),
    ];
    const carrier = add(`${INTERFACES}/-`, {
      ...networkInterface("peer", "10.9.0.4", ["extra"], { VpcId: "vpc-peer", SubnetId: "subnet-peer" }),
    });
    const back = (Route: object) =>
      add("/ec2/RouteTables/-", {
        ...{ RouteTableId: "rtb-peer", VpcId: "vpc-peer", Associations: [{ Main: true }] },
        Routes: [{ DestinationCidrBlock: "10.0.0.0/16", State: "active", ...Route }],
      });

    test("nobody has the address", () => {
      expect(judged(...peer, back({ VpcPeeringConnectionId: "pcx-1" }), admitsOffice).ways).toEqual([]);
    });

    test("somebody has it, and a way back", () => {
      const found = judged(...peer, carrier, back({ VpcPeeringConnectionId: "pcx-1" }), admitsOffice);
      expect(found.ways).toEqual(["eni-peer > app1", "eni-peer > app2"]);
    });

    test("somebody has it, and no way back: private addresses are not routed on the internet", () => {
      for (const target of [{ VpcPeeringConnectionId: "pcx-2", State: "blackhole" }, { GatewayId: "igw-2" }])
        expect(judged(...peer, carrier, back(target), admitsOffice).ways).toEqual([]);
    });

    test("somebody has it, and a way back over a transit gateway", () => {
      const found = judged(...peer, carrier, back({ TransitGatewayId: "tgw-1" }), admitsOffice);
      expect(found.ways).toEqual(["eni-peer? > app1", "eni-peer? > app2"]);
    });
  });
});

describe("who connects with an address", () => {
  const inNodeSubnet = admits({ CidrIpv4: "10.0.2.0/24" });
  const nat = [
    add(`${INTERFACES}/-`, networkInterface("nat", "10.0.2.200", [], { InterfaceType: "nat_gateway" })),
    add("/ec2/NatGateways/-", {
      NatGatewayId: "nat-1",
      NatGatewayAddresses: [{ NetworkInterfaceId: "eni-nat", PublicIp: "198.51.100.9" }],
    }),
    add("/ec2/Addresses/-", { PublicIp: "198.51.100.9", NetworkInterfaceId: "eni-nat" }),
  ];
  const tableOf = (name: string, destination: string, ...subnets: string[]) =>
    add("/ec2/RouteTables/-", {
      ...{ RouteTableId: `rtb-${name}`, VpcId: VPC, Associations: subnets.map((SubnetId) => ({ SubnetId })) },
      Routes: [
        { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active" },
        { DestinationCidrBlock: destination, NatGatewayId: "nat-1", State: "active" },
      ],
    });

  test("a pod with an address of a delegated prefix is its interface", () => {
    const prefix = add(`${INTERFACES}/5/Ipv4Prefixes`, [{ Ipv4Prefix: "10.0.77.0/28" }]);
    expect(judged(prefix, admits({ CidrIpv4: "10.0.77.4/32" })).ways).toEqual(["eni-other > app1", "eni-other > app2"]);
  });

  test("an interface endpoint only answers", () => {
    const endpoint = networkInterface("vpce", "10.0.2.201", ["extra"], { InterfaceType: "vpc_endpoint" });
    expect(judged(add(`${INTERFACES}/-`, endpoint), inNodeSubnet)).toMatchObject({
      ways: [],
      states: ["closed", "open", "closed"],
    });
  });

  test("a NAT gateway connects to nobody in its VPC", () => {
    expect(judged(...nat, inNodeSubnet)).toMatchObject({ ways: [], states: ["closed", "open", "closed"] });
  });

  test("a NAT gateway connects for a subnet whose route to the application leads through it", () => {
    const detour = tableOf("detour", "10.0.10.0/24", "subnet-other-20");
    expect(judged(...nat, detour, inNodeSubnet).ways).toEqual(["eni-nat > app1"]);
  });

  test("a NAT gateway whose routes are not known may connect for anybody", () => {
    const [carrier = add("", "")] = nat;
    expect(judged(carrier, inNodeSubnet).ways).toEqual(["eni-nat > app1", "eni-nat > app2"]);
  });

  test("the node's own public address is the node", () => {
    const elastic = replace(`${INTERFACES}/2/Association`, { PublicIp: "198.51.100.8" });
    expect(judged(publicAddress, elastic, admits({ CidrIpv4: "198.51.100.8/32" }))).toMatchObject({
      ways: [],
      states: ["closed", "open", "open"],
    });
  });

  test("a NAT gateway that only the node uses is the node", () => {
    const own = tableOf("node", "0.0.0.0/0", "subnet-node-2", "subnet-node-3");
    const admitsNat = admits({ CidrIpv4: "198.51.100.9/32" });
    expect(judged(publicAddress, ...nat, own, admitsNat)).toMatchObject({
      ways: [],
      states: ["closed", "open", "open"],
    });
    const shared = tableOf("node", "0.0.0.0/0", "subnet-node-2", "subnet-node-3", "subnet-other-20");
    expect(judged(publicAddress, ...nat, shared, admitsNat).ways).toEqual(["198.51.100.9/32 > app1"]);
  });
});

test.each([
  "ec2:DescribeSecurityGroupRules",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeAddresses",
])("without %s, nothing is closed", (action) => {
  const found = judged(add(UNREAD, { action, resource: null, error: "AccessDenied" }));
  expect(found.unknowns).toBe(1);
  expect(found.states).not.toContain("closed");
});

test("without EC2, everything is unknown", () => {
  expect(judged(replace("/ec2", null)).states).toEqual(["unknown", "unknown", "unknown"]);
});

/** Bit by bit, as the documentation of Amazon VPC says, and with nothing of the model. */
describe("random rules, against an evaluation of each packet", () => {
  const BLOCKS = [
    "0.0.0.0/0",
    "10.0.0.0/8",
    "0.0.0.0/0",
    "10.0.0.0/8",
    "10.0.20.0/24",
    "10.0.20.4/32",
    "10.0.10.0/24",
    "10.0.10.4/31",
    "10.0.16.0/20",
  ];
  const PORTS = [
    [0, 65_535],
    [80, 80],
    [1024, 65_535],
    [81, 1023],
    [79, 60_000],
  ] as const;
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const pick = <Item>(items: readonly Item[]) => items[random(items.length)] as Item;
  const number = (address: string) => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const inBlock = (address: string, block: string) => {
    const [first = "", length] = block.split("/");
    const size = 2 ** (32 - Number(length));
    return Math.floor(number(address) / size) === Math.floor(number(first) / size);
  };

  const randomEntry = (Egress: boolean, RuleNumber: number) => {
    const [From, To] = pick(PORTS);
    const Protocol = pick(["6", "-1", "-1", "17"]);
    return {
      RuleNumber,
      RuleAction: pick(["allow", "allow", "allow", "deny"]),
      Egress,
      Protocol,
      CidrBlock: pick(BLOCKS),
      ...(Protocol !== "-1" && { PortRange: { From, To } }),
    };
  };
  type Entry = ReturnType<typeof randomEntry>;
  const passes = (entries: Entry[], egress: boolean, address: string, port: number) =>
    entries
      .filter((one) => one.Egress === egress && ["6", "-1"].includes(one.Protocol) && inBlock(address, one.CidrBlock))
      .filter(
        (one) => !("PortRange" in one) || (port >= Number(one.PortRange?.From) && port <= Number(one.PortRange?.To)),
      )
      .sort((a, b) => a.RuleNumber - b.RuleNumber)[0]?.RuleAction === "allow";

  test("2,000 cases", () => {
    const [source, target] = ["10.0.20.4", "10.0.10.4"];
    const counts = { open: 0, closed: 0 };
    for (let round = 0; round < 2000; round++) {
      const entries = [false, true].flatMap((egress) =>
        Array.from({ length: 1 + random(4) }, (_, index) => randomEntry(egress, 10 * index + random(9))),
      );
      const [inbound, outbound] = [pick(BLOCKS), pick(BLOCKS)];
      const [from, to] = pick(PORTS);
      const index = secureSnapshot().ec2?.SecurityGroupRules.findIndex(
        (one) => one.SecurityGroupRuleId === "sgr-out-other",
      );
      const out = {
        SecurityGroupRuleId: "sgr-out-other",
        GroupId: groupId("other"),
        IsEgress: true,
        IpProtocol: "tcp",
        FromPort: from,
        ToPort: to,
        CidrIpv4: outbound,
      };
      const { ways } = judged(
        replace(`${ACL}/Entries`, entries),
        replace(`/ec2/SecurityGroupRules/${index}`, out),
        admits({ CidrIpv4: inbound }),
      );
      const groups = inBlock(source, inbound) && inBlock(target, outbound) && 80 >= from && 80 <= to;
      const request = passes(entries, true, target, 80) && passes(entries, false, source, 80);
      const reply = [1, 79, 80, 81, 1023, 1024, 60_000, 60_001, 65_535].some(
        (port) => passes(entries, true, source, port) && passes(entries, false, target, port),
      );
      const open = groups && request && reply;
      counts[open ? "open" : "closed"]++;
      if (ways.includes("eni-other > app1") !== open)
        throw new Error(JSON.stringify({ round, entries, inbound, outbound, from, to, ways, open }));
    }
    expect(Math.min(counts.open, counts.closed)).toBeGreaterThan(100);
  });
});

describe("sets of addresses", () => {
  test("are exact", () => {
    const set = AddressSet.of("10.0.0.0/8", "::/0").without(AddressSet.of("10.0.0.1/32", "2001:db8::/32"));
    expect(set.and(AddressSet.of("10.0.0.0/30")).blocks).toEqual(["10.0.0.0/32", "10.0.0.2/31"]);
    expect(set.and(AddressSet.of("2001:db8:1::/48")).isEmpty).toBe(true);
    expect(AddressSet.of("128.0.0.0/1", "0.0.0.0/1").blocks).toEqual(["0.0.0.0/0"]);
    expect(AddressSet.of("0.0.0.0/0").without(AddressSet.of("0.0.0.0/0")).isEmpty).toBe(true);
  });

  test.each([
    "1.2.3.4/33",
    "010.0.0.1/8",
    "1.2.3/24",
    "::/129",
    "10.0.0.0/",
    "10.0.0.0/-1",
    "10.0.0.0/8/8",
    "x",
    "0x7f.1/8",
    "1.2.3.4/032",
    "1.2.3.4/000",
    "::ffff:1.2.3.04/128",
    "fe80::1%eth0",
    " 10.0.0.0/8",
  ])("%s is refused", (text) => {
    expect(() => AddressSet.of(text)).toThrow(text);
  });
});
