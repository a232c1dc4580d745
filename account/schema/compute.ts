/** What a snapshot keeps of Amazon EC2 Auto Scaling and Amazon ECS, in their APIs' own names. User data and environment variables are not read or dropped. */
import * as z from "zod";

const text = z.string().optional();
const texts = z.array(z.string()).optional();
const template = z.object({ LaunchTemplateId: text, LaunchTemplateName: text, Version: text }).optional();

/** LaunchTemplateSecurityGroupIds: null if the group has no launch template. */
export const AUTO_SCALING_GROUP = z.object({
  AutoScalingGroupName: z.string(),
  AutoScalingGroupARN: text,
  HealthCheckType: text,
  HealthCheckGracePeriod: z.number().optional(),
  VPCZoneIdentifier: text,
  TargetGroupARNs: texts,
  LoadBalancerNames: texts,
  TrafficSources: z.array(z.object({ Identifier: z.string(), Type: text })).optional(),
  LaunchConfigurationName: text,
  LaunchTemplate: template,
  MixedInstancesPolicy: z
    .object({ LaunchTemplate: z.object({ LaunchTemplateSpecification: template }).optional() })
    .optional(),
  Instances: z.array(z.object({ InstanceId: z.string(), HealthStatus: text, LifecycleState: text })).default([]),
  Tags: z.array(z.object({ Key: text, Value: text })).optional(),
  LaunchTemplateSecurityGroupIds: z.array(z.string()).nullable().default(null),
});

export const LAUNCH_TEMPLATE_VERSION = z.object({
  LaunchTemplateId: text,
  LaunchTemplateData: z
    .object({
      SecurityGroupIds: texts,
      NetworkInterfaces: z.array(z.object({ Groups: texts })).optional(),
    })
    .default({}),
});

export const AUTO_SCALING = z.object({ AutoScalingGroups: z.array(AUTO_SCALING_GROUP) });

export const ECS_SERVICE = z.object({
  serviceArn: z.string(),
  serviceName: z.string(),
  clusterArn: text,
  status: text,
  launchType: text,
  schedulingStrategy: text,
  deploymentController: z.object({ type: text }).optional(),
  loadBalancers: z
    .array(
      z.object({
        targetGroupArn: text,
        loadBalancerName: text,
        containerName: text,
        containerPort: z.number().optional(),
      }),
    )
    .default([]),
  networkConfiguration: z
    .object({
      awsvpcConfiguration: z.object({ subnets: texts, securityGroups: texts, assignPublicIp: text }).optional(),
    })
    .optional(),
});

export const ECS = z.object({ services: z.array(ECS_SERVICE) });
