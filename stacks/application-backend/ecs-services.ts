import { DataAwsCloudcontrolapiResource } from "@cdktf/provider-aws/lib/data-aws-cloudcontrolapi-resource";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { distinctValues, matches } from "../../synth/variables/rules";
import { map, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { TargetGroups } from "./target-groups";

const SERVICE = "arn:aws:ecs:eu-central-1:123456789012:service/shop/shop";

export const ecsServiceArnsSchema = optional(
  map(
    "ARNs of the ECS services whose tasks are the targets, by names that you choose. The output owner_configuration has the load_balancer blocks for their owners.",
    "service_arn",
    string(
      "ARN.",
      matches(
        /^arn:[^:]+:ecs:[^:]+:[0-9]{12}:service\/[^\/]+\/[^\/]+$/,
        "be the ARN of an ECS service with its cluster (arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/NAME)",
        { accepts: [SERVICE], refuses: ["shop", SERVICE.replace("shop/", ""), SERVICE.replace("service", "cluster")] },
      ),
    ),
    distinctValues("service", { a: SERVICE, b: SERVICE }),
  ),
  {},
);

/** Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/register-multiple-targetgroups.html */
const MAX_TARGET_GROUPS = 5;

export interface EcsServicesProps {
  readonly serviceArns: ReferenceTo<typeof ecsServiceArnsSchema>;
  readonly targetGroups: TargetGroups;
  /** By target group, the name of the copy. */
  readonly targetGroupNames: IResolvable;
}

/** The ECS services that register their tasks themselves. */
export class EcsServices extends Construct {
  /** By service: objects with the name of a target group in `target_group_arn`, `container_name`, and `container_port`. */
  public readonly blocks: IResolvable;
  /** What a service must be to take a second target group. */
  public readonly conditions: Validation[];

  public constructor(scope: Construct, id: string, { serviceArns, targetGroups, targetGroupNames }: EcsServicesProps) {
    super(scope, id);

    const read = comment(
      new DataAwsCloudcontrolapiResource(this, "ecs_service", {
        forEach: forEach(serviceArns),
        typeName: "AWS::ECS::Service",
        identifier: hcl.string`join("|", [${each.value}, split("/", ${each.value})[1]])`,
      }),
      "In AWS provider 5.100, the data source of an ECS service has neither its target groups nor its deployment controller. The identifier is the service and its cluster (https://github.com/hashicorp/terraform-provider-awscc/blob/main/internal/service/cloudformation/schemas/AWS_ECS_Service.json).",
    );
    const services = local(
      this,
      "ecs_services",
      hcl`{
        for key, service in ${read.fqn} : key => {
          controller = try(jsondecode(service.properties).DeploymentController.Type, "ECS")
          blocks = [
            for block in try(jsondecode(service.properties).LoadBalancers, []) : {
              target_group_arn = try(block.TargetGroupArn, "")
              container_name   = try(block.ContainerName, "")
              container_port   = try(block.ContainerPort, 0)
            }
          ]
        }
      }`,
    );
    const patterns = local(
      this,
      "target_group_patterns",
      hcl`{
        for key, target_group in ${targetGroups} :
        key => ${text`^${hcl`target_group.existing_arn`}$|:targetgroup/${hcl`${targetGroupNames}[key]`}/`}
      }`,
      "By target group, what matches the ARNs of the existing one and of the copy, which is unknown before the first apply. A service has both, or only the copy.",
    );
    this.blocks = local(
      this,
      "ecs_load_balancers",
      hcl`{
        for key, service in ${services} : key => distinct(flatten([
          for block in service.blocks : [
            for group, pattern in ${patterns} : merge(block, { target_group_arn = group })
            if length(regexall(pattern, block.target_group_arn)) > 0
          ]
        ]))
      }`,
      "By service, a block for each of its target groups that has a copy. In the place of the ARN, the name in target_groups.",
    );
    const others = local(
      this,
      "other_ecs_target_groups",
      hcl`{
        for key, service in ${services} : key => [
          for block in service.blocks : block.target_group_arn
          if length(regexall(":targetgroup/(\${join("|", values(${targetGroupNames}))})/", block.target_group_arn)) == 0
        ]
      }`,
      "By service, its target groups without the copies.",
    );
    const refused = (name: string, condition: IResolvable | string) =>
      local(this, name, hcl`[for key, service in ${services} : key if ${condition}]`);
    const otherControllers = refused("ecs_services_of_other_controllers", 'service.controller != "ECS"');
    const withoutCopy = refused(
      "ecs_services_without_copies",
      hcl`service.controller == "ECS" && length(${this.blocks}[key]) == 0`,
    );
    const tooMany = refused(
      "ecs_services_with_too_many_target_groups",
      hcl`length(${others}[key]) + length(${this.blocks}[key]) > ${MAX_TARGET_GROUPS}`,
    );
    this.conditions = [
      {
        condition: hcl`length(${otherControllers}) == 0`,
        errorMessage: text`ecs_service_arns: ${hcl`join(", ", ${otherControllers})`} has the deployment controller CODE_DEPLOY or EXTERNAL, with which ECS takes no second target group. Change it to ECS, or give the node the application's own address.`,
      },
      {
        condition: hcl`length(${withoutCopy}) == 0`,
        errorMessage: text`ecs_service_arns: ${hcl`join(", ", ${withoutCopy})`} has none of the target groups in target_groups. Add the target group of the service to target_groups, or remove the service.`,
      },
      {
        condition: hcl`length(${tooMany}) == 0`,
        errorMessage: text`ecs_service_arns: ${hcl`join(", ", ${tooMany})`} would have more than ${MAX_TARGET_GROUPS} target groups, the maximum of ECS. Remove one from the service first.`,
      },
    ];
  }
}
