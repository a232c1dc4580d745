import {
  DescribeAddressesCommand,
  DescribeClientVpnEndpointsCommand,
  DescribeClientVpnTargetNetworksCommand,
  DescribeEgressOnlyInternetGatewaysCommand,
  DescribeInstanceConnectEndpointsCommand,
  DescribeInternetGatewaysCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeTransitGatewayAttachmentsCommand,
  DescribeVpcEndpointServiceConfigurationsCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  DescribeVpnConnectionsCommand,
  DescribeVpnGatewaysCommand,
  EC2Client,
  GetManagedPrefixListEntriesCommand,
} from "@aws-sdk/client-ec2";
import * as z from "zod";
import * as schema from "../schema/ec2";
import { callsOf, Pages, Reader } from "./reader";

const call = callsOf<EC2Client>();
const pages: Pages = ["NextToken", "NextToken"];

export const CALLS = {
  vpcs: call({
    action: "ec2:DescribeVpcs",
    send: (ec2, input: object) => ec2.send(new DescribeVpcsCommand(input)),
    ...{ list: "Vpcs", item: schema.VPC, pages },
  }),
  subnets: call({
    action: "ec2:DescribeSubnets",
    send: (ec2, input: object) => ec2.send(new DescribeSubnetsCommand(input)),
    ...{ list: "Subnets", item: schema.SUBNET, pages },
  }),
  routeTables: call({
    action: "ec2:DescribeRouteTables",
    send: (ec2, input: object) => ec2.send(new DescribeRouteTablesCommand(input)),
    ...{ list: "RouteTables", item: schema.ROUTE_TABLE, pages },
  }),
  internetGateways: call({
    action: "ec2:DescribeInternetGateways",
    send: (ec2, input: object) => ec2.send(new DescribeInternetGatewaysCommand(input)),
    ...{ list: "InternetGateways", item: schema.INTERNET_GATEWAY, pages },
  }),
  egressOnlyInternetGateways: call({
    action: "ec2:DescribeEgressOnlyInternetGateways",
    send: (ec2, input: object) => ec2.send(new DescribeEgressOnlyInternetGatewaysCommand(input)),
    ...{ list: "EgressOnlyInternetGateways", item: schema.EGRESS_ONLY_INTERNET_GATEWAY, pages },
  }),
  natGateways: call({
    action: "ec2:DescribeNatGateways",
    send: (ec2, input: object) => ec2.send(new DescribeNatGatewaysCommand(input)),
    ...{ list: "NatGateways", item: schema.NAT_GATEWAY, pages },
  }),
  vpcPeeringConnections: call({
    action: "ec2:DescribeVpcPeeringConnections",
    send: (ec2, input: object) => ec2.send(new DescribeVpcPeeringConnectionsCommand(input)),
    ...{ list: "VpcPeeringConnections", item: schema.VPC_PEERING_CONNECTION, pages },
  }),
  transitGatewayAttachments: call({
    action: "ec2:DescribeTransitGatewayAttachments",
    send: (ec2, input: object) => ec2.send(new DescribeTransitGatewayAttachmentsCommand(input)),
    ...{ list: "TransitGatewayAttachments", item: schema.TRANSIT_GATEWAY_ATTACHMENT, pages },
  }),
  vpnGateways: call({
    action: "ec2:DescribeVpnGateways",
    send: (ec2, input: object) => ec2.send(new DescribeVpnGatewaysCommand(input)),
    ...{ list: "VpnGateways", item: schema.VPN_GATEWAY },
  }),
  vpnConnections: call({
    action: "ec2:DescribeVpnConnections",
    send: (ec2, input: object) => ec2.send(new DescribeVpnConnectionsCommand(input)),
    ...{ list: "VpnConnections", item: schema.VPN_CONNECTION },
  }),
  networkInterfaces: call({
    action: "ec2:DescribeNetworkInterfaces",
    send: (ec2, input: object) => ec2.send(new DescribeNetworkInterfacesCommand(input)),
    ...{ list: "NetworkInterfaces", item: schema.NETWORK_INTERFACE, pages },
  }),
  addresses: call({
    action: "ec2:DescribeAddresses",
    send: (ec2, input: object) => ec2.send(new DescribeAddressesCommand(input)),
    ...{ list: "Addresses", item: schema.ADDRESS },
  }),
  securityGroups: call({
    action: "ec2:DescribeSecurityGroups",
    send: (ec2, input: object) => ec2.send(new DescribeSecurityGroupsCommand(input)),
    ...{ list: "SecurityGroups", item: schema.SECURITY_GROUP, pages },
  }),
  securityGroupRules: call({
    action: "ec2:DescribeSecurityGroupRules",
    send: (ec2, input: object) => ec2.send(new DescribeSecurityGroupRulesCommand(input)),
    ...{ list: "SecurityGroupRules", item: schema.SECURITY_GROUP_RULE, pages },
  }),
  networkAcls: call({
    action: "ec2:DescribeNetworkAcls",
    send: (ec2, input: object) => ec2.send(new DescribeNetworkAclsCommand(input)),
    ...{ list: "NetworkAcls", item: schema.NETWORK_ACL, pages },
  }),
  prefixLists: call({
    action: "ec2:DescribeManagedPrefixLists",
    send: (ec2, input: object) => ec2.send(new DescribeManagedPrefixListsCommand(input)),
    ...{ list: "PrefixLists", item: schema.PREFIX_LIST, pages },
  }),
  prefixListEntries: call({
    action: "ec2:GetManagedPrefixListEntries",
    send: (ec2, input: { PrefixListId: string }) => ec2.send(new GetManagedPrefixListEntriesCommand(input)),
    ...{ list: "Entries", item: schema.PREFIX_LIST_ENTRY, pages },
  }),
  endpointServices: call({
    action: "ec2:DescribeVpcEndpointServiceConfigurations",
    send: (ec2, input: object) => ec2.send(new DescribeVpcEndpointServiceConfigurationsCommand(input)),
    ...{ list: "ServiceConfigurations", item: schema.ENDPOINT_SERVICE, pages },
  }),
  clientVpnEndpoints: call({
    action: "ec2:DescribeClientVpnEndpoints",
    send: (ec2, input: object) => ec2.send(new DescribeClientVpnEndpointsCommand(input)),
    ...{ list: "ClientVpnEndpoints", item: schema.CLIENT_VPN_ENDPOINT, pages },
  }),
  clientVpnTargetNetworks: call({
    action: "ec2:DescribeClientVpnTargetNetworks",
    send: (ec2, input: { ClientVpnEndpointId: string }) => ec2.send(new DescribeClientVpnTargetNetworksCommand(input)),
    ...{ list: "ClientVpnTargetNetworks", item: schema.CLIENT_VPN_TARGET_NETWORK, pages },
  }),
  instanceConnectEndpoints: call({
    action: "ec2:DescribeInstanceConnectEndpoints",
    send: (ec2, input: object) => ec2.send(new DescribeInstanceConnectEndpointsCommand(input)),
    ...{ list: "InstanceConnectEndpoints", item: schema.INSTANCE_CONNECT_ENDPOINT, pages },
  }),
};

