/** What a snapshot keeps of Amazon EC2 and Amazon VPC, in the API's own names. Everything else is dropped: user data, keys of VPN connections. */
import * as z from "zod";

export const TAGS = z.array(z.object({ Key: z.string(), Value: z.string() })).optional();

const text = z.string().optional();
const ipv6Associations = z
  .array(z.object({ Ipv6CidrBlock: z.string(), Ipv6CidrBlockState: z.object({ State: text }).optional() }))
  .optional();

export const VPC = z.object({
  VpcId: z.string(),
  CidrBlock: z.string(),
  OwnerId: text,
  IsDefault: z.boolean().optional(),
  CidrBlockAssociationSet: z
    .array(z.object({ CidrBlock: z.string(), CidrBlockState: z.object({ State: text }).optional() }))
    .optional(),
  Ipv6CidrBlockAssociationSet: ipv6Associations,
  Tags: TAGS,
});

/** OwnerId is another account's if the subnet is shared. */
export const SUBNET = z.object({
  SubnetId: z.string(),
  VpcId: z.string(),
  OwnerId: text,
  AvailabilityZone: z.string(),
  AvailabilityZoneId: text,
  CidrBlock: text,
  Ipv6CidrBlockAssociationSet: ipv6Associations,
  MapPublicIpOnLaunch: z.boolean().optional(),
  Tags: TAGS,
});

export const ROUTE_TABLE = z.object({
  RouteTableId: z.string(),
  VpcId: z.string(),
  OwnerId: text,
  Associations: z.array(z.object({ Main: z.boolean().optional(), SubnetId: text, GatewayId: text })).optional(),
  Routes: z
    .array(
      z.object({
        DestinationCidrBlock: text,
        DestinationIpv6CidrBlock: text,
        DestinationPrefixListId: text,
        CarrierGatewayId: text,
        CoreNetworkArn: text,
        EgressOnlyInternetGatewayId: text,
        GatewayId: text,
        InstanceId: text,
        LocalGatewayId: text,
        NatGatewayId: text,
        NetworkInterfaceId: text,
        TransitGatewayId: text,
        VpcPeeringConnectionId: text,
        State: text,
      }),
    )
    .optional(),
});

const attachments = z.array(z.object({ VpcId: text, State: text })).optional();
export const INTERNET_GATEWAY = z.object({ InternetGatewayId: z.string(), Attachments: attachments });
export const EGRESS_ONLY_INTERNET_GATEWAY = z.object({
  EgressOnlyInternetGatewayId: z.string(),
  Attachments: attachments,
});
export const NAT_GATEWAY = z.object({
  NatGatewayId: z.string(),
  VpcId: text,
  SubnetId: text,
  State: text,
  ConnectivityType: text,
  NatGatewayAddresses: z.array(z.object({ NetworkInterfaceId: text })).optional(),
});

const peer = z.object({ VpcId: text, OwnerId: text, Region: text, CidrBlock: text }).optional();
export const VPC_PEERING_CONNECTION = z.object({
  VpcPeeringConnectionId: z.string(),
  AccepterVpcInfo: peer,
  RequesterVpcInfo: peer,
  Status: z.object({ Code: text }).optional(),
});

export const TRANSIT_GATEWAY_ATTACHMENT = z.object({
  TransitGatewayAttachmentId: z.string(),
  TransitGatewayId: text,
  ResourceType: text,
  ResourceId: text,
  ResourceOwnerId: text,
  State: text,
});

export const VPN_GATEWAY = z.object({ VpnGatewayId: z.string(), State: text, VpcAttachments: attachments });
export const VPN_CONNECTION = z.object({
  VpnConnectionId: z.string(),
  VpnGatewayId: text,
  TransitGatewayId: text,
  State: text,
});

const association = z.object({ PublicIp: text, AllocationId: text, CarrierIp: text }).optional();
export const NETWORK_INTERFACE = z.object({
  NetworkInterfaceId: z.string(),
  VpcId: text,
  SubnetId: text,
  AvailabilityZone: text,
  OwnerId: text,
  InterfaceType: text,
  Description: text,
  RequesterId: text,
  RequesterManaged: z.boolean().optional(),
  Status: text,
  PrivateIpAddress: text,
  PrivateIpAddresses: z
    .array(z.object({ PrivateIpAddress: text, Primary: z.boolean().optional(), Association: association }))
    .optional(),
  Ipv6Addresses: z.array(z.object({ Ipv6Address: text })).optional(),
  /** Delegated to the interface, such as for the pods of Amazon EKS: all addresses of each are its own. */
  Ipv4Prefixes: z.array(z.object({ Ipv4Prefix: text })).optional(),
  Ipv6Prefixes: z.array(z.object({ Ipv6Prefix: text })).optional(),
  Association: association,
  Attachment: z.object({ InstanceId: text, InstanceOwnerId: text, Status: text }).optional(),
  Groups: z.array(z.object({ GroupId: z.string(), GroupName: text })).optional(),
  TagSet: TAGS,
});

