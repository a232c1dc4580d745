/** Calls that change what the network lets through. */
import { Construct } from "constructs";
import { hcl } from "../../../synth/language/expression/expression";
import { local } from "../../../synth/language/expression/local";
import { ApiCallPatternsProps, Calls, ifNamed, notBy, orAbsent } from "./calls";

export function networkCalls(scope: Construct, props: ApiCallPatternsProps) {
  const { routing, application, apiCallAlerts: alerts, securityGroupIds, nodeSecurityGroupId: node } = props;
  const securityGroups = orAbsent(
    local(scope, "monitored_security_group_ids", hcl`concat(values(${securityGroupIds}), [${node}])`),
  );

  return {
    security_groups: {
      source: "aws.ec2",
      names: [
        ...["AssociateSecurityGroupVpc", "AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules"],
        "RevokeSecurityGroupIngress",
      ],
      parameters: hcl`{ groupId = ${securityGroups}, ModifySecurityGroupRulesRequest = { GroupId = ${securityGroups} } }`,
    },
    prefix_lists: { source: "aws.ec2", names: ["ModifyManagedPrefixList", "RestoreManagedPrefixListVersion"] },
    network_interfaces: {
      source: "aws.ec2",
      names: ["AssignIpv6Addresses", "ModifyNetworkInterfaceAttribute"],
      parameters: ifNamed("networkInterfaceId", hcl`values(${application.network_interface_ids})`),
    },
    instances: {
      source: "aws.ec2",
      names: ["AssociateAddress", "AttachNetworkInterface", "ModifyInstanceAttribute"],
      parameters: ifNamed("instanceId", hcl`values(${application.instance_ids})`),
    },
    // The node's security group on something that is not the node.
    node_group_interfaces: {
      source: "aws.ec2",
      names: ["CreateNetworkInterface", "ModifyInstanceAttribute", "ModifyNetworkInterfaceAttribute", "RunInstances"],
      parameters: hcl`{ "$or" = [
        { groupSet = { items = { groupId = [${node}] } } },
        { networkInterfaceSet = { items = { groupSet = { items = { groupId = [${node}] } } } } },
      ] }`,
      detail: notBy("autoscaling.amazonaws.com", "ecs.amazonaws.com"),
    },
    node_group_tasks: {
      source: "aws.ecs",
      names: ["CreateService", "CreateTaskSet", "RunTask", "UpdateService"],
      parameters: hcl`{ networkConfiguration = { awsvpcConfiguration = { securityGroups = [${node}] } } }`,
    },
    node_group_launch_configurations: {
      source: "aws.autoscaling",
      names: ["CreateLaunchConfiguration"],
      parameters: hcl`{ securityGroups = [${node}] }`,
    },
    subnets: {
      source: "aws.ec2",
      names: ["AssociateSubnetCidrBlock", "ModifySubnetAttribute"],
      parameters: ifNamed("subnetId", hcl`values(${application.subnet_ids})`),
    },
    network_acls: {
      source: "aws.ec2",
      names: ["CreateNetworkAclEntry", "DeleteNetworkAclEntry", "ReplaceNetworkAclEntry"],
      parameters: ifNamed("networkAclId", hcl`try(${alerts.network_acl_ids}, [])`),
    },
    // The request has the association and the new ACL, but not the subnet.
    network_acl_associations: { source: "aws.ec2", names: ["ReplaceNetworkAclAssociation"] },
    // Nothing outside can open a connection through a NAT gateway or an egress-only internet gateway.
    routes: {
      source: "aws.ec2",
      names: ["CreateRoute", "EnableVgwRoutePropagation", "ReplaceRoute"],
      parameters: hcl`merge(
        ${ifNamed("routeTableId", hcl`try(${alerts.route_table_ids}, [])`)},
        { natGatewayId = [{ exists = false }], egressOnlyInternetGatewayId = [{ exists = false }] }
      )`,
    },
    route_table_associations: {
      source: "aws.ec2",
      names: ["AssociateRouteTable", "DisassociateRouteTable", "ReplaceRouteTableAssociation"],
      parameters: ifNamed("subnetId", hcl`values(${application.subnet_ids})`),
    },
    vpc_connections: {
      source: "aws.ec2",
      names: [
        ...["AcceptTransitGatewayVpcAttachment", "AcceptVpcPeeringConnection", "AssociateClientVpnTargetNetwork"],
        ...["AttachInternetGateway", "AttachVpnGateway", "AuthorizeClientVpnIngress", "CreateInstanceConnectEndpoint"],
        ...["CreateTransitGatewayVpcAttachment", "CreateVerifiedAccessEndpoint", "CreateVpcBlockPublicAccessExclusion"],
        ...["ModifyTransitGatewayVpcAttachment", "ModifyVpcBlockPublicAccessExclusion"],
        "ModifyVpcBlockPublicAccessOptions",
      ],
      parameters: hcl`{ vpcId = ${orAbsent(hcl`[${routing.vpc_id}]`)} }`,
    },
    endpoint_services: {
      source: "aws.ec2",
      names: [
        ...["AcceptVpcEndpointConnections", "CreateVpcEndpointServiceConfiguration"],
        ...["ModifyVpcEndpointServiceConfiguration", "ModifyVpcEndpointServicePermissions"],
      ],
    },
    lattice: {
      source: "aws.vpc-lattice",
      names: ["CreateResourceConfiguration", "CreateResourceGateway", "RegisterTargets"],
    },
  } satisfies Record<string, Calls>;
}
