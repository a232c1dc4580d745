import { SNAPSHOT } from "../../account/snapshot";
import { AddressSet } from "../../model/network/addresses";
import { network } from "../../model/network/network";
import { add, type Operation, patched, replace } from "../audit/support/patch";
import { groupId, ingress, networkInterface, secureSnapshot } from "../audit/support/secure";

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
  return judgedAt(80, ...operations);
}

function judgedAt(port: number, ...operations: Operation[]) {
  const snapshot = SNAPSHOT.parse(patched(secureSnapshot(), operations));
  const named = (prefix: string) =>
    (snapshot.ec2?.NetworkInterfaces ?? []).filter((one) => one.NetworkInterfaceId.startsWith(`eni-${prefix}`));
  const { ways, locks, unknowns } = network.networkOf(snapshot, {
    ...{ application: named("app"), ports: [port], node: named("node") },
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
  ])("%s is a way for the addresses behind it, and who is there is not known", (kind, target) => {
    const route = add(ROUTES, { DestinationCidrBlock: "10.9.0.0/16", State: "active", ...target });
    const found = judged(route, admits({ CidrIpv4: "10.9.1.0/24" }));
    expect(found.kinds).toEqual([kind, kind]);
    expect(found.ways).toEqual([expect.stringContaining("? > app1"), expect.stringContaining("? > app2")]);
    expect(found.states).toEqual(["open", "open", "open"]);
    const blackhole = add(ROUTES, { DestinationCidrBlock: "10.9.0.0/16", ...target, State: "blackhole" });
    expect(judged(blackhole, admits({ CidrIpv4: "10.9.1.0/24" })).kinds).toEqual([]);
  });

  test("a VPN connection is somebody's network", () => {
    const vpn = add("/ec2/VpnConnections/-", { VpnConnectionId: "vpn-1", VpnGatewayId: "vgw-1", State: "available" });
    const route = add(ROUTES, { DestinationCidrBlock: "10.9.0.0/16", GatewayId: "vgw-1", State: "active" });
    expect(judged(vpn, route, admits({ CidrIpv4: "10.9.1.0/24" })).ways).toEqual(["vgw-1 > app1", "vgw-1 > app2"]);
  });

  test("a route that nobody knows is unknown", () => {
    const route = add(ROUTES, { DestinationCidrBlock: "10.9.0.0/16", State: "active", OdbNetworkArn: "arn:aws:odb:x" });
    const found = judged(route, admits({ CidrIpv4: "10.9.1.0/24" }));
    expect(found.ways).toEqual([expect.stringContaining("? > app1"), expect.stringContaining("? > app2")]);
    expect(found.states[2]).toBe("unknown");
  });

  test("a route of the same prefix may decide, too", () => {
    const vpn = add("/ec2/VpnConnections/-", { VpnConnectionId: "vpn-1", VpnGatewayId: "vgw-1", State: "available" });
    const routes = [{ NatGatewayId: "nat-1" }, { GatewayId: "vgw-1" }].map((target) =>
      add(ROUTES, { DestinationCidrBlock: "10.9.0.0/16", State: "active", ...target }),
    );
    expect(judged(vpn, ...routes, admits({ CidrIpv4: "10.9.1.0/24" })).kinds).toEqual(["vpn", "vpn"]);
  });

  test("the longest prefix decides", () => {
    const wide = add(ROUTES, { DestinationCidrBlock: "10.9.0.0/16", TransitGatewayId: "tgw-1", State: "active" });
    const narrow = add(ROUTES, { DestinationCidrBlock: "10.9.1.0/24", State: "blackhole", TransitGatewayId: "tgw-2" });
    expect(judged(wide, narrow, admits({ CidrIpv4: "10.9.1.0/24" })).kinds).toEqual([]);
  });

  test("an appliance, an unread list, and a missing table are unknown", () => {
    const appliance = { DestinationCidrBlock: "10.9.0.0/16", NetworkInterfaceId: "eni-firewall", State: "active" };
    const list = { DestinationPrefixListId: "pl-elsewhere", TransitGatewayId: "tgw-1", State: "active" };
    const endpoint = { DestinationCidrBlock: "10.9.0.0/16", GatewayId: "vpce-1", State: "active" };
    for (const change of [
      add(ROUTES, appliance),
      add(ROUTES, endpoint),
      add(ROUTES, list),
      replace("/ec2/RouteTables/0/Associations", []),
      replace("/ec2/RouteTables/0/Routes", undefined),
    ]) {
      const found = judged(change, admits({ CidrIpv4: "10.9.1.0/24" }));
      expect(found.ways).toEqual([expect.stringContaining("? > app1"), expect.stringContaining("? > app2")]);
      expect(found.states[2]).toBe("unknown");
    }
  });
});

