"""Cloud Control API: security groups, which moto does not have there."""

import json
from typing import Any

from moto.ec2.models import ec2_backends
from moto.ec2.models.security_groups import SecurityGroupRule

from .registry import Refusal, answers_operation
from .request import Request

API = "https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference"
SCHEMA = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference"


@answers_operation(
    "cloudcontrol",
    "GetResource",
    sources=[
        f"{API}/API_GetResource.html",
        f"{SCHEMA}/aws-resource-ec2-securitygroup.html",
        "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1198",
        "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1387",
    ],
)
def security_group_is_a_resource(request: Request) -> dict[str, Any]:
    """GetResource answers with a security group and all its rules, one for each source, whoever created them."""
    if request.params["TypeName"] != "AWS::EC2::SecurityGroup":
        raise Refusal("UnsupportedActionException", f"Resource type {request.params['TypeName']} is not modeled here.")
    id = request.params["Identifier"]
    group = ec2_backends[request.account][request.region].get_security_group_from_id(id)
    if group is None:
        raise Refusal("ResourceNotFoundException", f"Resource of type 'AWS::EC2::SecurityGroup' not found: {id}")
    properties = {
        "Id": id,
        "GroupId": id,
        "GroupName": group.name,
        "GroupDescription": group.description,
        "VpcId": group.vpc_id,
        "SecurityGroupIngress": [_properties(rule, "Source") for rule in group.ingress_rules],
        "SecurityGroupEgress": [_properties(rule, "Destination") for rule in group.egress_rules],
    }
    answer = {"Identifier": id, "Properties": json.dumps({name: value for name, value in properties.items() if value})}
    return {"TypeName": request.params["TypeName"], "ResourceDescription": answer}


def _properties(rule: SecurityGroupRule, peer: str) -> dict[str, Any]:
    properties = {
        "IpProtocol": rule.ip_protocol,
        "FromPort": rule.from_port,
        "ToPort": rule.to_port,
        "Description": rule.description,
        "CidrIp": rule.cidr_ipv4,
        "CidrIpv6": rule.cidr_ipv6,
        f"{peer}SecurityGroupId": rule.source_group.get("GroupId"),
        f"{peer}PrefixListId": rule.prefix_list_id,
    }
    return {name: value for name, value in properties.items() if value is not None}