export const ADDRESS = z.object({
  PublicIp: text,
  AllocationId: text,
  NetworkInterfaceId: text,
  PrivateIpAddress: text,
  InstanceId: text,
});

export const SECURITY_GROUP = z.object({
  GroupId: z.string(),
  GroupName: z.string(),
  Description: text,
  OwnerId: text,
  VpcId: text,
  Tags: TAGS,
});

export const SECURITY_GROUP_RULE = z.object({
  SecurityGroupRuleId: z.string(),
  GroupId: z.string(),
  GroupOwnerId: text,
  IsEgress: z.boolean(),
  IpProtocol: z.string(),
  FromPort: z.number().optional(),
  ToPort: z.number().optional(),
  CidrIpv4: text,
  CidrIpv6: text,
  PrefixListId: text,
  ReferencedGroupInfo: z.object({ GroupId: text, UserId: text, VpcId: text, PeeringStatus: text }).optional(),
  Description: text,
  Tags: TAGS,
});

export const NETWORK_ACL = z.object({
  NetworkAclId: z.string(),
  VpcId: text,
  OwnerId: text,
  IsDefault: z.boolean().optional(),
  Tags: TAGS,
  Associations: z.array(z.object({ NetworkAclAssociationId: text, SubnetId: text })).optional(),
  Entries: z
    .array(
      z.object({
        RuleNumber: z.number(),
        RuleAction: z.string(),
        Egress: z.boolean(),
        Protocol: z.string(),
        CidrBlock: text,
        Ipv6CidrBlock: text,
        PortRange: z.object({ From: z.number().optional(), To: z.number().optional() }).optional(),
      }),
    )
    .optional(),
});

export const PREFIX_LIST_ENTRY = z.object({ Cidr: z.string(), Description: text });

/** Entries: null if no security group rule and no route names the list. They are then not read. */
export const PREFIX_LIST = z.object({
  PrefixListId: z.string(),
  PrefixListName: text,
  OwnerId: text,
  AddressFamily: text,
  State: text,
  Entries: z.array(PREFIX_LIST_ENTRY).nullable().default(null),
});

export const ENDPOINT_SERVICE = z.object({
  ServiceId: text,
  ServiceName: text,
  ServiceState: text,
  AcceptanceRequired: z.boolean().optional(),
  NetworkLoadBalancerArns: z.array(z.string()).optional(),
  GatewayLoadBalancerArns: z.array(z.string()).optional(),
});

export const CLIENT_VPN_TARGET_NETWORK = z.object({
  TargetNetworkId: text,
  VpcId: text,
  SecurityGroups: z.array(z.string()).optional(),
  Status: z.object({ Code: text }).optional(),
});
export const CLIENT_VPN_ENDPOINT = z.object({
  ClientVpnEndpointId: z.string(),
  VpcId: text,
  ClientCidrBlock: text,
  SecurityGroupIds: z.array(z.string()).optional(),
  Status: z.object({ Code: text }).optional(),
  TargetNetworks: z.array(CLIENT_VPN_TARGET_NETWORK).default([]),
});

export const INSTANCE_CONNECT_ENDPOINT = z.object({
  InstanceConnectEndpointId: z.string(),
  VpcId: text,
  SubnetId: text,
  State: text,
  SecurityGroupIds: z.array(z.string()).optional(),
  NetworkInterfaceIds: z.array(z.string()).optional(),
});

export const EC2 = z.object({
  Vpcs: z.array(VPC),
  Subnets: z.array(SUBNET),
  RouteTables: z.array(ROUTE_TABLE),
  InternetGateways: z.array(INTERNET_GATEWAY),
  EgressOnlyInternetGateways: z.array(EGRESS_ONLY_INTERNET_GATEWAY),
  NatGateways: z.array(NAT_GATEWAY),
  VpcPeeringConnections: z.array(VPC_PEERING_CONNECTION),
  TransitGatewayAttachments: z.array(TRANSIT_GATEWAY_ATTACHMENT),
  VpnGateways: z.array(VPN_GATEWAY),
  VpnConnections: z.array(VPN_CONNECTION),
  NetworkInterfaces: z.array(NETWORK_INTERFACE),
  Addresses: z.array(ADDRESS),
  SecurityGroups: z.array(SECURITY_GROUP),
  SecurityGroupRules: z.array(SECURITY_GROUP_RULE),
  NetworkAcls: z.array(NETWORK_ACL),
  PrefixLists: z.array(PREFIX_LIST),
  EndpointServices: z.array(ENDPOINT_SERVICE),
  ClientVpnEndpoints: z.array(CLIENT_VPN_ENDPOINT),
  InstanceConnectEndpoints: z.array(INSTANCE_CONNECT_ENDPOINT),
});