describe("what this account does not see", () => {
  const unreadList = [
    add("/ec2/PrefixLists/-", { PrefixListId: "pl-x", Entries: [] }),
    add(UNREAD, { action: "ec2:GetManagedPrefixListEntries", resource: "pl-x", error: "AccessDenied" }),
  ];
  const uncertain = [expect.stringContaining("? > app1"), expect.stringContaining("? > app2")];

  test("a prefix list whose entries could not be read is not empty", () => {
    const found = judged(...unreadList, admits({ PrefixListId: "pl-x" }));
    expect([found.ways, found.states[0]]).toEqual([uncertain, "unknown"]);
    const route = { DestinationPrefixListId: "pl-x", TransitGatewayId: "tgw-1", State: "active" };
    const routed = judged(...unreadList, add(ROUTES, route), admits({ CidrIpv4: "10.9.1.0/24" }));
    expect([routed.ways, routed.states[2]]).toEqual([uncertain, "unknown"]);
    const read = add("/ec2/PrefixLists/-", { PrefixListId: "pl-y", Entries: [] });
    expect(judged(...unreadList, read, admits({ PrefixListId: "pl-y" }))).toMatchObject({ ways: [] });
  });

  test.each([
    ["the VPC", replace("/ec2/Vpcs/0/OwnerId", "210987654321")],
    ["a subnet", replace("/ec2/Subnets/0/OwnerId", "210987654321")],
  ])("%s of another account has interfaces that are not visible", (_, foreign) => {
    const found = judged(foreign, admits({ CidrIpv4: "10.0.77.0/24" }));
    expect(found.ways).toEqual(uncertain);
    // In the node's subnets, too.
    expect(judged(foreign, admits({ CidrIpv4: "10.0.2.0/24" })).ways).toEqual(uncertain);
    expect(judged(foreign, admits({ CidrIpv4: "10.0.2.4/32" }))).toMatchObject({
      ways: [],
      states: ["closed", "open", "closed"],
    });
    const own = (egress: boolean) => entry(1, "allow", egress, "10.0.2.4/32", { Protocol: "-1" });
    expect(judged(foreign, replace(`${ACL}/Entries`, [own(false), own(true)])).states[1]).toBe("unknown");
    expect(judged(replace("/ec2/Vpcs/0/OwnerId", "123456789012"), admits({ CidrIpv4: "10.0.77.0/24" })).ways).toEqual(
      [],
    );
  });

  test("a VPC that is not in the snapshot may have more interfaces", () => {
    expect(judged(replace("/ec2/Vpcs", []), admits({ CidrIpv4: "10.0.2.0/24" })).ways).not.toEqual([]);
  });

  test("a security group that another account shares may be on its interfaces", () => {
    const shared = replace("/ec2/SecurityGroups/1/OwnerId", "210987654321");
    expect(judged(shared)).toMatchObject({ ways: uncertain, states: ["unknown", "open", "closed"] });
  });

  test("a security group of the application that is not in the snapshot may admit anybody", () => {
    const elsewhere = add(`${INTERFACES}/0/Groups/-`, { GroupId: "sg-elsewhere" });
    expect(judged(elsewhere)).toMatchObject({ ways: ["sg-elsewhere? > app1"], states: ["unknown", "open", "closed"] });
    const shared = [
      elsewhere,
      add("/ec2/SecurityGroups/-", { GroupId: "sg-elsewhere", GroupName: "shared", OwnerId: "210987654321" }),
    ];
    expect(judged(...shared).ways).toEqual(["sg-elsewhere? > app1"]);
    expect(judged(...shared, add(RULES, { ...ingress("s", "app", {}, 443), GroupId: "sg-elsewhere" })).ways).toEqual(
      [],
    );
  });

  test("a security group of a source that is not in the snapshot may let it out", () => {
    const groups = replace(`${INTERFACES}/5/Groups`, [{ GroupId: "sg-elsewhere" }]);
    expect(judged(groups, admits({ CidrIpv4: "10.0.20.0/24" })).ways).toEqual([
      "eni-other? > app1",
      "eni-other? > app2",
    ]);
  });

  test("a protocol that nobody knows may be TCP", () => {
    expect(judged(admits({ CidrIpv4: "10.0.20.0/24", IpProtocol: "new" })).ways).toHaveLength(2);
    expect(judged(admits({ CidrIpv4: "10.0.20.0/24", IpProtocol: "47" })).ways).toEqual([]);
    const both = (Protocol: string, action: "allow" | "deny") =>
      [false, true].map((egress) => entry(10, action, egress, "0.0.0.0/0", { Protocol }));
    const ways = (...entries: object[]) =>
      judged(admits({ CidrIpv4: "10.0.20.0/24" }), replace(`${ACL}/Entries`, entries)).ways;
    expect(ways(...both("new", "allow"))).toHaveLength(2);
    expect(
      ways(...both("new", "deny"), ...both("-1", "allow").map((one) => ({ ...one, RuleNumber: 20 }))),
    ).toHaveLength(2);
  });

  test("addresses that are delegated to an interface are its own", () => {
    const pods = replace(`${INTERFACES}/5/Ipv4Prefixes`, [{ Ipv4Prefix: "10.0.77.0/28" }]);
    expect(judged(pods, admits({ CidrIpv4: "10.0.77.8/32" })).ways).toEqual(["eni-other > app1", "eni-other > app2"]);
    const six = replace(`${INTERFACES}/0/Ipv6Prefixes`, [{ Ipv6Prefix: "2001:db8::/80" }]);
    expect(judged(six, admits({ CidrIpv6: "::/0" })).kinds).toContain("internet");
  });
});