export async function readEc2(ec2: Reader<EC2Client>): Promise<z.infer<typeof schema.EC2>> {
  // Interfaces first: they say who is behind the target groups' addresses.
  const [NetworkInterfaces, SecurityGroupRules, RouteTables, endpoints, lists] = await Promise.all([
    ec2.list(CALLS.networkInterfaces, {}),
    ec2.list(CALLS.securityGroupRules, {}),
    ec2.list(CALLS.routeTables, {}),
    ec2.list(CALLS.clientVpnEndpoints, {}),
    ec2.list(CALLS.prefixLists, {}),
  ]);
  const named = new Set([
    ...SecurityGroupRules.map(({ PrefixListId }) => PrefixListId),
    ...RouteTables.flatMap(({ Routes = [] }) => Routes.map((route) => route.DestinationPrefixListId)),
  ]);
  const withEntries = async (list: (typeof lists)[number]) =>
    named.has(list.PrefixListId)
      ? {
          ...list,
          Entries: await ec2.list(CALLS.prefixListEntries, { PrefixListId: list.PrefixListId }, list.PrefixListId),
        }
      : list;
  const withNetworks = async (endpoint: (typeof endpoints)[number]) => {
    const { ClientVpnEndpointId } = endpoint;
    const TargetNetworks = await ec2.list(CALLS.clientVpnTargetNetworks, { ClientVpnEndpointId }, ClientVpnEndpointId);
    return { ...endpoint, TargetNetworks };
  };
  const [Vpcs, Subnets, InternetGateways, EgressOnlyInternetGateways, NatGateways] = await Promise.all([
    ec2.list(CALLS.vpcs, {}),
    ec2.list(CALLS.subnets, {}),
    ec2.list(CALLS.internetGateways, {}),
    ec2.list(CALLS.egressOnlyInternetGateways, {}),
    ec2.list(CALLS.natGateways, {}),
  ]);
  const [VpcPeeringConnections, TransitGatewayAttachments, VpnGateways, VpnConnections, Addresses] = await Promise.all([
    ec2.list(CALLS.vpcPeeringConnections, {}),
    ec2.list(CALLS.transitGatewayAttachments, {}),
    ec2.list(CALLS.vpnGateways, {}),
    ec2.list(CALLS.vpnConnections, {}),
    ec2.list(CALLS.addresses, {}),
  ]);
  const [SecurityGroups, NetworkAcls, EndpointServices, InstanceConnectEndpoints] = await Promise.all([
    ec2.list(CALLS.securityGroups, {}),
    ec2.list(CALLS.networkAcls, {}),
    ec2.list(CALLS.endpointServices, {}),
    ec2.list(CALLS.instanceConnectEndpoints, {}),
  ]);
  return {
    ...{ Vpcs, Subnets, RouteTables, InternetGateways, EgressOnlyInternetGateways, NatGateways },
    ...{ VpcPeeringConnections, TransitGatewayAttachments, VpnGateways, VpnConnections, Addresses },
    ...{ NetworkInterfaces, SecurityGroups, SecurityGroupRules, NetworkAcls, EndpointServices },
    ...{ InstanceConnectEndpoints },
    PrefixLists: await Promise.all(lists.map(withEntries)),
    ClientVpnEndpoints: await Promise.all(endpoints.map(withNetworks)),
  };
}
