"""Cloud Control API: security groups and ECS services, which moto does not have there."""

import json
from typing import Any

from moto.ec2.models import ec2_backends
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ecs.models import ecs_backends

from .registry import Refusal, answers_operation
from .request import Request, capitalized

API = "https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference"
SCHEMA = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference"


@answers_operation(
    "cloudcontrol",
    "GetResource",
    sources=[
        f"{API}/API_GetResource.html",
        f"{SCHEMA}/aws-resource-ec2-securitygroup.html",
        f"{SCHEMA}/aws-resource-ecs-service.html",
        "https://github.com/hashicorp/terraform-provider-awscc/blob/main/internal/service/cloudformation/schemas/AWS_ECS_Service.json",
        "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1198",
        "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1387",
    ],
)
def resources_are_read(request: Request) -> dict[str, Any]:
    """GetResource answers with a security group and all its rules, one for each source, whoever created them, or with
    an ECS service, its target groups, and its deployment controller."""
    name, id = request.params["TypeName"], request.params["Identifier"]
    if name not in READ:
        raise Refusal("UnsupportedActionException", f"Resource type {name} is not modeled here.")
    properties = READ[name](request, id)
    if properties is None:
        raise Refusal("ResourceNotFoundException", f"Resource of type '{name}' not found: {id}")
    answer = {"Identifier": id, "Properties": json.dumps({name: value for name, value in properties.items() if value})}
    return {"TypeName": name, "ResourceDescription": answer}


def _security_group(request: Request, id: str) -> dict[str, Any] | None:
    group = ec2_backends[request.account][request.region].get_security_group_from_id(id)
    return group and {
        "Id": id,
        "GroupId": id,
        "GroupName": group.name,
        "GroupDescription": group.description,
        "VpcId": group.vpc_id,
        "SecurityGroupIngress": [_properties(rule, "Source") for rule in group.ingress_rules],
        "SecurityGroupEgress": [_properties(rule, "Destination") for rule in group.egress_rules],
    }


def _ecs_service(request: Request, id: str) -> dict[str, Any] | None:
    arn, cluster = id.split("|")
    services = ecs_backends[request.account][request.region].services.values()
    service = next((one for one in services if one.arn == arn and cluster in [one.cluster_name, one.cluster_arn]), None)
    return service and {
        "ServiceArn": arn,
        "Cluster": cluster,
        "ServiceName": service.name,
        "DeploymentController": {"Type": service.deployment_controller["type"]},
        "LoadBalancers": list(map(capitalized, service.load_balancers)),
    }


READ = {"AWS::EC2::SecurityGroup": _security_group, "AWS::ECS::Service": _ecs_service}


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