describe("peering", () => {
  const peerVpc = [
    add("/ec2/Vpcs/-", { VpcId: "vpc-peer", CidrBlock: "10.9.0.0/16" }),
    add("/ec2/Subnets/-", {
      SubnetId: "subnet-peer",
      VpcId: "vpc-peer",
      AvailabilityZone: "us-east-1a",
      CidrBlock: "10.9.1.0/24",
    }),
    add(`${ACL}/Associations/-`, { SubnetId: "subnet-peer" }),
    add("/ec2/RouteTables/-", {
      ...{ RouteTableId: "rtb-peer", VpcId: "vpc-peer", Associations: [{ Main: true }] },
      Routes: [
        { DestinationCidrBlock: "10.9.0.0/16", GatewayId: "local", State: "active" },
        { DestinationCidrBlock: "10.0.0.0/16", VpcPeeringConnectionId: "pcx-1", State: "active" },
      ],
    }),
    add(`${INTERFACES}/-`, {
      ...networkInterface("peer", "10.9.1.4", ["extra"]),
      VpcId: "vpc-peer",
      SubnetId: "subnet-peer",
    }),
  ];
  const connection = (AccepterVpcInfo: object) =>
    add("/ec2/VpcPeeringConnections/-", {
      ...{ VpcPeeringConnectionId: "pcx-1", RequesterVpcInfo: { VpcId: "vpc-0a1b2c3d" }, AccepterVpcInfo },
    });
  const route = add(ROUTES, { DestinationCidrBlock: "10.9.0.0/16", VpcPeeringConnectionId: "pcx-1", State: "active" });
  const office = admits({ CidrIpv4: "10.9.0.0/16" });

  test("an interface of a peer VPC is a way, and nothing else of a VPC that is visible", () => {
    const found = judged(...peerVpc, connection({ VpcId: "vpc-peer" }), route, office);
    expect([found.ways, found.kinds]).toEqual([
      ["eni-peer > app1", "eni-peer > app2"],
      ["peering", "peering"],
    ]);
    const nobody = admits({ CidrIpv4: "10.9.77.0/24" });
    expect(judged(...peerVpc, connection({ VpcId: "vpc-peer" }), route, nobody).ways).toEqual([]);
    const foreign = replace("/ec2/Vpcs/1/OwnerId", "210987654321");
    expect(judged(...peerVpc, foreign, connection({ VpcId: "vpc-peer" }), route, nobody).ways).toEqual([
      "pcx-1? > app1",
      "pcx-1? > app2",
    ]);
  });

  test("a connection with another VPC does not lead there", () => {
    const found = judged(...peerVpc, connection({ VpcId: "vpc-third" }), route, office);
    expect(found.ways).toEqual(["pcx-1? > app1", "pcx-1? > app2"]);
  });

  const withIpv6 = [
    add(`${INTERFACES}/0/Ipv6Addresses`, [{ Ipv6Address: "2001:db8:a::4" }]),
    add(`${INTERFACES}/6/Ipv6Addresses`, [{ Ipv6Address: "2001:db8:b::4" }]),
  ];
  const back = (block: object) =>
    replace("/ec2/RouteTables/1/Routes/1", { ...block, VpcPeeringConnectionId: "pcx-1", State: "active" });

  test("requests over IPv4 do not get replies over IPv6", () => {
    const both = [...peerVpc, ...withIpv6, connection({ VpcId: "vpc-peer" }), route, office];
    expect(judged(...both).ways).toContain("eni-peer > app1");
    expect(judged(...both, back({ DestinationIpv6CidrBlock: "2001:db8:a::/64" })).ways).toEqual([]);
  });

  test("a rule that admits one address, and a route to another one, make no way", () => {
    const two = [...peerVpc, connection({ VpcId: "vpc-peer" }), route, admits({ CidrIpv4: "10.9.1.5/32" })];
    const second = add(`${INTERFACES}/6/PrivateIpAddresses`, [{ PrivateIpAddress: "10.9.1.5" }]);
    expect(judged(...two, second).ways).toContain("eni-peer > app1");
    const narrow = { DestinationCidrBlock: "10.9.1.4/32", VpcPeeringConnectionId: "pcx-1", State: "active" };
    const last = secureSnapshot().ec2?.RouteTables[0]?.Routes?.length;
    expect(judged(...two, second, replace(`/ec2/RouteTables/0/Routes/${last}`, narrow)).ways).toEqual([]);
  });

  test("the internet does not carry private addresses between VPCs", () => {
    const internet = { DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-2", State: "active" };
    expect(judged(...peerVpc, replace("/ec2/RouteTables/1/Routes/1", internet), office).ways).toEqual([]);
  });
});

describe("who opens connections", () => {
  const inNodeSubnet = (InterfaceType: string) =>
    add(`${INTERFACES}/-`, networkInterface("managed", "10.0.2.200", [], { InterfaceType }));
  const subnet = admits({ CidrIpv4: "10.0.2.0/24" });
  const carriers = ["eni-managed > app1", "eni-managed > app2"];

  test.each([
    ["nat_gateway", []],
    ["vpc_endpoint", []],
    ["ec2_instance_connect_endpoint", []],
    ["a type of tomorrow", carriers],
  ])("%s", (type, ways) => {
    expect(judged(inNodeSubnet(type), subnet)).toMatchObject({
      ...{ ways, states: [ways.length === 0 ? "closed" : "open", "open", "closed"] },
    });
  });

  test("a NAT gateway does for those whose routes lead through it", () => {
    const through = (more: object) =>
      add("/ec2/RouteTables/-", {
        ...{ RouteTableId: "rtb-other", VpcId: "vpc-0a1b2c3d", Associations: [{ SubnetId: "subnet-other-20" }] },
        Routes: [
          { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active" },
          { NatGatewayId: "nat-1", State: "active", ...more },
        ],
      });
    expect(judged(inNodeSubnet("nat_gateway"), subnet, through({ DestinationCidrBlock: "0.0.0.0/0" })).ways).toEqual(
      [],
    );
    for (const more of [{ DestinationCidrBlock: "10.0.10.0/23" }, { DestinationPrefixListId: "pl-not-read" }])
      expect(judged(inNodeSubnet("nat_gateway"), subnet, through(more)).ways).toEqual(carriers);
    const foreign = replace("/ec2/Vpcs/0/OwnerId", "210987654321");
    expect(judged(inNodeSubnet("nat_gateway"), subnet, foreign).ways).toEqual(expect.arrayContaining(carriers));
  });

  test("an Instance Connect endpoint reaches ports 22 and 3389", () => {
    const endpoint = add("/ec2/InstanceConnectEndpoints/-", {
      ...{ InstanceConnectEndpointId: "eice-1", VpcId: "vpc-0a1b2c3d" },
    });
    const partner = admits({ CidrIpv4: "203.0.113.0/24", FromPort: 0, ToPort: 65_535 });
    expect(judged(endpoint, partner).ways).toEqual([]);
    expect(judgedAt(22, endpoint, partner).ways).toEqual(["eice-1? > app1", "eice-1? > app2"]);
  });

  test("a NAT gateway that only the node uses is the node", () => {
    const nat = [
      add(`${INTERFACES}/-`, networkInterface("nat", "10.0.2.200", [], { InterfaceType: "nat_gateway" })),
      add("/ec2/NatGateways/-", { NatGatewayId: "nat-1", NatGatewayAddresses: [{ NetworkInterfaceId: "eni-nat" }] }),
      add("/ec2/Addresses/-", { PublicIp: "198.51.100.9", NetworkInterfaceId: "eni-nat" }),
      admits({ CidrIpv4: "198.51.100.9/32" }),
      publicAddress,
    ];
    const used = (...subnets: string[]) =>
      add("/ec2/RouteTables/-", {
        ...{ RouteTableId: "rtb-nat", VpcId: "vpc-0a1b2c3d", Associations: subnets.map((SubnetId) => ({ SubnetId })) },
        Routes: [{ DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1", State: "active" }],
      });
    // In subnet-node-2 is the NAT gateway itself.
    expect(judged(...nat, used("subnet-node-3"))).toMatchObject({ ways: [], states: ["closed", "open", "open"] });
    expect(judged(...nat, used("subnet-node-3", "subnet-other-20")).ways).toEqual(["198.51.100.9/32 > app1"]);
    expect(judged(...nat, used()).ways).toEqual(["198.51.100.9/32 > app1"]);
    const denied = { action: "ec2:DescribeNatGateways", resource: null, error: "AccessDenied" };
    expect(judged(...nat, replace("/ec2/NatGateways", []), add(UNREAD, denied), used("subnet-node-3")).ways).toEqual([
      "198.51.100.9/32 > app1",
    ]);
  });

  test("the node's Elastic IP address is the node", () => {
    const elastic = add("/ec2/Addresses/-", { PublicIp: "198.51.100.8", NetworkInterfaceId: "eni-node1" });
    const found = judged(publicAddress, elastic, admits({ CidrIpv4: "198.51.100.8/32" }));
    expect([found.ways, found.states[0]]).toEqual([[], "closed"]);
    expect(judged(publicAddress, elastic, admits({ CidrIpv4: "198.51.100.8/31" })).kinds).toEqual(["internet"]);
  });

  test("what an internet gateway sends through an appliance may not arrive", () => {
    const edge = (Routes: object[]) =>
      add("/ec2/RouteTables/-", {
        ...{ RouteTableId: "rtb-edge", VpcId: "vpc-0a1b2c3d", Associations: [{ GatewayId: "igw-1" }], Routes },
      });
    const world = [publicAddress, admits({ CidrIpv4: "203.0.113.0/24" })];
    const firewall = { DestinationCidrBlock: "10.0.10.0/24", GatewayId: "vpce-1", State: "active" };
    expect(judged(...world, edge([firewall])).ways).toEqual(["203.0.113.0/24? > app1"]);
    const local = { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active" };
    expect(judged(...world, edge([local])).ways).toEqual(["203.0.113.0/24 > app1"]);
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
    "fe80::1%eth0/64",
  ])("%s is refused", (text) => {
    expect(() => AddressSet.of(text)).toThrow(text);
  });
});
